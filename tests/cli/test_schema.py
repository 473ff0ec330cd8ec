"""`auroraform schema`: what it prints is committed, a standard validator takes it, and it agrees with the models."""

import copy
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
import yaml
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from auroraform.commands.group import cli
from auroraform.schemas import json_schema
from auroraform.schemas.environment import Environment
from auroraform.schemas.located import Kind, Mapping, Node, Scalar, read
from auroraform.schemas.manifest import AwsRdsCluster
from auroraform.schemas.problems import Code
from auroraform.schemas.shape import check
from auroraform.schemas.spec.cluster import AwsRdsClusterSpec

ROOT: Final = Path(__file__).parents[2]
COMMITTED: Final = ROOT / "schemas" / "json"
NAMES: Final = (*json_schema.KINDS, json_schema.ANY)
VALIDATORS: Final = {name: Draft202012Validator(json_schema.schema(name)) for name in NAMES}
MODELINE: Final = "# yaml-language-server: $schema="


def printed(*arguments: str) -> str:
    result = CliRunner().invoke(cli, ["schema", *arguments], catch_exceptions=False, prog_name="auroraform")
    assert (result.exit_code, result.stderr) == (0, "")
    return result.stdout


@pytest.mark.parametrize(
    ("arguments", "name"),
    [((), "auroraform"), (("--kind", "AwsRdsCluster"), "AwsRdsCluster"), (("--kind", "Environment"), "Environment")],
)
def test_what_is_printed_is_what_is_committed(arguments: tuple[str, ...], name: str) -> None:
    committed = (COMMITTED / f"{name}.schema.json").read_text(encoding="utf-8")
    assert printed(*arguments) == committed, "run `make docs`"


def test_nothing_else_is_committed() -> None:
    assert {path.name for path in COMMITTED.iterdir()} == {f"{name}.schema.json" for name in NAMES}


def test_another_kind_is_a_wrong_call() -> None:
    result = CliRunner().invoke(cli, ["schema", "--kind", "AwsVpc"], prog_name="auroraform")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "'AwsVpc' is not one of 'AwsRdsCluster', 'Environment'" in result.stderr


def test_it_needs_no_cdktf() -> None:
    code = (
        "import sys; from auroraform.commands.main import main\n"
        "try: main(['schema'])\n"
        "finally: sys.exit(','.join(sorted({'cdktf', 'jsii', 'constructs'} & set(sys.modules))) or 0)"
    )
    completed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (completed.returncode, completed.stderr) == (0, "")


@pytest.mark.parametrize("name", NAMES)
def test_it_is_json_schema(name: str) -> None:
    schema = json_schema.schema(name)
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"


def objects(node: object) -> Iterator[dict[str, Any]]:
    """Every schema in a schema that has fields."""
    if isinstance(node, dict):
        if isinstance(node.get("properties"), dict) and "type" in node:
            yield node
        for value in node.values():
            yield from objects(value)
    elif isinstance(node, list):
        for item in node:
            yield from objects(item)


@pytest.mark.parametrize("name", NAMES)
def test_every_mapping_says_what_it_is_and_takes_no_other_fields(name: str) -> None:
    found = list(objects(json_schema.schema(name)))
    assert len(found) > 10
    assert [one for one in found if one["additionalProperties"] is not False or not one["description"]] == []


def test_every_field_says_what_its_absence_means() -> None:
    fields = json_schema.schema("AwsRdsCluster")["$defs"]["AwsRdsClusterSpec"]["properties"]
    silent = {name for name, field in fields.items() if "If absent: " not in field["description"]}
    assert silent == {"engine", "engineVersion"}


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        pytest.param("deletionProtection", {"type": ["boolean", "null"]}, id="boolean"),
        pytest.param("port", {"type": ["integer", "null"], "minimum": 1150, "maximum": 65535}, id="bounds"),
        pytest.param("engine", {"type": "string", "enum": ["aurora-mysql", "aurora-postgresql"]}, id="enum"),
        pytest.param("storageType", {"type": ["string", "null"], "enum": ["aurora", "aurora-iopt1", None]}, id="null"),
        pytest.param("password", {"type": "null"}, id="refused"),
        pytest.param(
            "vpcId",
            {"anyOf": [{"type": "string"}, {"$ref": "#/$defs/Value"}, {"$ref": "#/$defs/Reference"}, {"type": "null"}]},
            id="reference",
        ),
        pytest.param("engineVersion", {"type": "string", "examples": ["8.0.mysql_aurora.3.08.0", "16.8"]}, id="text"),
        pytest.param(
            "preferredBackupWindow",
            {
                "type": ["string", "null"],
                "pattern": "^(?:([01][0-9]|2[0-3]):([0-5][0-9])-([01][0-9]|2[0-3]):([0-5][0-9]))$",
                "examples": ["01:00-02:00"],
            },
            id="pattern",
        ),
    ],
)
def test_a_field_in_the_words_of_json_schema(field: str, expected: dict[str, object]) -> None:
    found = json_schema.schema("AwsRdsCluster")["$defs"]["AwsRdsClusterSpec"]["properties"][field]
    assert {key: value for key, value in found.items() if key != "description"} == expected


def test_defaults_that_are_constants_are_told() -> None:
    definitions = json_schema.schema("auroraform")["$defs"]
    assert {
        f"{name}.{field}": inner["default"]
        for name, schema in definitions.items()
        for field, inner in schema["properties"].items()
        if "default" in inner
    } == {
        "AssumeRole.sessionName": "auroraform",
        "S3State.keyPrefix": "auroraform",
        "S3State.useLockfile": False,
        "CloudState.hostname": "app.terraform.io",
        "EnvironmentSpec.naming": "{environment}-{name}",
        "EnvironmentSpec.stackPer": "environment",
    }


def test_what_another_layer_may_say_is_not_required() -> None:
    definitions = json_schema.schema("auroraform")["$defs"]
    required = {name: schema["required"] for name, schema in definitions.items() if "required" in schema}
    assert {name: required.get(name) for name in ("AwsRdsClusterSpec", "ServerlessV2Scaling", "Parameter")} == {
        "AwsRdsClusterSpec": None,
        "ServerlessV2Scaling": None,
        # A list is replaced as a whole, so that its items are whole in every layer.
        "Parameter": ["name", "value"],
    }


@pytest.mark.parametrize("kind", json_schema.KINDS)
def test_the_example_of_a_kind_is_valid(kind: str) -> None:
    (example,) = json_schema.schema(kind)["examples"]
    assert faults(kind, json.dumps(example)) == []
    assert model_faults(kind, json.dumps(example)) == []


@pytest.mark.parametrize(("name", "field"), json_schema.FIELDS, ids=str)
def test_the_examples_of_a_field_are_valid(name: str, field: str) -> None:
    schema = json_schema.schema("auroraform")
    pointer = {"$schema": schema["$schema"], "$ref": f"#/$defs/{name}/properties/{field}", "$defs": schema["$defs"]}
    validator = Draft202012Validator(pointer)
    examples = json_schema.FIELDS[name, field]
    assert [example for example in examples if not validator.is_valid(example)] == []


def documents() -> list[Path]:
    folders = (ROOT / "examples", ROOT / "tests" / "golden" / "cases", ROOT / "tests" / "data" / "planton")
    return sorted(path for folder in folders for path in folder.rglob("*.yaml"))


UNQUOTED: Final = {
    "golden/cases/everything/manifests/everything.yaml": ["$.spec.engineVersion: 16.1 is not of type 'string'"],
    "data/planton/postgresql.yaml": ["$.spec.engineVersion: 14.6 is not of type 'string'"],
}
"""Manifests with a version without quotes: taken and warned about, and underlined by editors."""


def test_there_are_documents_to_look_at() -> None:
    assert len(documents()) > 20


@pytest.mark.parametrize("path", documents(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_documents_that_are_valid_are_valid_here(path: Path) -> None:
    expected = UNQUOTED.get(path.relative_to(ROOT).as_posix().removeprefix("tests/"), [])
    for document in yaml.safe_load_all(path.read_text(encoding="utf-8")):
        for name in (document["kind"], "auroraform"):
            errors = VALIDATORS[name].iter_errors(document)
            assert [f"{error.json_path}: {error.message}" for error in errors] == expected


@pytest.mark.parametrize(
    "path", sorted((ROOT / "examples").rglob("*.yaml")), ids=lambda path: path.relative_to(ROOT).as_posix()
)
def test_an_example_names_the_schema_of_its_kind(path: Path) -> None:
    first, text = path.read_text(encoding="utf-8").split("\n", 1)
    schema = (path.parent / first.removeprefix(MODELINE)).resolve()
    assert schema == COMMITTED / f"{yaml.safe_load(text)['kind']}.schema.json"


@pytest.mark.parametrize(
    ("spec", "expected"),
    [
        pytest.param("engineVersion: 16.10", "$.spec.engineVersion: 16.1 is not of type 'string'", id="no quotes"),
        pytest.param("engine: postgres", "$.spec.engine: 'postgres' is not one of […]", id="enum"),
        pytest.param("prot: 5432", "$.spec: Additional properties are not allowed ('prot' was unexpected)", id="typo"),
        pytest.param("port: 80", "$.spec.port: 80 is less than the minimum of 1150", id="bounds"),
        pytest.param(
            "deletionProtection: 'true'",
            "$.spec.deletionProtection: 'true' is not of type 'boolean', 'null'",
            id="text for a boolean",
        ),
        pytest.param("password: hunter2", "$.spec.password: 'hunter2' is not of type 'null'", id="password"),
        pytest.param("kmsKeyId: {vale: x}", "$.spec.kmsKeyId: {'vale': 'x'} is not valid under […]", id="reference"),
        pytest.param("parameters: [{name: a}]", "$.spec.parameters[0]: 'value' is a required property", id="item"),
        pytest.param(
            "serverlessV2Scaling: {minCapacity: 0.7}",
            "$.spec.serverlessV2Scaling: {'minCapacity': 0.7} is not valid under […]",
            id="steps",
        ),
    ],
)
def test_a_bad_manifest(spec: str, expected: str) -> None:
    text = f"apiVersion: aws.project-planton.org/v1\nkind: AwsRdsCluster\nmetadata: {{name: a}}\nspec: {{{spec}}}\n"
    (fault,) = faults("AwsRdsCluster", text)
    head, bracket, _ = fault.partition(" [" if "one of" in fault else " any of")
    assert f"{head}{' […]' if bracket else ''}" == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{kind: Environment, metadata: {name: prod}}", ["$: 'apiVersion'", "$: 'spec'"]),
        ("{kind: AwsRdsCluster, metadata: {name: orders}}", ["$: 'apiVersion'", "$: 'spec'"]),
        ("{metadata: {name: orders}}", ["$: 'apiVersion'", "$: 'kind'", "$: 'spec'"]),
    ],
)
def test_of_the_schema_for_both_only_the_one_of_the_kind_speaks(text: str, expected: list[str]) -> None:
    found = faults("auroraform", text)
    assert [fault.removesuffix(" is a required property") for fault in found] == expected


def as_editors_read(node: Node) -> Any:  # noqa: ANN401 - any YAML
    """A document in the reading of YAML 1.2, which editors hold against a schema."""
    if isinstance(node, Mapping):
        return {key: as_editors_read(entry.value) for key, entry in node.entries.items()}
    if not isinstance(node, Scalar):
        return [as_editors_read(item) for item in node.items]
    if node.kind is Kind.AMBIGUOUS and node.text.isdigit():
        return int(node.text)
    return _READ.get(node.kind, str)(node.text)


_READ: Final[dict[Kind, Any]] = {
    Kind.INTEGER: int,
    Kind.NUMBER: float,
    Kind.BOOLEAN: lambda text: text.lower() == "true",
    Kind.NULL: lambda _: None,
}


def document(text: str) -> Mapping:
    result = read(text.encode(), "f.yaml")
    assert result.problems == ()
    return result.documents[0]


def faults(name: str, text: str) -> list[str]:
    """What the schema says."""
    errors = VALIDATORS[name].iter_errors(as_editors_read(document(text)))
    return sorted(f"{error.json_path}: {error.message}" for error in errors)


# In a manifest, and in what an environment adds to it, these may come from another layer.
LAYERED: Final = (
    *("engine", "engineVersion", "minCapacity", "maxCapacity", "upgrade.from"),
    *(f"associatedRoles.{feature}.roleArn" for feature in ("lambda", "sageMaker", "comprehend", "bedrock")),
)


def model_faults(kind: str, text: str) -> list[str]:
    """What the models say of one document alone."""
    node = document(text)
    _, problems = check(json_schema.KINDS[kind], node)
    if kind == "Environment":
        overrides = node.get("spec", "overrides")
        names = list(overrides.entries) if isinstance(overrides, Mapping) else []
        for path in (("spec", "defaults"), *(("spec", "overrides", name) for name in names)):
            part = node.get(*path)
            if isinstance(part, Mapping):
                problems += check(AwsRdsClusterSpec, part, prefix=path)[1]
    return [
        f"{problem.path}: {problem.message}"
        for problem in problems
        if not (problem.code is Code.MISSING_FIELD and problem.path.endswith(LAYERED))
    ]


WORDS: Final = (
    "x", '""', '"1"', '"true"', "1", "-1", "0", "1.5", "16.10", "5.0", "true", "yes", "null", "2024-01-01", "0777",
    "[]", "[x]", "[x, x]", "[1]", "[null]", "{}", "{bogus: 1}", "{value: x}", "{value: 1}", "{valueFrom: {name: x}}",
    "{valueFrom: {}}", '["10.0.0.0/8"]',
)  # fmt: skip
"""What is put into every field in turn."""


def paths(schema: dict[str, Any], definitions: dict[str, Any], path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Every field of a schema, through references and spellings."""
    if "$ref" in schema:
        schema = definitions[schema["$ref"].rpartition("/")[2]]
    for name, inner in schema.get("properties", {}).items():
        yield (*path, name)
        for choice in (inner, *inner.get("anyOf", ())):
            yield from paths(choice, definitions, (*path, name))


def fields(kind: str) -> list[tuple[str, ...]]:
    schema = json_schema.schema(kind)
    found = dict.fromkeys(paths(schema, schema["$defs"]))
    # The spec's own fields are looked at in manifests.
    return [path for path in found if not (path[:2] == ("spec", "defaults") and len(path) > 3)]


def with_field(kind: str, path: tuple[str, ...], raw: str) -> str:
    """The example of a kind with some YAML in a field."""
    top = copy.deepcopy(json_schema.DOCUMENTS[kind])
    node: dict[str, Any] = top
    for part in path[:-1]:
        if not isinstance(node.get(part), dict):
            node[part] = {}
        node = node[part]
    node[path[-1]] = "@"
    return json.dumps(top).replace('"@"', raw)


def is_known_difference(path: tuple[str, ...], raw: str, *, schema_takes_it: bool) -> bool:
    """Where the two differ on purpose, or because JSON Schema has no words for it."""
    if path[-1] in {"engineVersion", "from", "accountId"} and not schema_takes_it:
        # Taken and warned about; an editor shall underline it.
        return raw[0] in "-0123456789"
    if path[-2:] in {("network", "vpcTags"), ("network", "subnetTags")}:
        # Not beside ids, which the example has: a rule between two fields.
        return schema_takes_it
    # To JSON Schema 5.0 is a whole number. YAML 1.2, which editors speak, has no doubts about the others.
    return raw in {"5.0", "0777", "yes", "2024-01-01"} and schema_takes_it


@pytest.mark.slow
@pytest.mark.parametrize("kind", json_schema.KINDS)
def test_the_schema_takes_in_each_field_what_the_model_takes(kind: str) -> None:
    count, different = 0, []
    for path in fields(kind):
        for raw in WORDS:
            text = with_field(kind, path, raw)
            schema_takes_it, model_takes_it = (not found(kind, text) for found in (faults, model_faults))
            count += 1
            if schema_takes_it != model_takes_it and not is_known_difference(
                path, raw, schema_takes_it=schema_takes_it
            ):
                different.append(f"{'.'.join(path)}: {raw} (the schema {'takes' if schema_takes_it else 'refuses'} it)")
    assert different == []
    assert count > 1500


KEY: Final = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd"
ROLE: Final = "arn:aws:iam::111122223333:role/rds/monitor"

AGREED: Final[dict[str, tuple[list[object], list[object]]]] = {
    "metadata.name": (["a", "app-production-db", "a1-2"], ["A", "1a", "a--b", "a-", "a_b", "a b", ""]),
    "metadata.id": (["a", "x" * 63], ["x" * 64, "-a"]),
    "spec.finalSnapshotIdentifier": (["Orders-1", "x" * 255], ["x" * 256, "1a", "a--b"]),
    "spec.preferredMaintenanceWindow": (
        ["sun:03:00-sun:04:00", "SUN:23:30-Mon:00:30"],
        ["sun:3:00-sun:4:00", "xyz:03:00-sun:04:00", "sun:24:00-mon:01:00", "03:00-04:00", "sun:03:00"],
    ),
    "spec.preferredBackupWindow": (["01:00-02:00", "23:45-00:15"], ["1:00-2:00", "24:00-01:00", "01:60-02:30"]),
    "spec.allowedCidrBlocks.0": (
        ["10.0.0.0/16", "0.0.0.0/0", "10.1.2.3", "10.1.2.3/32", "10.0.0.0/255.0.0.0"],
        ["10.0.0/16", "256.0.0.0/8", "10.0.0.0/33", "::/0", "010.0.0.0/8", "10.0.0.0/"],
    ),
    "spec.networkType": (["IPV4", "DUAL"], ["IPV6", "dual", 4]),
    "spec.subnetTags": ([{"tier": "database"}, {"tier": None}], [{}, {"tier": 1}, [], "tier"]),
    "spec.securityGroup.rules": (
        [{"office-2": {}}, {"a": None}, {}],
        [{"Office": {}}, {"a_b": {}}, {"a": "10.0.0.0/8"}, {"a": {"cidr": "x"}}, []],
    ),
    "spec.securityGroup.rules.a.cidrIpv6": (
        ["2001:db8::/32", "::/0", "FD00::7"],
        ["10.0.0.0/8", "x", "2001:db8::/32 ", "2001:db8::%eth0/32"],
    ),
    "spec.securityGroup.rules.a.description": (["x" * 255, "a (b), c; d!"], ["", "x" * 256, "é", "50%"]),
    "spec.securityGroup.egress.a.fromPort": ([1, 65535], [0, 65536, "443"]),
    "spec.port": ([1150, 65535], [1149, 65536]),
    "spec.backupRetentionPeriod": ([1, 35], [0, 36]),
    "spec.instances.count": ([1, 16], [0, 17]),
    "spec.instances.instanceClass": (["db.r6g.large", "db.serverless"], ["r6g.large", "db.r6g", "db.R6g.large"]),
    "spec.logs.retentionInDays": ([1, 3653], [0, 2, 3654]),
    "spec.serverlessV2Scaling.minCapacity": ([0, 0.5, 256], [-0.5, 0.7, 256.5]),
    "spec.serverlessV2Scaling.maxCapacity": ([1, 1.5, 256], [0.5, 0, 1.2]),
    "spec.performanceInsights.retentionPeriod": ([7, 31, 731], [0, 30, 732]),
    "spec.timeouts.create": (["30m", "2h30m", "24h"], ["", "90", "1.5h", "2h 30m", "30min", "m", "-1h"]),
    "spec.engineLifecycleSupport": (["open-source-rds-extended-support-disabled"], ["disabled", True]),
    "spec.logs.logGroupClass": (["STANDARD", "INFREQUENT_ACCESS"], ["standard", "DELIVERY"]),
    "spec.databaseInsights.mode": (["standard", "advanced"], ["Advanced", "off"]),
    "spec.quietHours": (
        [{"start": "22:00", "end": "00:00"}, {"start": "00:00", "end": "23:59", "days": ["sun"]}],
        [{"start": "22:00"}, {"start": "22", "end": "02:00"}, {"start": "24:00", "end": "02:00"},
         {"start": "22:00", "end": "02:00", "days": []}, {"start": "22:00", "end": "02:00", "days": ["Sun"]}],
    ),
    "spec.iam.path": (["/", "/a/", "/a/b.c+d/"], ["", "a", "/a", "a/", "//", "/a b/"]),
    "spec.iam.permissionsBoundary": (
        ["arn:aws:iam::111122223333:policy/b", "arn:aws-cn:iam::aws:policy/a/b"],
        ["b", ROLE, "arn:aws:iam::1:policy/b"],
    ),
    "spec.monitoring.interval": ([0, 60], [2, 61]),
    "spec.monitoring.roleArn": ([ROLE], ["monitor", KEY, "arn:aws:iam::1:role/x"]),
    "spec.region": (["eu-west-1", "us-gov-west-1"], ["eu-west", "EU-WEST-1", "eu-west-1a"]),
    "spec.accountId": (["111122223333"], ["1111-2222-3333", "11112222333"]),
    "spec.state.bucket": (["acme", "a.b-c", "x" * 63], ["Acme", "ab", "x" * 64, "a..b", "-ab"]),
    "spec.state.keyPrefix": (["a", "a/b"], ["/a", "a/", "a//b"]),
    "spec.state.dynamodbTable": (["locks", "a_b.c-1"], ["no", "a b c"]),
    "spec.naming": (["{name}", "{environment}-{name}-x"], ["{environment}", "{Name}", "A{name}", "{name} x"]),
    "spec.references.AwsKmsKey/k.key_arn": (
        ["x", ["x", "y"], {"ssmParameter": "/a"}, {"lookup": {"kmsAlias": "alias/x"}}, {"lookup": {"vpc": {"a": "b"}}}],
        [1, [1], {}, {"ssmParameter": "a b"}, {"lookup": {"kmsAlias": "x"}}, {"remoteState": {"bucket": "b"}}],
    ),
}  # fmt: skip
"""By field: values that both take, and values that both refuse."""

ONLY_THE_MODEL_REFUSES: Final[dict[str, tuple[object, str]]] = {
    "spec.allowedCidrBlocks.0": ("10.0.0.1/16", "bits behind the prefix take arithmetic"),
    "spec.securityGroup.rules.a.cidrIpv6": ("2001:db8::1/32", "bits behind the prefix take arithmetic"),
    "spec.preferredMaintenanceWindow": ("sun:03:00-sun:03:29", "the length of a window takes arithmetic"),
    "spec.preferredBackupWindow": ("01:00-01:29", "the length of a window takes arithmetic"),
    "spec.timeouts.create": ("29m", "how long a duration is takes arithmetic"),
    "spec.quietHours": ({"start": "22:00", "end": "23:59"}, "how long they are takes arithmetic"),
    "spec.naming": ("{name}-", "what the pattern becomes is known with its names only"),
    "spec.subnetIds": (["subnet-a", {"value": "subnet-a"}], "JSON Schema compares spellings, not what they mean"),
    "spec.references.AwsKmsKey/k.key_arn": ({"lookup": {}}, "a rule between fields"),
}
"""By field: a value that the schema takes and the model does not, and why."""


def with_value(field: str, value: object) -> tuple[str, str]:
    """The kind that has a field, and its example with a value in it."""
    first = ("metadata", *fields_of_environments())
    kind = "Environment" if field.split(".")[1] in first and not field.startswith("metadata") else "AwsRdsCluster"
    path = field.removesuffix(".0").split(".")
    return kind, with_field(kind, tuple(path), json.dumps([value] if field.endswith(".0") else value))


def fields_of_environments() -> set[str]:
    return set(json_schema.schema("Environment")["$defs"]["EnvironmentSpec"]["properties"])


@pytest.mark.parametrize("field", AGREED)
def test_values_that_both_take_and_values_that_both_refuse(field: str) -> None:
    good, bad = AGREED[field]
    for value in good:
        kind, text = with_value(field, value)
        assert (faults(kind, text), model_faults(kind, text)) == ([], []), value
    for value in bad:
        kind, text = with_value(field, value)
        assert faults(kind, text), f"the schema takes {value}"
        assert model_faults(kind, text), f"the model takes {value}"


@pytest.mark.parametrize("field", ONLY_THE_MODEL_REFUSES)
def test_values_that_only_the_model_can_refuse(field: str) -> None:
    value, _ = ONLY_THE_MODEL_REFUSES[field]
    kind, text = with_value(field, value)
    assert faults(kind, text) == []
    assert len(model_faults(kind, text)) == 1


def test_the_two_kinds_are_the_two_models() -> None:
    assert {"AwsRdsCluster": AwsRdsCluster, "Environment": Environment} == json_schema.KINDS
