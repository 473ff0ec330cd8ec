"""The judgement over checkov's report lets nothing pass in silence."""

from pathlib import Path

import pytest

from support.checkov.exceptions import EXCEPTIONS, Exempt
from support.checkov.judging import problems
from support.checkov.running import CHECKOV, Finding, Report, scan

STACK = {"resource": {"aws_rds_cluster": {"orders": {"storage_encrypted": True}, "shop": {}}}}
STACKS = {"shop/prod": STACK, "shop/staging": STACK}
PASSED = {name: frozenset({"CKV_AWS_133"}) for name in STACKS}
FINDING = Finding(
    "CKV_AWS_139", "Ensure deletion protection", "shop/prod", "aws_rds_cluster.orders", "https://a.example"
)
EXCUSE = Exempt(check="CKV_AWS_139", addresses="aws_rds_cluster.*", reason="a test")


def test_a_finding_that_is_listed_may_stay() -> None:
    assert problems(Report((FINDING,), PASSED), STACKS, [EXCUSE]) == []


@pytest.mark.parametrize(
    "row",
    [
        Exempt(check="CKV_AWS_13", addresses="*", reason="another check"),
        Exempt(check="CKV_AWS_139", addresses="aws_rds_cluster.shop", reason="another resource"),
        Exempt(check="CKV_AWS_139", addresses="*", stacks="*/staging", reason="another stack"),
        Exempt(check="CKV_AWS_139", addresses="*", provided=lambda _stack, _address: False, reason="does not hold"),
    ],
    ids=lambda row: str(row.reason),
)
def test_a_finding_that_is_not_listed_is_told_and_so_is_the_idle_exception(row: Exempt) -> None:
    told = problems(Report((FINDING,), PASSED), STACKS, [row])
    assert told == [
        "not listed: shop/prod: aws_rds_cluster.orders: CKV_AWS_139: Ensure deletion protection (https://a.example)",
        f"excuses nothing: {row}",
    ]


def test_a_stack_that_checkov_could_not_read_is_told() -> None:
    told = problems(Report((), PASSED, ("shop/prod/cdk.tf.json",)), STACKS, [])
    assert told == ["checkov cannot read shop/prod/cdk.tf.json"]


def test_a_stack_of_which_checkov_saw_nothing_is_told() -> None:
    told = problems(Report((), {"shop/prod": PASSED["shop/prod"], "shop/staging": frozenset()}), STACKS, [])
    assert told == ["shop/staging: no check passes, so checkov has seen nothing of it"]


def test_every_exception_has_a_reason() -> None:
    assert [row for row in EXCEPTIONS if len(row.reason.split()) < 5] == []


def test_a_missing_checkov_fails_and_says_how_to_get_it(tmp_path: Path) -> None:
    with pytest.raises(pytest.fail.Exception, match=r"run `make test`, .* or `make \.cache/checkov/\.installed`"):
        scan(STACKS, tmp_path, tmp_path / "checkov")


class TestWhatItPrints:
    """A command in its place: of checkov's own mistakes none is taken for a good end."""

    @pytest.mark.parametrize(
        ("script", "said"),
        [
            ("echo broken >&2; exit 2", "checkov ended with 2:.*broken"),
            ("""echo '{"passed": 0, "failed": 0}'""", "checkov has seen no stack"),
            ("echo 'no JSON'", "checkov printed no JSON:.*no JSON"),
        ],
    )
    def test_it_fails(self, script: str, said: str, tmp_path: Path) -> None:
        command = tmp_path / "checkov"
        command.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        command.chmod(0o755)
        with pytest.raises(pytest.fail.Exception, match=f"(?s){said}"):
            scan(STACKS, tmp_path, command)


def test_it_is_where_make_installs_it(root: Path) -> None:
    assert str(CHECKOV.relative_to(root)) == ".cache/checkov/bin/checkov"
