"""Environments: every word that may stand in one, and what the wrong ones are told."""

from typing import Final

import pytest

from auroraform.schemas.environment import AssumeRole, Environment, LocalState, S3State
from auroraform.schemas.located import read
from auroraform.schemas.shape import check
from support.workspaces import environment, lines

STATE: Final = "{backend: s3, bucket: acme-state, dynamodbTable: locks}"
VPC: Final = "vpcId: vpc-0a"


def checked(text: str) -> tuple[Environment | None, list[str]]:
    result = read(text.encode(), "f.yaml")
    assert lines(result.problems) == []
    model, problems = check(Environment, result.documents[0])
    assert (model is None) == bool(problems)
    return model, lines(tuple(problems))


def whole(text: str) -> Environment:
    model, faults = checked(text)
    assert faults == []
    assert model is not None
    return model


def faults(old: str, new: str) -> list[str]:
    """What is wrong with an environment in which one piece was replaced."""
    assert old in environment()
    return checked(environment().replace(old, new))[1]


def test_the_least_environment_has_all_defaults() -> None:
    text = environment().partition("  network:")[0]
    spec = whole(text).spec
    assert (spec.class_, spec.region, spec.account_id) == ("production", "eu-west-1", "111122223333")
    assert spec.state == S3State(backend="s3", bucket="acme-state", dynamodb_table="locks")
    assert isinstance(spec.state, S3State)
    assert (spec.state.key_prefix, spec.state.use_lockfile, spec.state.region) == ("auroraform", False, None)
    assert (spec.assume_role, spec.tags, spec.naming, spec.changes) == (None, {}, "{environment}-{name}", None)
    assert (spec.network.vpc_id, spec.network.subnet_ids, spec.network.application_security_group_ids) == (
        None,
        None,
        (),
    )
    assert (spec.defaults, spec.overrides) == ({}, {})
    assert (spec.quiet_hours, spec.iam.path, spec.iam.permissions_boundary) == (None, None, None)


def test_a_full_environment_is_taken() -> None:
    spec = whole(
        environment(
            spec="""
                assumeRole: {roleArn: "arn:aws:iam::111122223333:role/deploy", sessionName: ci, externalId: "x:1"}
                tags: {team: platform}
                naming: "{name}-{environment}"
                changes: immediate
                defaults: {port: 5433}
                overrides: {orders: {port: 5434}}
            """
        )
    ).spec
    assert spec.assume_role == AssumeRole(
        role_arn="arn:aws:iam::111122223333:role/deploy", session_name="ci", external_id="x:1"
    )
    assert (spec.tags, spec.naming, spec.changes) == ({"team": "platform"}, "{name}-{environment}", "immediate")


def test_state_may_be_local() -> None:
    assert whole(environment().replace(STATE, "{backend: local}")).spec.state == LocalState(backend="local")


def test_a_full_s3_state_is_taken() -> None:
    state = whole(
        environment().replace(
            STATE,
            "{backend: s3, bucket: b.ucket, region: us-east-1, keyPrefix: a/b, dynamodbTable: t_1, useLockfile: true, "
            "kmsKeyId: alias/state, assumeRole: {roleArn: 'arn:aws:iam::111122223333:role/state'}}",
        )
    ).spec.state
    assert state == S3State(
        backend="s3",
        bucket="b.ucket",
        region="us-east-1",
        key_prefix="a/b",
        dynamodb_table="t_1",
        use_lockfile=True,
        kms_key_id="alias/state",
        assume_role=AssumeRole(role_arn="arn:aws:iam::111122223333:role/state"),
    )


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "class: production",
            "class: prod",
            '6:10 error[AF102] spec.class: "prod" is not allowed here'
            " -> did you mean production? Allowed: development, staging or production",
        ),
        (
            "  class: production\n",
            "",
            "5:1 error[AF101] spec.class: is missing"
            " -> add it: `development`, `staging` or `production`: which layer of defaults holds.",
        ),
        (
            '  accountId: "111122223333"\n',
            "",
            "5:1 error[AF101] spec.accountId: is missing"
            " -> add it: The only AWS account that Terraform may touch here, in quotes.",
        ),
        (
            '"111122223333"',
            "011122223333",
            "8:14 error[AF103] spec.accountId: must be text, but YAML reads this as text, a number or a boolean,"
            ' depending on the tool -> put it in quotes: "011122223333"',
        ),
        (
            '"111122223333"',
            "12",
            '8:14 error[AF102] spec.accountId: "12" is not an AWS account id'
            ' -> write its 12 digits in quotes: "111122223333"',
        ),
        (STATE, "{}", "9:3 error[AF101] spec.state.backend: is missing -> say which kind it is"),
        (
            STATE,
            "{backend: gcs}",
            '9:20 error[AF102] spec.state.backend: "gcs" is not allowed here -> write s3, cloud or local',
        ),
        (
            STATE,
            "s3",
            "9:10 error[AF103] spec.state: must be a mapping of fields, but this is the text"
            ' "s3" -> write a mapping of fields here',
        ),
        (STATE, "{backend: s3}", "9:3 error[AF101] spec.state.bucket: is missing -> add it: Name of the bucket."),
        pytest.param(
            STATE,
            "{backend: local, path: x}",
            "9:27 error[AF100] spec.state.path: is not a field -> the fields here are backend",
        ),
        (
            "bucket: acme-state",
            "bucket: Acme_State",
            '9:32 error[AF102] spec.state.bucket: "Acme_State" is not the name of an S3 bucket'
            " -> use 3 to 63 lower-case letters, digits and hyphens",
        ),
        (
            "dynamodbTable: locks",
            "dynamodb_table: locks",
            "9:44 error[AF100] spec.state.dynamodb_table: is not a field -> did you mean dynamodbTable?",
        ),
        (
            "dynamodbTable: locks",
            "dynamodbTable: a b c",
            '9:59 error[AF102] spec.state.dynamodbTable: "a b c" is not the name of a DynamoDB table'
            " -> use 3 to 255 letters, digits or _.-",
        ),
        (
            "dynamodbTable: locks",
            "keyPrefix: /a",
            '9:55 error[AF102] spec.state.keyPrefix: "/a" is not a prefix for state keys'
            " -> write it without slashes at the ends, as databases/aurora",
        ),
        (
            "dynamodbTable: locks",
            "kmsKeyId: key",
            '9:54 error[AF102] spec.state.kmsKeyId: "key" is not a KMS key -> write the ARN of the key',
        ),
        (
            VPC,
            "vpcID: vpc-0a",
            "11:5 error[AF100] spec.network.vpcID: is not a field -> did you mean vpcId?",
        ),
        (
            VPC,
            "vpcId: vpc-0a\n    vpcTags: {Name: main}",
            "10:3 error[AF102] spec.network: this mapping gives both vpcId and vpcTags -> keep one of the two",
        ),
        (
            STATE,
            "{backend: cloud, organization: acme, workspace: a, tags: [b]}",
            "9:3 error[AF102] spec.state: this mapping names a workspace and tags"
            " -> keep workspace or tags (Terraform takes one of the two)",
        ),
        (
            STATE,
            '{backend: cloud, organization: acme, workspace: "a b"}',
            '9:58 error[AF102] spec.state.workspace: "a b" is not a pattern of workspace names'
            ' -> use letters, digits, "_", "-" and {stack}',
        ),
        (
            "  region: eu-west-1\n",
            "  region: eu-west-1\n  references: {AwsVpc/main: {id: {lookup: {vpc: {a: b}, kmsAlias: alias/x}}}}\n",
            "8:35 error[AF102] spec.references.AwsVpc/main.id.lookup: this mapping does not say what to look up"
            " -> give one of vpc, subnets, securityGroup or kmsAlias",
        ),
        (
            "subnet-0b,",
            "subnet-0a,",
            "12:16 error[AF102] spec.network.subnetIds: this list holds 'subnet-0a' twice -> list each value once",
        ),
        (
            "region: eu-west-1",
            "region: Ireland",
            '7:11 error[AF102] spec.region: "Ireland" is not the code of an AWS Region -> write it as eu-west-1',
        ),
        (
            "  region: eu-west-1\n",
            "  region: eu-west-1\n  naming: clusters\n",
            '8:11 error[AF102] spec.naming: "clusters" does not contain {name} -> write it as "{environment}-{name}"',
        ),
        (
            "  region: eu-west-1\n",
            '  region: eu-west-1\n  naming: "{env}-{name}"\n',
            '8:11 error[AF102] spec.naming: "{env}-{name}" holds an unknown placeholder'
            " -> use {environment} and {name}",
        ),
        (
            "  region: eu-west-1\n",
            '  region: eu-west-1\n  quietHours: {start: "23:00", end: "00:59"}\n',
            "8:3 error[AF102] spec.quietHours: this mapping leaves too little room for two windows"
            ' -> name two hours or more, as "21:00" to "03:00"',
        ),
        (
            "  region: eu-west-1\n",
            '  region: eu-west-1\n  quietHours: {start: "23:00", end: "24:00"}\n',
            '8:37 error[AF102] spec.quietHours.end: "24:00" is not a time of day -> write it in UTC as "21:00"',
        ),
        (
            "  region: eu-west-1\n",
            "  region: eu-west-1\n  quietHours: {start: 22:30, end: '02:00'}\n",
            "8:23 error[AF103] spec.quietHours.start: must be text, but YAML reads this as text, a number or a boolean,"
            ' depending on the tool -> put it in quotes: "22:30"',
        ),
        (
            "  region: eu-west-1\n",
            "  region: eu-west-1\n  quietHours: {start: '22:30', end: '02:00', days: []}\n",
            "8:52 error[AF102] spec.quietHours.days: this list names no day -> delete it, or name a day",
        ),
        (
            "  region: eu-west-1\n",
            "  region: eu-west-1\n  iam: {path: databases}\n",
            '8:15 error[AF102] spec.iam.path: "databases" is not a path of IAM roles'
            " -> write it with slashes at both ends, as /databases/",
        ),
        (
            "  region: eu-west-1\n",
            "  region: eu-west-1\n  iam: {permissionsBoundary: boundary}\n",
            '8:30 error[AF102] spec.iam.permissionsBoundary: "boundary" is not the ARN of an IAM policy'
            " -> write it as arn:aws:iam::111122223333:policy/boundary",
        ),
        (
            "  region: eu-west-1\n",
            "  region: eu-west-1\n  changes: now\n",
            '8:12 error[AF102] spec.changes: "now" is not allowed here -> write maintenance-window or immediate',
        ),
        (
            "  region: eu-west-1\n",
            "  region: eu-west-1\n  assumeRole: {roleArn: admin}\n",
            '8:25 error[AF102] spec.assumeRole.roleArn: "admin" is not the ARN of an IAM role'
            " -> write it as arn:aws:iam::111122223333:role/name",
        ),
        (
            "  region: eu-west-1\n",
            "  region: eu-west-1\n  overrides: {orders: 3}\n",
            "8:23 error[AF103] spec.overrides.orders: must be a mapping of fields, but YAML reads this as the integer 3"
            " -> write a mapping of fields here",
        ),
        (
            "name: prod",
            "name: Prod",
            '4:9 error[AF102] metadata.name: "Prod" is not a name that AWS and Terraform take'
            " -> use lower-case letters, digits and single hyphens, a letter first, no hyphen at the end",
        ),
    ],
)
def test_a_fault_is_told_with_place_path_and_help(old: str, new: str, expected: str) -> None:
    assert faults(old, new) == [f"f.yaml:{expected}"]


def test_a_key_that_is_called_like_a_backend_confuses_no_path() -> None:
    assert faults(STATE, "{backend: s3, s3: {}}") == [
        "f.yaml:9:3 error[AF101] spec.state.bucket: is missing -> add it: Name of the bucket.",
        "f.yaml:9:24 error[AF100] spec.state.s3: is not a field -> the fields here are assumeRole, backend, bucket, "
        "dynamodbTable, keyPrefix, kmsKeyId, region, useLockfile",
    ]


@pytest.mark.parametrize(
    "pattern", ["{environment}_{name}", "{name}-", "DB-{name}", "{environment}--{name}", "1{name}"]
)
def test_a_naming_pattern_that_makes_no_identifier_is_refused(pattern: str) -> None:
    assert faults("  region: eu-west-1\n", f'  region: eu-west-1\n  naming: "{pattern}"\n') == [
        f'f.yaml:8:11 error[AF102] spec.naming: "{pattern}" makes no identifiers that RDS takes'
        " -> use lower-case letters, digits and single hyphens beside the placeholders, a letter first"
    ]
