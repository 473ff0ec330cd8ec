"""Roles that a cluster takes: made for buckets with no more rights than needed, or given."""

from typing import Final

import pytest

from auroraform.schemas.resolved.expressions import Expression
from auroraform.schemas.resolved.parameters import Parameter
from auroraform.schemas.resolved.roles import AssociatedRole, MadeRole, Statement
from support.workspaces import Files, environment, manifest

KEY: Final = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd"
ROLE: Final = "arn:aws:iam::111122223333:role/r"
MYSQL: Final = ("aurora-mysql", "8.0.mysql_aurora.3.08.0")


def roles(files: Files, spec: str, engine: tuple[str, str] | None = None) -> tuple[AssociatedRole, ...]:
    return files.cluster(manifests__orders=text(spec, engine)).associated_roles


def text(spec: str, engine: tuple[str, str] | None = None) -> str:
    written = manifest(f"associatedRoles: {{{spec}}}")
    if engine is not None:
        written = written.replace("aurora-postgresql", engine[0]).replace("16.8", engine[1])
    return written


def made(role: AssociatedRole) -> MadeRole:
    assert isinstance(role.role, MadeRole)
    return role.role


def test_a_role_can_be_taken_by_rds_for_this_cluster_alone(files: Files) -> None:
    (role,) = roles(files, "s3Import: {buckets: [acme]}")
    assert (role.key, role.feature_name) == ("s3Import", "s3Import")
    assert made(role).name == "prod-orders-eu-west-1-s3Import"
    assert made(role).source_account == "111122223333"
    assert made(role).source_arn == "arn:aws:rds:eu-west-1:111122223333:cluster:prod-orders"


def test_the_environment_says_where_roles_are_and_what_bounds_them(files: Files) -> None:
    boundary = "arn:aws:iam::111122223333:policy/boundary"
    where = environment(spec=f"iam: {{path: /databases/, permissionsBoundary: '{boundary}'}}")
    written = text("s3Import: {buckets: [acme]}")
    (role,) = files.cluster(manifests__orders=written, environments__prod=where).associated_roles
    assert (made(role).path, made(role).permissions_boundary) == ("/databases/", boundary)


@pytest.mark.parametrize(
    ("spec", "engine", "expected"),
    [
        (
            "s3Import: {buckets: [a-1, b-2]}",
            None,
            (
                Statement(actions=("s3:ListBucket",), resources=("arn:aws:s3:::a-1", "arn:aws:s3:::b-2")),
                Statement(actions=("s3:GetObject",), resources=("arn:aws:s3:::a-1/*", "arn:aws:s3:::b-2/*")),
            ),
        ),
        (
            f"s3Export: {{buckets: [a-1], kmsKeyIds: [{KEY}]}}",
            None,
            (
                Statement(
                    actions=("s3:AbortMultipartUpload", "s3:PutObject"),
                    resources=("arn:aws:s3:::a-1/*",),
                ),
                Statement(actions=("kms:Decrypt", "kms:GenerateDataKey"), resources=(KEY,)),
            ),
        ),
        (
            f"s3Import: {{buckets: [a-1], kmsKeyIds: [{{value: {KEY}}}]}}",
            MYSQL,
            (
                Statement(actions=("s3:ListBucket",), resources=("arn:aws:s3:::a-1",)),
                Statement(actions=("s3:GetObject", "s3:GetObjectVersion"), resources=("arn:aws:s3:::a-1/*",)),
                Statement(actions=("kms:Decrypt",), resources=(KEY,)),
            ),
        ),
    ],
)
def test_a_role_may_do_what_the_feature_needs_with_these_buckets(
    files: Files, spec: str, engine: tuple[str, str] | None, expected: tuple[Statement, ...]
) -> None:
    (role,) = roles(files, spec, engine)
    assert made(role).statements == expected


def test_aurora_mysql_has_one_role_for_both_ways_of_s3_under_an_address_that_stays(files: Files) -> None:
    (alone,) = roles(files, "s3Export: {buckets: [b-2]}", MYSQL)
    (both,) = roles(files, "s3Import: {buckets: [a-1]}, s3Export: {buckets: [b-2]}", MYSQL)
    assert (alone.key, alone.feature_name) == (both.key, both.feature_name) == ("s3", "")
    assert made(both).name == made(alone).name == "prod-orders-eu-west-1-s3"
    assert [statement.resources for statement in made(both).statements] == [
        ("arn:aws:s3:::a-1",),
        ("arn:aws:s3:::a-1/*",),
        ("arn:aws:s3:::b-2",),
        ("arn:aws:s3:::b-2/*",),
    ]


@pytest.mark.parametrize(
    ("field", "feature"),
    [("lambda", "Lambda"), ("sageMaker", "SageMaker"), ("comprehend", "Comprehend"), ("bedrock", "Bedrock")],
)
def test_a_given_role_has_the_name_of_its_feature(files: Files, field: str, feature: str) -> None:
    assert roles(files, f"{field}: {{roleArn: {ROLE}}}") == (
        AssociatedRole(key=field, feature_name=feature, role=ROLE),
    )


def test_a_role_of_a_reference(files: Files) -> None:
    table = "references: {AwsIamRole/r: {status.outputs.role_arn: {ssmParameter: /r}}}"
    found = files.cluster(
        environments__prod=environment(spec=table),
        manifests__orders=text("lambda: {roleArn: {valueFrom: {name: r}}}"),
    )
    (role,) = found.associated_roles
    assert role.role == Expression("data.aws_ssm_parameter.AwsIamRole_r_status_outputs_role_arn.insecure_value")


class TestParametersOfAuroraMysql:
    def parameters(self, files: Files, written: str) -> dict[str, Parameter]:
        group = files.cluster(manifests__orders=written).parameter_group
        assert group is not None
        return {row.name: row for row in group.parameters if row.name.startswith("aws_")}

    def test_they_name_the_roles(self, files: Files) -> None:
        written = text(f"s3Import: {{buckets: [a-1]}}, lambda: {{roleArn: {ROLE}}}", MYSQL)
        assert self.parameters(files, written) == {
            "aws_default_s3_role": Parameter(
                name="aws_default_s3_role",
                value=Expression("aws_iam_role.orders_s3.arn"),
                apply_method="pending-reboot",
            ),
            "aws_default_lambda_role": Parameter(
                name="aws_default_lambda_role", value=ROLE, apply_method="pending-reboot"
            ),
        }

    def test_one_that_is_written_stays(self, files: Files) -> None:
        written = text("s3Import: {buckets: [a-1]}", MYSQL)
        written += "  parameters: [{name: AWS_default_s3_role, value: mine}]\n"
        assert [(row.name, row.value) for row in self.parameters(files, written).values()] == [
            ("aws_default_s3_role", "mine")
        ]

    def test_aurora_postgresql_has_none(self, files: Files) -> None:
        assert self.parameters(files, text("s3Import: {buckets: [a-1]}")) == {}
