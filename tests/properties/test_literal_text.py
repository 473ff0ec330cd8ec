"""No text of a manifest or environment means anything to Terraform: it comes out as it went in.

Arbitrary text goes in by the front door (files on disk, values and keys), through the real synthesis with real
references beside it, and is read back as the real Terraform evaluates it.
"""

import json
import textwrap
import unicodedata
from pathlib import Path
from typing import Final

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from auroraform.stacks.synth import synthesize
from support.terraform import Stack
from support.terraform_discovery import Tool
from support.workspaces import Files, environment, manifest

pytestmark = [pytest.mark.terraform, pytest.mark.slow]

# CDKTF's markers and numbers resolve only where such a token exists, and the first few always do.
MARKERS: Final = [f"{sign}{{TfToken[TOKEN.{n}]}}" for n in range(6) for sign in ("$", "#", "&", "$$", "%")] + [
    str(number) for number in (-8.109562212591381e298, -1.8881545897087626e289, -1.8881545897087506e289)
]
NASTY: Final = [
    "${aws_rds_cluster.orders.id}",
    "$${x}",
    "$$${x}",
    "%{if true}x%{endif}",
    "%%{x}",
    "%${x}",
    "$%{x}",
    "${",
    "%{",
    "}",
    "$",
    "%",
    "$$",
    '${file("/etc/hosts")}',
    '"${"$"}{x}"',
    "<<EOF\n${x}\nEOF",
    "<<-EOT",
    "a\\nb\\u0000",
    "\u2028\u2029",
    "\U0001f600${\U0001f600}",
    "\ufeff",
    "\ufeff\ufeff\u0301${x}",
    "a\ufeff",
    "\0",
    "a\0${x}\0",
    "".join(map(chr, (*range(32), *range(127, 160)))),
    "\ufdd0\ufffd\ufffe\uffff\U0001fffe\U0010ffff",
    "e\u0301 \u212b \u0344 \u1100\u1161 \u0301",
    "TfTo\u212aen[",
    "~}",
    "${~ x ~}",
    "TfToken[",
    "T${\"f\"}Token[",
    "1e+289",
    "-" + "1" * 300 + "e0",
    "${" * 20_000,
    "x" * 100_000,
    *MARKERS,
]  # fmt: skip
# Names that mean something to JavaScript, jsii, Terraform's JSON or CDKTF.
KEYS: Final = (
    "__proto__",
    "constructor",
    "toString",
    "prototype",
    "//",
    "0",
    "$jsii.byref",
    "$jsii.map",
    "$jsii.struct",
    "${x}",
    "%{x",
    "${TfToken[TOKEN.0]}",
    "&{TfToken[TOKEN.0]}",
    "-82e297",
    "\ufeff",
    "\0",
    "e\u0301",
)
_CHARACTERS: Final = st.characters(max_codepoint=0xD7FF) | st.characters(min_codepoint=0xE000)
# What YAML can carry in double quotes: everything but surrogates.
TEXT: Final = st.text(_CHARACTERS, max_size=40) | st.lists(
    st.sampled_from(["$", "%", "{", "}", "TfToken[", "TOKEN.1", "]", "e+289", "-8.1", '"', "\\", "~", "a", " "]),
    max_size=12,
).map("".join)


LONGEST_TAG: Final = 256
"""Longer tags are refused; parameters of any length are not."""


def normal(text: str) -> str:
    """What Terraform makes of any text, literal or not: its strings are in Unicode's normal form C.

    It changes nothing else: NUL, controls, byte order marks and what is no character come out as they went in.
    """
    return unicodedata.normalize("NFC", text)


def quoted(text: str) -> str:
    """A YAML scalar of just this text."""
    escaped = "".join(c if 32 <= ord(c) < 127 and c not in '"\\' else f"\\U{ord(c):08x}" for c in text)
    return f'"{escaped}"'


def workspace(folder: Path, texts: list[str]) -> Path:
    """The texts and keys in labels, as values of parameters, and as tags of an environment and a lookup."""
    values = [f"k{n}: {quoted(text)}" for n, text in enumerate(texts) if len(text) <= LONGEST_TAG]
    tags = "\n".join(["first: x", *values, *(f"{quoted(key)}: k" for key in KEYS)])
    # YAML ends a key after 1,024 bytes.
    labels = "\n".join(f"{quoted(f'#{n} {text}')}: v" for n, text in enumerate(texts) if len(text) < 50)
    parameters = "\n".join(f"- {{name: p{n}, value: {quoted(text)}}}" for n, text in enumerate(texts))
    cluster = manifest(f"parameters:\n{parameters}", metadata=f"labels:\n{indent(tags)}\n{indent(labels)}")
    where = environment(spec=f"tags:\n{indent(tags)}").replace(
        "    vpcId: vpc-0a\n", f"    vpcTags:\n{indent(indent(indent(tags)))}\n"
    )
    return Files(folder).write(manifests__orders=cluster, environments__prod=where)


def indent(yaml: str) -> str:
    return textwrap.indent(yaml, "  ")


def places(stack: dict[str, dict[str, dict[str, dict[str, object]]]]) -> dict[str, object]:
    """Where the texts stand in what was synthesized."""
    resources = stack["resource"]
    group = resources["aws_rds_cluster_parameter_group"]["orders"]
    parameters = group["parameter"]
    provider = stack["provider"]["aws"]
    assert isinstance(parameters, list)
    assert isinstance(provider, list)
    return {
        "labels": resources["aws_rds_cluster"]["orders"]["tags"],
        "parameters": {row["name"]: row["value"] for row in parameters},
        "tags": provider[0]["default_tags"][0]["tags"],
        "lookup": stack["data"]["aws_vpc"]["network"]["tags"],
    }


@settings(
    max_examples=6,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@example(NASTY)
@given(st.lists(TEXT, min_size=150, max_size=250))
def test_text_is_evaluated_to_itself(
    tmp_path_factory: pytest.TempPathFactory, terraform: Tool, texts: list[str]
) -> None:
    folder = tmp_path_factory.mktemp("text")
    assert synthesize(workspace(folder / "workspace", texts), folder / "out").written is not None
    stack = json.loads((folder / "out/stacks/prod/cdk.tf.json").read_text(encoding="utf-8"))
    module = folder / "module"
    module.mkdir()
    outputs = {"output": {name: {"value": value} for name, value in places(stack).items()}}
    (module / "main.tf.json").write_text(json.dumps(outputs), encoding="utf-8")
    evaluated = Stack(module, terraform)
    evaluated.init()
    evaluated.apply()
    found = {name: output.value for name, output in evaluated.outputs().items()}
    values = {f"k{n}": normal(text) for n, text in enumerate(texts) if len(text) <= LONGEST_TAG}
    keys = {normal(f"#{n} {text}"): "v" for n, text in enumerate(texts) if len(text) < 50}
    bare = {normal(key): "k" for key in KEYS}
    assert found["labels"] == {**values, **keys, **bare, "first": "x", "cluster": "prod-orders", "manifest": "orders"}
    assert found["tags"] == {**values, **bare, "first": "x", "environment": "prod", "managed-by": "auroraform"}
    assert found["lookup"] == {**values, **bare, "first": "x"}
    parameters = found["parameters"]
    assert isinstance(parameters, dict)
    assert {k: v for k, v in parameters.items() if k.startswith("p")} == {
        f"p{n}": normal(text) for n, text in enumerate(texts)
    }
