"""Every policy that is made allows what is needed: no more actions, resources or callers. Exceptions have a reason."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest

from auroraform.stacks.bootstrap import synthesize
from support.golden_stacks import EXPECTED
from support.policy_texts import Policy, opinions, policies

ROOT: Final = Path(__file__).parent.parent.parent
STACKS: Final = sorted(EXPECTED.rglob("*.tf.json"))

Statement = Any  # JSON, as policies are written

KMS_KEYS: Final = frozenset({"aws_kms_key"})
"""Resources whose policies say `*` for themselves (KMS Developer Guide, "Key policies": Resource)."""
WHOLE_SERVICES: Final = {
    "AccountAdministers": "without the account, nobody could ever change the key again",
}
"""Statements that allow all actions of a service, by Sid."""
SEVERAL_ACTIONS: Final = {
    "kms:GenerateDataKey*": "with and without plaintext: services use both, and say which nowhere",
    "kms:ReEncrypt*": "from and to, of which one is never used without the other",
    **{
        f"kms:{verb}*": "AWS's own list of what administers a key: nothing in it encrypts or decrypts"
        for verb in ("Create", "Delete", "Describe", "Disable", "Enable", "Get", "List", "Put", "Revoke", "Update")
    },
}
"""Actions that end in `*`."""
OTHERWISE_BOUND: Final = {
    "LogsUse": "the encryption context names the log groups, with their account",
    "ProxyTakes": "RDS Proxy knows no global condition keys; who hands it a role must be let pass it",
    "BackupTakes": "AWS Backup is not known to say for whom it takes a role; who hands it one must be let pass it",
}
"""Statements for services that are bound by something else than what the service acts for, by Sid."""
ACCOUNT: Final = {"aws:SourceAccount", "aws:SourceArn", "kms:CallerAccount"}

LINTER: Final = {
    r"RESOURCE_STAR .*": "of a key policy, `*` is the key; that no other policy has it is held above",
    r"MISMATCHED_TYPE Type mismatch: ArnLike requires a value of type Arn but given String": "AWS's own example: the "
    "encryption context of a log group is its ARN, and only ArnLike takes the `*` in it",
    r"MISMATCHED_TYPE Type mismatch: s3:TlsVersion requires a value of type Numeric .*": "AWS's own example: IAM reads "
    "numbers in quotes",
    r"UNKNOWN_CONDITION_FOR_ACTION Unknown condition s3:TlsVersion for action .*": "the statement refuses all of S3, "
    "and nothing where an action does not have the key",
    r"MISMATCHED_TYPE_BUT_USABLE .*": "usable, as it says; the ARN of a key is compared as a whole",
}
"""What the linter finds, and why it stays."""


def every(files: list[Path]) -> Iterator[Policy]:
    for file in files:
        yield from policies(file)


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> list[Policy]:
    """The policies of all golden files, of which many are alike, and of a state bucket."""
    output = tmp_path_factory.mktemp("bootstrap")
    assert synthesize(ROOT / "examples" / "shop", output).problems == ()
    stacks = [*STACKS, *output.rglob("cdk.tf.json")]
    return [*{str(policy.document): policy for policy in every(stacks)}.values()]


def allowing(found: list[Policy]) -> Iterator[tuple[Policy, Statement]]:
    return ((policy, s) for policy in found for s in policy.statements if s["Effect"] == "Allow")


def several(value: object) -> list[Any]:
    return value if isinstance(value, list) else [value]


def test_there_are_policies_of_each_kind(found: list[Policy]) -> None:
    kinds = {policy.type for policy in found}
    assert kinds >= {
        "aws_iam_policy",
        "aws_iam_role",
        "aws_iam_role_policy",
        "aws_kms_key",
        "aws_s3_bucket_policy",
        "aws_sns_topic",
        "aws_sqs_queue_policy",
    }


def test_no_statement_allows_all_actions_of_a_service(found: list[Policy]) -> None:
    whole = [
        (p.where, s["Sid"]) for p, s in allowing(found) for a in several(s["Action"]) if re.fullmatch(r"\*|\w+:\*", a)
    ]
    assert [one for one in whole if one[1] not in WHOLE_SERVICES] == []


def test_an_action_is_named_in_full(found: list[Policy]) -> None:
    open_ = {a for _, s in allowing(found) for a in several(s["Action"]) if "*" in a and not a.endswith(":*")}
    assert open_ - set(SEVERAL_ACTIONS) == set()


def test_no_statement_says_what_it_does_not_allow(found: list[Policy]) -> None:
    assert [(p.where, s) for p, s in allowing(found) if {"NotAction", "NotResource", "NotPrincipal"} & set(s)] == []


def test_resources_are_named(found: list[Policy]) -> None:
    everything = [
        (policy.where, statement)
        for policy, statement in allowing(found)
        if policy.type not in KMS_KEYS
        for resource in several(statement.get("Resource", []))
        # A name may end in `*`; that nothing but that is said is all there is.
        if re.fullmatch(r"\*|arn:[^:]*:[^:]*:[^:]*:[^:]*:(\w+[:/])?\*", resource)
    ]
    assert everything == []


def test_a_service_acts_for_the_account_alone(found: list[Policy]) -> None:
    unbound = [
        (policy.where, statement)
        for policy, statement in allowing(found)
        if "Service" in several(statement.get("Principal", {}))[0]
        and statement.get("Sid") not in OTHERWISE_BOUND
        and not _is_bound(statement, {"aws:SourceAccount"})
    ]
    assert unbound == []


def test_everybody_is_those_of_the_account(found: list[Policy]) -> None:
    anybody = [
        (policy.where, statement)
        for policy, statement in allowing(found)
        if statement.get("Principal") in ("*", {"AWS": "*"}) and not _is_bound(statement, ACCOUNT)
    ]
    assert anybody == []


def _is_bound(statement: Statement, keys: set[str]) -> bool:
    # An operator that ends so holds also where the key is missing.
    named = {
        key for operator, keys in statement.get("Condition", {}).items() if "IfExists" not in operator for key in keys
    }
    return bool(named & keys)


def test_the_linter_finds_nothing_that_has_no_reason(found: list[Policy]) -> None:
    faults = [(p.where, o) for p in found for o in sorted(opinions(p)) if not any(re.fullmatch(r, o) for r in LINTER)]
    assert faults == []


def test_every_exception_is_needed(found: list[Policy]) -> None:
    statements = [statement for _, statement in allowing(found)]
    sids = {statement.get("Sid") for statement in statements}
    actions = {action for statement in statements for action in several(statement["Action"])}
    said = {opinion for policy in found for opinion in opinions(policy)}
    assert {*WHOLE_SERVICES, *OTHERWISE_BOUND} <= sids
    assert set(SEVERAL_ACTIONS) <= actions
    assert [pattern for pattern in LINTER if not any(re.fullmatch(pattern, one) for one in said)] == []


TOPIC: Final = "arn:aws:sns:eu-west-1:111122223333:a"
CONDITION: Final = {"StringEquals": {"kms:CallerAccount": "111122223333"}}


class TestTheLinter:
    """It would tell: of each fault that it is there for, one that it finds."""

    @pytest.mark.parametrize(
        ("statement", "issue"),
        [
            ({"Action": "sns:Publsh", "Resource": "*"}, "UNKNOWN_ACTION"),
            ({"Action": "s3:GetObject", "Resource": "arn:aws:s3:::bucket"}, "RESOURCE_MISMATCH"),
            ({"Action": "sns:Publish", "Resource": TOPIC, "Condition": CONDITION}, "UNKNOWN_CONDITION_FOR_ACTION"),
        ],
    )
    def test_it_finds(self, statement: dict[str, object], issue: str) -> None:
        document = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", **statement}]}
        assert issue in {one.partition(" ")[0] for one in opinions(Policy("aws_iam_policy", "x", document))}

    def test_a_policy_is_found_wherever_it_stands(self, tmp_path: Path) -> None:
        file = tmp_path / "cdk.tf.json"
        text = '{\\"Statement\\": [{\\"Resource\\": \\"${aws_kms_key.a.arn}\\"}]}'
        file.write_text(f'{{"resource": {{"t": {{"l": {{"b": [{{"access": "{text}"}}]}}}}}}}}', encoding="utf-8")
        (policy,) = policies(file)
        assert policy.where == "t.l.access"
        assert str(policy.statements[0]["Resource"]).startswith("arn:aws:kms:")
