"""Rules between the fields of an environment's backup plan: each speaks where it must, and is silent beside that."""

from typing import Final

import pytest

from auroraform.schemas.backup import Backup
from auroraform.schemas.coherence import backup as rules
from auroraform.schemas.coherence.backup import BACKUP_RULES, BackupCheck, backup_findings
from auroraform.schemas.coherence.backup import Home as Place
from auroraform.schemas.located import read
from auroraform.schemas.problems import Severity
from auroraform.schemas.shape import check, show
from support.workspaces import Files, environment, lines

HOME: Final = Place("eu-west-1", "111122223333")
VAULT: Final = "arn:aws:backup:{}:{}:backup-vault:aurora"
NEAR: Final = VAULT.format("eu-central-1", "111122223333")


def plan(text: str) -> Backup:
    (document,) = read(text.encode(), "f.yaml").documents
    model, problems = check(Backup, document)
    assert lines(tuple(problems)) == []
    assert model is not None
    return model


def daily(more: str = "", days: int = 35) -> str:
    return f"rules: {{daily: {{schedule: cron(0 3 * * ? *), retentionDays: {days}{more}}}}}"


def copied(*vaults: str) -> str:
    return daily(f", copies: [{', '.join(f'{{vaultArn: {vault!r}}}' for vault in vaults)}]")


CASES: Final = (
    (
        rules.vault,
        f"{daily()}\nvaultName: Default\nvault: {{}}",
        f"{daily()}\nvaultName: Default",
        "[AF105] vault: an existing vault is used as it is; this says how one is made -> keep vaultName or vault",
    ),
    (
        rules.lock,
        f"{daily()}\nvault: {{lock: {{minRetentionDays: 9, maxRetentionDays: 8}}}}",
        f"{daily()}\nvault: {{lock: {{minRetentionDays: 9, maxRetentionDays: 35}}}}",
        "[AF105] vault.lock.maxRetentionDays: is less than minRetentionDays, which is 9 -> write 9 or more",
    ),
    (
        rules.lock,
        f"{daily(days=35)}\nvault: {{lock: {{minRetentionDays: 36}}}}",
        f"{daily(days=36)}\nvault: {{lock: {{minRetentionDays: 36}}}}",
        "[AF105] rules.daily.retentionDays: 35 days are not what the lock of the vault lets in, so that every backup "
        "would fail -> write a number of 36 or more, or change vault.lock",
    ),
    (
        rules.lock,
        f"{daily(days=35)}\nvault: {{lock: {{minRetentionDays: 7, maxRetentionDays: 34}}}}",
        f"{daily(days=34)}\nvault: {{lock: {{minRetentionDays: 7, maxRetentionDays: 34}}}}",
        "[AF105] rules.daily.retentionDays: 35 days are not what the lock of the vault lets in, so that every backup "
        "would fail -> write a number from 7 to 34, or change vault.lock",
    ),
    (
        rules.for_ever,
        f"{daily()}\nvault: {{lock: {{minRetentionDays: 7, compliance: {{changeableForDays: 14}}}}}}",
        f"{daily()}\nvault: {{lock: {{minRetentionDays: 7}}}}",
        "warning [AF113] vault.lock.compliance: 14 days after the apply nobody, not AWS either, can remove the lock, "
        "delete a backup before its time or delete the vault, and every backup is paid for until then -> delete it for "
        "governance mode, if that will do",
    ),
    (
        rules.windows,
        daily(", startWindowMinutes: 120, completionWindowMinutes: 179"),
        daily(", startWindowMinutes: 120, completionWindowMinutes: 180"),
        "warning [AF112] rules.daily.completionWindowMinutes: leaves a backup less than an hour after the last moment "
        "at which it may begin -> write completionWindowMinutes: 180 or more",
    ),
    (
        rules.windows,
        daily(", startWindowMinutes: 1400"),
        daily(", startWindowMinutes: 1380"),
        "warning [AF112] rules.daily.startWindowMinutes: leaves a backup less than an hour after the last moment at "
        "which it may begin -> write completionWindowMinutes: 1460 or more",
    ),
    (
        rules.cold_storage,
        daily(", coldStorageAfterDays: 30", days=366),
        daily(days=366),
        "[AF110] rules.daily.coldStorageAfterDays: AWS Backup keeps no backup of Aurora in cold storage, and ignores it"
        " -> delete it; for cheap storage of old data, export a snapshot to S3 (backups.exports of a cluster)",
    ),
    (
        rules.continuous,
        daily(", continuous: true", days=36),
        daily(", continuous: true", days=35),
        "[AF102] rules.daily.retentionDays: a continuous backup is kept for 35 days at most -> write 35 or less, and "
        "add a rule without continuous for what is kept longer",
    ),
    (
        rules.continuous,
        "rules: {a: {schedule: cron(0 3 * * ? *), retentionDays: 9, continuous: true},"
        " b: {schedule: cron(0 4 * * ? *), retentionDays: 9, continuous: true}}",
        "rules: {a: {schedule: cron(0 3 * * ? *), retentionDays: 9, continuous: true},"
        " b: {schedule: cron(0 4 * * ? *), retentionDays: 9, continuous: false}}",
        "[AF105] rules.b.continuous: a cluster has one continuous backup, and the rule a takes it -> delete it",
    ),
    (
        rules.copies,
        copied(NEAR, NEAR),
        copied(NEAR, VAULT.format("eu-west-1", "444455556666")),
        "[AF105] rules.daily.copies[1].vaultArn: is a vault that the rule copies to already -> name each vault once",
    ),
    (
        rules.copies,
        copied("arn:aws-cn:backup:cn-north-1:111122223333:backup-vault:aurora"),
        copied(NEAR),
        "[AF110] rules.daily.copies[0].vaultArn: is not in the partition aws, and AWS copies nothing between partitions"
        " -> name a vault in aws",
    ),
    (
        rules.copies,
        copied(VAULT.format("eu-west-1", "111122223333")),
        copied(VAULT.format("eu-west-2", "111122223333")),
        "warning [AF113] rules.daily.copies[0].vaultArn: is in the account and the Region of the backup itself, and is "
        "lost with them -> name a vault in another Region or account",
    ),
    (
        rules.copies,
        copied(VAULT.format("eu-central-1", "444455556666")),
        copied(VAULT.format("eu-west-1", "444455556666")),
        "warning [AF112] rules.daily.copies[0].vaultArn: is in another Region and another account: not everywhere does "
        "AWS Backup take a backup of Aurora both ways at once -> copy to another Region or to another account; let a "
        "plan there copy on to the third place",
    ),
)


def told(rule: BackupCheck, text: str) -> list[str]:
    return [
        f"{'' if found.severity is Severity.ERROR else f'{found.severity} '}[{found.code}] {show(found.path)}: "
        f"{found.message} -> {found.help}"
        for found in rule(plan(text), HOME)
    ]


@pytest.mark.parametrize(("rule", "broken", "fine", "expected"), CASES)
def test_a_rule_says_what_is_wrong_and_is_silent_at_the_near_miss(
    rule: BackupCheck, broken: str, fine: str, expected: str
) -> None:
    assert told(rule, broken) == [expected]
    assert told(rule, fine) == []


def test_every_rule_has_a_case() -> None:
    assert {rule for rule, *_ in CASES} == set(BACKUP_RULES)


def test_a_copy_to_what_terraform_alone_knows_is_not_judged() -> None:
    reference = "{valueFrom: {kind: AwsBackupVault, name: other, fieldPath: arn}}"
    assert [*backup_findings(plan(daily(f", copies: [{{vaultArn: {reference}}}]")), HOME)] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("rules: {}", "[AF102] spec.backup.rules: this mapping is empty -> give one or more, or delete it"),
        (
            "rules: {daily: {schedule: rate(1 day), retentionDays: 7}}",
            '[AF102] spec.backup.rules.daily.schedule: "rate(1 day)" is not a schedule -> write "cron(0 6 ? * MON-FRI '
            '*)", which is cron(minutes, hours, day of month, month, day of week, year)',
        ),
        (
            "rules: {daily: {schedule: cron(0 3 * * ? *)}}",
            "[AF101] spec.backup.rules.daily.retentionDays: is missing -> add it: Days until a backup is deleted, 1 to "
            "36500.",
        ),
        (
            copied("aurora"),
            '[AF102] spec.backup.rules.daily.copies[0].vaultArn: "aurora" is not the ARN of a backup vault -> write it '
            "as arn:aws:backup:eu-central-1:111122223333:backup-vault:aurora",
        ),
        (
            f"{daily()}\nvault: {{lock: {{minRetentionDays: 7, compliance: {{changeableForDays: 2}}}}}}",
            '[AF102] spec.backup.vault.lock.compliance.changeableForDays: "2" is out of bounds -> write a number from '
            "3 to 36500 days",
        ),
        (
            f"{daily()}\nvault: {{kmsKeyId: 'arn:aws:kms:us-east-1:111122223333:key/1'}}",
            '[AF102] spec.backup.vault.kmsKeyId: "arn:aws:kms:us-east-1:111122223333:key/1" is in us-east-1, and the '
            "cluster in eu-west-1: a key encrypts in its own Region only -> name one that is in eu-west-1; a "
            "multi-Region key has a replica with an ARN of its own there",
        ),
    ],
)
def test_a_fault_of_a_plan_is_told_where_it_stands(files: Files, text: str, expected: str) -> None:
    indented = "\n".join(f"  {line}" for line in text.splitlines())
    (problem,) = files.problems(environments__prod=environment(spec=f"backup:\n{indented}"))
    assert problem.place.file == "environments/prod.yaml"
    assert f"[{problem.code}] {problem.path}: {problem.message} -> {problem.help}" == expected
