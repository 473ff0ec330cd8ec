"""Backups are where the loss of the account or of the Region does not reach them."""

from collections.abc import Iterator

from auroraform.policies.rule import WARNING, EnvironmentRule, Finding, Severities
from auroraform.policies.subjects import EnvironmentSubject


def _check(subject: EnvironmentSubject) -> Iterator[Finding]:
    backup = subject.spec.backup
    if backup is None:
        yield Finding(("backup",), "no backup leaves the account and the Region of its cluster")
    elif not any(rule.copies for rule in backup.rules.values()):
        yield Finding(("backup", "rules"), "copy nothing: no backup leaves the account and the Region of its cluster")


RULE = EnvironmentRule(
    code="AP307",
    title="All backups are in one account and Region",
    severity=Severities(production=WARNING, staging=None, development=None),
    rationale="Automated backups and snapshots are lost with the account or with whoever takes it over, and are out of "
    "reach with the Region. A copy in another account is what is left after ransomware.",
    looks_at="backup of the environment",
    fix="add backup to the environment, with copies to a vault in another account or Region",
    links=(
        "https://docs.aws.amazon.com/aws-backup/latest/devguide/create-cross-account-backup.html",
        "https://docs.aws.amazon.com/aws-backup/latest/devguide/cross-region-backup.html",
    ),
    check=_check,
)
