"""The pruned assembly: what is kept, in which bytes, and what counts as an unknown layout."""

import io
import json
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from auroraform.constructs.loading.assembly import NAME, LayoutError, modules_in, prune
from auroraform.constructs.loading.json_stream import JsonStream

VERSION = "1.2.3"

text = st.text(max_size=8)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | text,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(text, inner, max_size=3),
    max_leaves=8,
)


def manifest() -> dict[str, object]:
    return {
        "name": NAME,
        "version": VERSION,
        "readme": {"markdown": "long"},
        "submodules": {
            f"{NAME}.rdsCluster": {"symbolId": "src/rds-cluster/index:"},
            f"{NAME}.lexv2ModelsBot": {"symbolId": "src/lexv2models-bot/index:"},
            f"{NAME}.sqsQueue": {"symbolId": "src/sqs-queue/index:"},
        },
        "types": {
            f"{NAME}.rdsCluster.RdsCluster": {"kind": "class"},
            f"{NAME}.lexv2ModelsBot.Bot": {"kind": "class", "base": f"{NAME}.rdsCluster.RdsCluster"},
            f"{NAME}.sqsQueue.SqsQueue": {"kind": "class"},
        },
    }


def files() -> dict[str, bytes]:
    return {
        "package/.jsii": json.dumps(manifest(), indent=2).encode(),
        "package/README.md": b"long",
        "package/lib/index.js": b"everything",
        "package/lib/lexv2models-bot/index-structs/structs0.js": b"bot structs",
        "package/lib/lexv2models-bot/index.js": b"bot",
        "package/lib/rds-cluster/index.d.ts": b"types",
        "package/lib/rds-cluster/index.js": b"cluster",
        "package/lib/sqs-queue/index.js": b"queue",
        "package/package.json": b"{}",
    }


def pack(path: Path, contents: dict[str, bytes]) -> Path:
    with tarfile.open(path, "w:gz") as archive:
        for name, content in contents.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return path


def unpack(content: bytes) -> dict[str, bytes]:
    with tarfile.open(fileobj=io.BytesIO(content)) as archive:
        return {member.name: file.read() for member in archive if (file := archive.extractfile(member))}


def chunked(text: str, size: int) -> Iterator[str]:
    return (text[start : start + size] for start in range(0, len(text), size))


def test_only_the_modules_asked_for_are_kept(tmp_path: Path) -> None:
    kept = unpack(prune(pack(tmp_path / "whole.tgz", files()), VERSION, ["rds_cluster"]))

    assert set(kept) == {
        "package/.jsii",
        "package/lib/index.js",
        "package/lib/rds-cluster/index.js",
        "package/package.json",
    }
    assert json.loads(kept["package/.jsii"]) == {
        "name": NAME,
        "version": VERSION,
        "submodules": {f"{NAME}.rdsCluster": {"symbolId": "src/rds-cluster/index:"}},
        "types": {f"{NAME}.rdsCluster.RdsCluster": {"kind": "class"}},
    }
    assert b'exports.rdsCluster = require("./rds-cluster");' in kept["package/lib/index.js"]
    assert b"sqsQueue" not in kept["package/lib/index.js"]


def test_a_module_that_a_kept_type_refers_to_is_kept_too(tmp_path: Path) -> None:
    pruned = tmp_path / "pruned.tgz"
    pruned.write_bytes(prune(pack(tmp_path / "whole.tgz", files()), VERSION, ["lexv2_models_bot"]))

    assert modules_in(pruned) == {"lexv2_models_bot", "rds_cluster"}
    kept = unpack(pruned.read_bytes())
    assert kept["package/lib/rds-cluster/index.js"] == b"cluster"
    assert kept["package/lib/lexv2models-bot/index-structs/structs0.js"] == b"bot structs"
    # The folder's name does not follow from the module's.
    assert b'exports.lexv2ModelsBot = require("./lexv2models-bot");' in kept["package/lib/index.js"]


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    first = prune(pack(tmp_path / "first.tgz", files()), VERSION, ["sqs_queue", "rds_cluster"])
    second = prune(pack(tmp_path / "second.tgz", files()), VERSION, ["rds_cluster", "sqs_queue"])

    assert first == second
    # No time, neither in gzip's header nor in tar's: the two may be made seconds apart.
    assert first[4:8] == bytes(4)
    with tarfile.open(fileobj=io.BytesIO(first)) as archive:
        assert {member.mtime for member in archive} == {0}


def without(name: str) -> dict[str, bytes]:
    return {other: content for other, content in files().items() if other != name}


@pytest.mark.parametrize(
    ("contents", "complaint"),
    [
        (without("package/.jsii"), "comes before"),
        ({}, r"no package/\.jsii"),
        (without("package/.jsii") | {"package/.jsii": files()["package/.jsii"]}, "comes before"),
        (without("package/package.json"), r"no package/package\.json"),
        (without("package/lib/rds-cluster/index.js"), r"no package/lib/rds-cluster/index\.js"),
        (
            files() | {"package/.jsii": b'{"schema": "jsii/file-redirect", "name": "x"}'},
            "the assembly is x None",
        ),
        (files() | {"package/.jsii": b'{"name": '}, "whole.tgz: "),
        (files() | {"package/.jsii": b"[]"}, "expected '{'"),
        (files() | {"package/.jsii": b'{"name": "\xff"}'}, "utf-8"),
        (
            files() | {"package/.jsii": files()["package/.jsii"].replace(b"src/rds-cluster/", b"source/")},
            "the unknown symbol 'source/index:'",
        ),
    ],
)
def test_another_layout_is_told_from_what_pruning_knows(
    tmp_path: Path, contents: dict[str, bytes], complaint: str
) -> None:
    with pytest.raises(LayoutError, match=complaint):
        prune(pack(tmp_path / "whole.tgz", contents), VERSION, ["rds_cluster"])


def test_a_module_that_the_assembly_lacks_is_named(tmp_path: Path) -> None:
    with pytest.raises(LayoutError, match="no module kms_key, s3_bucket"):
        prune(pack(tmp_path / "whole.tgz", files()), VERSION, ["s3_bucket", "rds_cluster", "kms_key"])


def test_another_version_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LayoutError, match=r"1\.2\.3, not @cdktf/provider-aws 1\.2\.4"):
        prune(pack(tmp_path / "whole.tgz", files()), "1.2.4", ["rds_cluster"])


@pytest.mark.parametrize("cut", [0, 10, 200])
def test_a_truncated_tarball_is_refused(tmp_path: Path, cut: int) -> None:
    whole = pack(tmp_path / "whole.tgz", files())
    whole.write_bytes(whole.read_bytes()[:cut])

    with pytest.raises(LayoutError):
        prune(whole, VERSION, ["rds_cluster"])


@pytest.mark.skipif(sys.platform != "linux", reason="ru_maxrss has another unit elsewhere")
def test_pruning_the_real_assembly_takes_little_memory() -> None:
    # Parsed whole, its manifest takes 760 MB.
    code = """
import importlib.util, resource
from auroraform.constructs.loading.assembly import prune
from auroraform.constructs.loading.provider import Provider
tarball, version = Provider.installed().assembly()
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
prune(tarball, version, ["rds_cluster"])
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert int(run.stdout) < 100


@given(document=values, size=st.integers(1, 50), indent=st.none() | st.just(2))
@example(document=[1.5, 1e300, -1], size=1, indent=None)
def test_a_stream_parses_a_value_as_json_does(document: object, size: int, indent: int | None) -> None:
    stream = JsonStream(chunked(json.dumps(document, indent=indent), size))

    assert stream.value() == document


@given(document=st.dictionaries(text, values, max_size=4), size=st.integers(1, 50))
def test_a_stream_walks_the_members_of_an_object(document: dict[str, object], size: int) -> None:
    stream = JsonStream(chunked(json.dumps(document), size))

    assert {key: stream.value() for key in stream.members()} == document


@pytest.mark.parametrize("text", ["", "{", '{"a": 1', '{"a" 1}', '{"a": 1 "b": 2}', '{"a": 1,}', "{1: 2}", "[1]"])
def test_a_stream_refuses_what_is_not_an_object(text: str) -> None:
    stream = JsonStream(chunked(text, 3))

    with pytest.raises(ValueError, match=r"JSON|Expecting"):
        dict.fromkeys(stream.value() for _ in stream.members())
