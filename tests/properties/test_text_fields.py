"""No field takes text that Terraform evaluates or CDKTF resolves: each is asked, and the real Terraform answers.

What a field takes at all is left to validation; what it takes has to come out as it went in.
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any, Final

import pytest

from auroraform.schemas.json_schema import DOCUMENTS
from auroraform.schemas.problems import Code, has_errors
from auroraform.stacks.fragments import TYPED
from auroraform.stacks.synth import synthesize, validate
from support.terraform import Stack, validate_many
from support.terraform_discovery import Tool
from support.terraform_json import Validation
from support.text_fields import TextField, text_fields, workspace
from support.workspaces import Files, environment, manifest

FIELDS: Final = [field for kind in DOCUMENTS for field in text_fields(kind)]
NAME: Final = ("metadata", "name")
SHAPES: Final = (
    "{}",
    "a{}",
    "vpc{}",
    "subnet{}",
    "sg{}",
    "pl{}",
    "16.8{}",
    "alias/a{}",
    "{{name}}{}",
    "arn:aws:iam::111122223333:role/a{}",
    "arn:aws:kms:eu-west-1:111122223333:key/a{}",
    "arn:aws:sns:eu-west-1:111122223333:a{}",
    "arn:aws:secretsmanager:eu-west-1:111122223333:secret:a{}",
)
"""What a field may ask text to begin with."""

TEMPLATES: Final = ('${file("/nowhere")}', "%{if nothing}", "${aws_rds_cluster.mine.id}")
"""Terraform fails where it evaluates one of these."""
TOKENS: Final = ("${TfToken[TOKEN.0]}", "#{TfToken[TOKEN.0]}", "&{TfToken[TOKEN.0]}")
NUMBERS: Final = ("-82e297", "-19e288", "-8.109562212591381e+298", "-1.8881545897087505e+289")
"""As CDKTF encodes references in numbers. Some fit into identifiers."""

WAIVERS: Final = {
    f"Environment.spec.waivers.[].{name}" for name in ("rule", "reason", "owner", "clusters.[]", "environments.[]")
}
OPEN: Final = {
    *WAIVERS,
    *(f"AwsRdsCluster.metadata.{name}" for name in ("org", "labels.<key>", "labels.*", "slug", "tags.[]", "group")),
    *(f"AwsRdsCluster.metadata.annotations.{name}" for name in ("<key>", "*")),
    *(f"AwsRdsCluster.spec.kmsKeyId.valueFrom.{name}" for name in ("name", "kind", "fieldPath")),
    "AwsRdsCluster.spec.kmsKey.description",
    "AwsRdsCluster.spec.backups.exports.*.exportOnly.[]",
    "AwsRdsCluster.spec.proxy.pool.initQuery",
    "AwsRdsCluster.spec.snapshotIdentifier",
    "AwsRdsCluster.spec.replicationSourceIdentifier",
    "AwsRdsCluster.spec.dbClusterParameterGroupName",
    *(f"AwsRdsCluster.spec.parameters.[].{name}" for name in ("name", "value")),
    *(f"AwsRdsCluster.spec.subnetTags.{name}" for name in ("<key>", "*")),
    *(f"AwsRdsCluster.spec.{group}Parameters.{name}" for group in ("cluster", "instance") for name in ("<key>", "*")),
    *(
        f"Environment.spec.{name}.{part}"
        for name in ("tags", "network.vpcTags", "network.subnetTags")
        for part in ("<key>", "*")
    ),
    "Environment.spec.references.<key>",
    "Environment.spec.references.*.<key>",
    *(f"Environment.spec.references.*.*.remoteState.{name}" for name in ("bucket", "key")),
    *(
        f"Environment.spec.references.*.*.lookup.{name}.{part}"
        for name in ("vpc", "subnets", "securityGroup")
        for part in ("<key>", "*")
    ),
}
"""The fields that take any text."""
UNUSED: Final = {
    *WAIVERS,
    *(f"AwsRdsCluster.spec.applicationUsers.[].{name}.[]" for name in ("databases", "schemas")),
    *(f"AwsRdsCluster.metadata.{name}" for name in ("annotations.<key>", "annotations.*", "slug", "tags.[]", "group")),
    *(f"AwsRdsCluster.spec.kmsKeyId.valueFrom.{name}" for name in ("name", "kind", "fieldPath")),
    *(f"Environment.spec.references.{name}" for name in ("<key>", "*.<key>")),
}
"""The fields whose text is not in the output, or only in labels that are made from it."""


def taken(folder: Path, field: TextField, core: str) -> str | None:
    """Text around the core that validation lets through in the field."""
    for number, shape in enumerate(SHAPES):
        text = shape.format(core)
        if not has_errors(validate(workspace(folder / str(number), field, text)).problems):
            return text
    return None


# What we make ourselves names one attribute of one thing, and maybe its kind before that. Text that looks the same is
# missed where it should be.
_REFERENCE: Final = re.compile(
    r"(?<!\$)(?:cluster:)?\$\{((?:data\.)?(?:aws_\w+|terraform_remote_state)\.[\w-]+(?:\.[\w-]+|\[0\])+"
    r"|element\(split\(\":\", aws_db_proxy\.[\w-]+\.arn\), 6\)"
    r"|(?:jsondecode\()?ephemeral\.[\w.-]+(?:\)\[\"[\w.-]+\"\])?|jsonencode\(local\.[\w-]+\))\}"
)
_NO_EXPRESSIONS: Final = frozenset({"//", "depends_on", "lifecycle"})


def strings(node: Any) -> Iterator[str]:  # noqa: ANN401 - any JSON
    """Every string of a block, keys included."""
    if isinstance(node, str):
        yield node
    elif isinstance(node, list):
        for item in node:
            yield from strings(item)
    elif isinstance(node, dict):
        for key, value in node.items():
            if key not in _NO_EXPRESSIONS:
                yield key
                yield from strings(value)


@dataclass(frozen=True, slots=True)
class Texts:
    """The strings of a stack: those that Terraform evaluates, those that it does not, and references of ours."""

    evaluated: frozenset[str]
    plain: frozenset[str]
    references: frozenset[str]

    @classmethod
    def of(cls, file: Path) -> "Texts":
        stack = json.loads(file.read_text(encoding="utf-8"))
        named = [labels for section in TYPED for labels in stack.get(section, {}).values()]
        blocks = [block for labels in (*named, stack["output"]) for block in labels.values()]
        found = {*strings([blocks, stack["provider"], *stack.get("locals", {}).values()])}
        references = {text: match[1] for text in found if (match := _REFERENCE.fullmatch(text))}
        evaluated = (_REFERENCE.sub(lambda match: match[1], text) for text in found - references.keys())
        return cls(frozenset(evaluated), frozenset(strings(stack["terraform"])), frozenset(references.values()))


def as_terraform_reads(texts: Iterable[str], folder: Path, terraform: Tool) -> dict[str, str]:
    """What Terraform makes of each string."""
    asked = sorted(texts)
    folder.mkdir()
    (folder / "main.tf.json").write_text(json.dumps({"output": {"texts": {"value": asked}}}), encoding="utf-8")
    module = Stack(folder, terraform)
    module.init()
    module.apply()
    read = module.outputs()["texts"].value
    assert isinstance(read, list)
    return {text: str(value) for text, value in zip(asked, read, strict=True)}


@pytest.mark.slow
def test_the_fields_that_take_any_text_are_known(tmp_path: Path) -> None:
    template = TEMPLATES[0]
    found = {str(field) for field in FIELDS if taken(tmp_path / str(field).replace("/", "_"), field, template)}
    assert found == OPEN


@pytest.mark.slow
@pytest.mark.terraform
@pytest.mark.parametrize("cores", [TEMPLATES, TOKENS, NUMBERS], ids=["templates", "tokens", "numbers"])
def test_what_a_field_takes_comes_out_as_it_went_in(
    cores: tuple[str, ...],
    tmp_path: Path,
    terraform: Tool,
) -> None:
    made: dict[tuple[str, str], Texts] = {}
    faults: dict[tuple[str, str], str] = {}
    fields = [field for field in FIELDS if field.path != NAME]
    for number, (field, core) in enumerate(product(fields, cores)):
        folder = tmp_path / str(number)
        text = taken(folder / "taken", field, core)
        if text is None:
            continue
        try:
            outcome = synthesize(workspace(folder / "workspace", field, text), folder / "out")
        except RuntimeError as error:
            # One field must not hide the others.
            faults[str(field), text] = str(error)
        else:
            assert outcome.written is not None, outcome.problems
            made[str(field), core] = Texts.of(folder / "out/stacks/prod/cdk.tf.json")
    read = as_terraform_reads({text for texts in made.values() for text in texts.evaluated}, tmp_path / "m", terraform)
    for (name, core), texts in made.items():
        landed = {read[text] for text in texts.evaluated} | texts.plain | texts.references
        if name not in UNUSED and not any(core in text for text in landed):
            faults[name, core] = "is not in what Terraform reads"
        # OpenTofu evaluates these, and does not undo escapes.
        if any(sign in text for text in texts.plain for sign in ("${", "%{")):
            faults[name, core] = "is a template where none can be escaped"
    assert faults == {}


ORDINARY: Final = ("a-1e309", "a1e5", "tostring", "con", "app")
RESERVED: Final = ("a-82e297", "constructor")
"""A number that encodes a reference, and what every object of JavaScript has."""


@pytest.mark.slow
@pytest.mark.parametrize("kind", DOCUMENTS)
@pytest.mark.parametrize(
    "name",
    [*ORDINARY, *RESERVED],
)
def test_a_name_is_refused_or_stands_in_addresses_as_it_is(kind: str, name: str, tmp_path: Path) -> None:
    root = workspace(tmp_path / "workspace", TextField(kind, NAME), name)
    outcome = synthesize(root, tmp_path / "out")
    if has_errors(outcome.problems):
        assert {(p.code, p.path) for p in outcome.problems} == {(Code.BAD_VALUE, "metadata.name")}
        return
    stack = name if kind == "Environment" else "prod"
    cluster = name if kind == "AwsRdsCluster" else "orders"
    document = json.loads((tmp_path / "out/stacks" / stack / "cdk.tf.json").read_text(encoding="utf-8"))
    assert [*document["resource"]["aws_rds_cluster"]] == [cluster]
    labels = [label for labels in document["resource"].values() for label in labels]
    assert [label for label in labels if not re.fullmatch(r"[a-z][\w-]*", label)] == []


@pytest.mark.slow
@pytest.mark.terraform
def test_the_provider_sees_text_only(tmp_path: Path, terraform: Tool) -> None:
    hostile = [*TEMPLATES, *TOKENS, *NUMBERS]
    tags = json.dumps({text: text for text in hostile})
    spec = f"snapshotIdentifier: '{TEMPLATES[0]}'\nparameters: " + json.dumps(
        [{"name": f"p{number}", "value": text} for number, text in enumerate(hostile)]
    )
    root = Files(tmp_path / "workspace").write(
        **{f"manifests__{TEMPLATES[0]} {TOKENS[0]} {NUMBERS[0]}": manifest(spec, metadata=f"labels: {tags}")},
        environments__prod=environment(spec=f"tags: {tags}"),
    )
    assert synthesize(root, tmp_path / "out").written is not None
    stack = tmp_path / "out/stacks/prod"
    assert validate_many([stack], tmp_path / "work", terraform)[stack] == Validation(valid=True)
