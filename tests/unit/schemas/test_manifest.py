"""The manifest language: all of Project Planton's fields in its spelling, and a word on every default."""

import typing
from collections.abc import Iterator
from typing import Any, Final

import pytest
from pydantic import BaseModel

from auroraform.schemas.docstrings import description
from auroraform.schemas.environment import Environment
from auroraform.schemas.located import read
from auroraform.schemas.manifest import AwsRdsCluster
from auroraform.schemas.references import Reference, Value, ValueFrom, literal
from auroraform.schemas.shape import check
from auroraform.schemas.spec.cluster import AwsRdsClusterSpec
from support.workspaces import lines, manifest

KEY: Final = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab"

PROJECT_PLANTON: Final = {
    "subnetIds": "[subnet-0a, subnet-0b]",
    "dbSubnetGroupName": "databases",
    "securityGroupIds": "[sg-0a]",
    "allowedCidrBlocks": "[10.0.0.0/16]",
    "associateSecurityGroupIds": "[sg-0b]",
    "databaseName": "orders",
    "manageMasterUserPassword": "true",
    "masterUserSecretKmsKeyId": KEY,
    "username": "boss",
    "port": "5433",
    "engine": "aurora-mysql",
    "engineVersion": "8.0.mysql_aurora.3.08.0",
    "storageEncrypted": "true",
    "kmsKeyId": KEY,
    "enabledCloudwatchLogsExports": "[error]",
    "deletionProtection": "false",
    "preferredMaintenanceWindow": "sun:03:00-sun:04:00",
    "backupRetentionPeriod": "7",
    "preferredBackupWindow": "01:00-02:00",
    "copyTagsToSnapshot": "false",
    "skipFinalSnapshot": "true",
    "finalSnapshotIdentifier": "orders-last",
    "iamDatabaseAuthenticationEnabled": "false",
    "enableHttpEndpoint": "true",
    "serverlessV2Scaling": "{minCapacity: 0.5, maxCapacity: 8}",
    "snapshotIdentifier": "orders-2024",
    "replicationSourceIdentifier": "arn:aws:rds:eu-west-1:111122223333:cluster:source",
    "dbClusterParameterGroupName": "default.aurora-mysql8.0",
    "parameters": '[{name: time_zone, value: UTC, applyMethod: pending-reboot}]',
    "vpcId": "vpc-0a",
    "engineMode": "provisioned",
    "storageType": "aurora-iopt1",
}  # fmt: skip
"""Every field of Project Planton's spec but `password`, which is refused by design."""


def spec(text: str) -> AwsRdsClusterSpec:
    """The spec of a manifest without faults, where `text` stands in for its own fields."""
    result = read(f"engine: aurora-postgresql\nengineVersion: '16.8'\n{text}".encode(), "f.yaml")
    model, problems = check(AwsRdsClusterSpec, result.documents[0])
    assert lines((*result.problems, *problems)) == []
    assert model is not None
    return model


@pytest.mark.parametrize("field", PROJECT_PLANTON)
def test_every_field_of_project_planton_is_taken(field: str) -> None:
    whole = {"engine": "aurora-mysql", "engineVersion": "8.0.mysql_aurora.3.08.0"} | {field: PROJECT_PLANTON[field]}
    result = read("\n".join(f"{name}: {value}" for name, value in whole.items()).encode(), "f.yaml")
    model, problems = check(AwsRdsClusterSpec, result.documents[0])
    assert lines((*result.problems, *problems)) == []
    assert model is not None
    assert set(model.model_dump(by_alias=True, exclude_unset=True)) == set(whole)


def test_the_fields_beyond_project_planton_are_those_that_aurora_needs() -> None:
    known = {field.alias or name for name, field in AwsRdsClusterSpec.model_fields.items()}
    assert known - set(PROJECT_PLANTON) - {"password"} == {
        "alarms",
        "applicationUsers",
        "associatedRoles",
        "budget",
        "schedule",
        "auditing",
        "backups",
        "clusterIdentifier",
        "clusterParameters",
        "deleteAutomatedBackups",
        "endpoints",
        "proxy",
        "events",
        "instanceParameters",
        "dashboard",
        "databaseInsights",
        "engineLifecycleSupport",
        "instances",
        "kmsKey",
        "lifecycle",
        "logs",
        "masterUserSecret",
        "monitoring",
        "networkType",
        "passwordFrom",
        "performanceInsights",
        "readerAutoscaling",
        "securityGroup",
        "subnetTags",
        "slowQueries",
        "timeZone",
        "timeouts",
        "tls",
        "upgrade",
        "versionPolicy",
    }


def test_every_field_of_project_plantons_envelope_is_taken() -> None:
    text = manifest(
        metadata="""
            slug: orders
            id: orders-db
            org: acme
            env: prod
            labels: {team: checkout}
            annotations: {note: x}
            tags: [a, b]
            group: shop/db
            relationships: [{kind: Vpc, name: main, type: depends_on}]
        """
    )
    result = read(f"{text}status: {{outputs: {{endpoint: x}}}}\n".encode(), "f.yaml")
    assert lines(tuple(check(AwsRdsCluster, result.documents[0])[1])) == []


class TestReferences:
    """Wherever Project Planton takes a `StringValueOrRef`, so do we."""

    SINGLE: Final = ("db_subnet_group_name", "kms_key_id", "master_user_secret_kms_key_id", "vpc_id")
    LISTS: Final = ("subnet_ids", "security_group_ids", "associate_security_group_ids")

    @pytest.mark.parametrize("field", SINGLE)
    def test_a_field_takes_all_three_spellings(self, field: str) -> None:
        alias = AwsRdsClusterSpec.model_fields[field].alias
        assert getattr(spec(f"{alias}: x"), field) == "x"
        assert getattr(spec(f"{alias}: {{value: x}}"), field) == Value(value="x")
        assert getattr(
            spec(f"{alias}: {{valueFrom: {{kind: AwsVpc, name: main, fieldPath: status.id, env: dev}}}}"), field
        ) == Reference(value_from=ValueFrom(kind="AwsVpc", name="main", field_path="status.id", env="dev"))

    @pytest.mark.parametrize("field", LISTS)
    def test_a_list_takes_all_three_spellings_side_by_side(self, field: str) -> None:
        alias = AwsRdsClusterSpec.model_fields[field].alias
        assert getattr(spec(f"{alias}: [a, {{value: b}}, {{valueFrom: {{name: main}}}}]"), field) == (
            "a",
            Value(value="b"),
            Reference(value_from=ValueFrom(name="main")),
        )

    def test_the_literal_of_a_value_is_its_text_and_a_reference_has_none(self) -> None:
        assert literal("x") == literal(Value(value="x")) == "x"
        assert literal(Reference(value_from=ValueFrom(name="main"))) is None
        assert literal(None) is None


@pytest.mark.parametrize(
    ("written", "read_"),
    [("14.10", "14.10"), ('"14.10"', "14.10"), ("16", "16"), ("8.0.mysql_aurora.3.05.2", "8.0.mysql_aurora.3.05.2")],
)
def test_a_version_keeps_its_digits_with_and_without_quotes(written: str, read_: str) -> None:
    result = read(f"engine: aurora-mysql\nengineVersion: {written}".encode(), "f.yaml")
    model, _ = check(AwsRdsClusterSpec, result.documents[0])
    assert model is not None
    assert model.engine_version == read_


def test_models_can_be_made_in_code_with_plain_python_values() -> None:
    made = AwsRdsClusterSpec(
        engine="aurora-postgresql", engine_version="16.8", port=5433, deletion_protection=False, subnet_ids=("a", "b")
    )
    assert made == spec("port: 5433\ndeletionProtection: false\nsubnetIds: [a, b]")


def models(root: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """Every model that can stand in a document."""
    seen: list[type[BaseModel]] = []

    def walk(annotation: object) -> None:
        if isinstance(annotation, type) and issubclass(annotation, BaseModel) and annotation not in seen:
            seen.append(annotation)
            for field in annotation.model_fields.values():
                walk(field.annotation)
        for argument in typing.get_args(annotation):
            walk(argument)

    walk(root)
    yield from seen


_FIELDS: Final[list[Any]] = [
    pytest.param(model, name, id=f"{model.__name__}.{field.alias or name}")
    for model in dict.fromkeys((*models(AwsRdsCluster), *models(Environment)))
    for name, field in model.model_fields.items()
]


def test_the_walk_over_the_models_finds_the_nested_ones() -> None:
    found = {model.__name__ for root in (AwsRdsCluster, Environment) for model in models(root)}
    assert {"Metadata", "Parameter", "ValueFrom", "Logs", "S3State", "LocalState", "AssumeRole", "Network"} <= found


@pytest.mark.parametrize(("model", "name"), _FIELDS)
def test_every_field_says_what_it_is_and_what_holds_without_it(model: type[BaseModel], name: str) -> None:
    meaning = description(model, name) or ""
    assert meaning.endswith(".")
    assert ("If absent:" in meaning) is not model.model_fields[name].is_required()
