"""What environments that share a state bucket agree on, and what they must not contradict each other about."""

from typing import Final

import pytest

from auroraform.schemas.environment import AssumeRole
from auroraform.stacks.storage import SharedStorage, storages
from auroraform.stacks.workspace import load
from support.workspaces import Files, environment, lines

STATE: Final = "state: {backend: s3, bucket: acme-state, dynamodbTable: locks}"
ROLE: Final = "arn:aws:iam::999900001111:role/state"
ALIAS: Final = "alias/auroraform-state/acme-state"


def written(name: str, state: str = "dynamodbTable: locks", *, bucket: str = "acme-state", spec: str = "") -> str:
    text = environment(name, "staging", spec=spec)
    return text.replace(STATE, f"state: {{backend: s3, bucket: {bucket}, {state}}}")


def found(files: Files, *environments: str) -> tuple[tuple[SharedStorage, ...], list[str]]:
    files.write(**{f"environments__e{number}": text for number, text in enumerate(environments)})
    shared, problems = storages(load(files.root).environments)
    return shared, [line.partition("] ")[2] for line in lines(problems)]


def one(files: Files, *environments: str) -> SharedStorage:
    (shared,), problems = found(files, *environments)
    assert problems == []
    return shared


def test_each_bucket_is_made_once_and_named_after_itself(files: Files) -> None:
    shared, problems = found(
        files, written("dev"), written("qa"), written("prod", "dynamodbTable: locks-prod", bucket="acme-prod")
    )
    assert problems == []
    assert [(s.storage.bucket, s.environments) for s in shared] == [
        ("acme-prod", ("prod",)),
        ("acme-state", ("dev", "qa")),
    ]


SAME: Final = "write the same in both, or give each a bucket of its own"
SHARE: Final = "dev and prod share the bucket acme-state, and give it another"


@pytest.mark.parametrize(
    ("dev", "prod", "expected"),
    [
        (
            "dynamodbTable: locks",
            f"dynamodbTable: locks, assumeRole: {{roleArn: '{ROLE}'}}",
            f"spec.state.bucket: {SHARE} account: 111122223333 and 999900001111 -> name the role that reaches it in "
            "both (state.assumeRole), or give each a bucket of its own",
        ),
        (
            "dynamodbTable: locks",
            "dynamodbTable: locks, region: eu-west-2",
            f"spec.state.region: {SHARE} Region: eu-west-1 and eu-west-2 -> {SAME}",
        ),
        (
            "dynamodbTable: locks, kmsKeyId: alias/one",
            "dynamodbTable: locks, kmsKeyId: alias/two",
            f"spec.state.kmsKeyId: {SHARE} KMS key: alias/one and alias/two -> {SAME}",
        ),
        (
            "dynamodbTable: locks",
            "dynamodbTable: locks, kmsKeyId: alias/two",
            f"spec.state.kmsKeyId: {SHARE} KMS key: {ALIAS} and alias/two -> {SAME}",
        ),
        (
            "dynamodbTable: locks",
            "dynamodbTable: other",
            f"spec.state.dynamodbTable: {SHARE} lock table: locks and other -> {SAME}",
        ),
    ],
)
def test_a_bucket_has_one_of_each(dev: str, prod: str, expected: str, files: Files) -> None:
    shared, problems = found(files, written("dev", dev), written("prod", prod))
    assert shared == ()
    assert problems == [expected]


def test_a_table_belongs_to_one_bucket(files: Files) -> None:
    _, problems = found(files, written("dev"), written("prod", bucket="acme-prod"))
    assert problems == [
        "spec.state.dynamodbTable: the lock table locks belongs to the bucket acme-state of dev already, and is made "
        "once only -> give each bucket a table of its own, or let the environments share the bucket"
    ]


def test_tables_of_one_name_in_other_accounts_and_regions_are_others(files: Files) -> None:
    elsewhere = written("prod", "dynamodbTable: locks, region: eu-west-2", bucket="acme-prod")
    account = written("qa", bucket="acme-qa").replace("111122223333", "222233334444")
    shared, problems = found(files, written("dev"), elsewhere, account)
    assert problems == []
    assert len(shared) == 3


def test_one_environment_may_leave_the_table_before_another(files: Files) -> None:
    shared = one(files, written("dev", "useLockfile: true"), written("prod"))
    assert shared.storage.lock_table == "locks"
    own = shared.common.state
    assert (own.backend, own.model_dump()["use_lockfile"], own.model_dump()["dynamodb_table"]) == ("s3", True, "locks")


def test_tags_are_those_that_all_have(files: Files) -> None:
    shared = one(
        files,
        written("dev", spec="tags: {team: data, cost: one}"),
        written("prod", spec="tags: {team: data, cost: two}"),
    )
    assert shared.default_tags == {"team": "data", "managed-by": "auroraform"}


def test_the_tag_of_the_environment_is_there_where_it_is_the_only_one(files: Files) -> None:
    assert one(files, written("dev")).default_tags == {"environment": "dev", "managed-by": "auroraform"}


def test_the_role_is_that_of_the_state_else_of_the_environment(files: Files) -> None:
    own = "assumeRole: {roleArn: 'arn:aws:iam::111122223333:role/deploy'}"
    shared = one(files, written("dev", spec=own))
    assert shared.common.assume_role == AssumeRole(role_arn="arn:aws:iam::111122223333:role/deploy")
    shared = one(files, written("dev", f"dynamodbTable: locks, assumeRole: {{roleArn: '{ROLE}'}}", spec=own))
    assert shared.common.assume_role == AssumeRole(role_arn=ROLE)
    assert shared.common.account_id == "999900001111"


def test_roles_that_differ_leave_it_to_the_caller(files: Files) -> None:
    roles = [f"dynamodbTable: locks, assumeRole: {{roleArn: '{ROLE}-{name}'}}" for name in ("dev", "prod")]
    shared = one(files, written("dev", roles[0]), written("prod", roles[1]))
    assert shared.common.assume_role is None
    assert shared.common.account_id == "999900001111"


@pytest.mark.parametrize(
    ("named", "made"),
    [
        (None, True),
        (ALIAS, True),
        (f"arn:aws:kms:eu-west-1:111122223333:{ALIAS}", True),
        ("alias/other", False),
        ("arn:aws:kms:eu-west-1:111122223333:key/0a1b2c3d-0000-4000-8000-000000000000", False),
    ],
)
def test_a_key_is_made_unless_another_one_is_named(named: str | None, made: bool, files: Files) -> None:  # noqa: FBT001
    shared = one(files, written("dev", "dynamodbTable: locks" + (f", kmsKeyId: '{named}'" if named else "")))
    assert (shared.storage.key_id is None) == made
    assert shared.storage.allows_sse_s3 == (named is None)
    assert named is None or named in shared.storage.key_spellings


def test_an_alias_has_no_dots(files: Files) -> None:
    assert one(files, written("dev", bucket="acme.state")).storage.key_alias == ALIAS
