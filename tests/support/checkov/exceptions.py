"""What checkov finds in production stacks and may stay, each for a reason.

Where a reason holds only as long as something else protects the database, `provided` looks for that.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any, Final

from support.checkov.running import Finding, Stack
from support.provider.references import sole_reference

Body = Mapping[str, Any]
Condition = Callable[[Stack, str], bool]


def _always(_stack: Stack, _address: str) -> bool:
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Exempt:
    """A check that may fail.

    Attributes:
        check: its id.
        addresses: of the resources, as a pattern of file names.
        stacks: their names, likewise.
        provided: what has to be so in the stack for the reason to hold.
        reason: why what checkov finds is right as it is.
    """

    check: str
    addresses: str
    stacks: str = "*"
    provided: Condition = _always
    reason: str

    def covers(self, finding: Finding, stack: Stack) -> bool:
        return (
            finding.check == self.check
            and fnmatchcase(finding.address, self.addresses)
            and fnmatchcase(finding.stack, self.stacks)
            and self.provided(stack, finding.address)
        )

    def __str__(self) -> str:
        return f"{self.check}, {self.addresses} in {self.stacks}"


def _at(stack: Stack, address: str) -> Body:
    type_, label = address.split(".")
    body: Body = stack["resource"][type_][label]
    return body


def _referred(stack: Stack, text: object) -> Body:
    """The resource that an argument refers to; empty if it refers to none."""
    reference = sole_reference(text) if isinstance(text, str) else None
    return {} if reference is None else _at(stack, f"{reference.root}.{reference.path[0]}")


def _backed_up_for_a_week(stack: Stack, address: str) -> bool:
    return int(_at(stack, address)["backup_retention_period"]) >= 7


def _pinned(stack: Stack, address: str) -> bool:
    cluster = _referred(stack, _at(stack, address)["cluster_identifier"])
    return "engine_version" in cluster and "engine_version" not in cluster["lifecycle"]["ignore_changes"]


def _of_a_proxy(stack: Stack, address: str) -> bool:
    proxies: Mapping[str, Body] = stack["resource"].get("aws_db_proxy", {})
    return any(f"${{{address}.id}}" in proxy["vpc_security_group_ids"] for proxy in proxies.values())


def _insights_of_the_cluster(stack: Stack, address: str) -> bool:
    return _referred(stack, _at(stack, address)["cluster_identifier"]).get("performance_insights_enabled") is True


def _slow_statements_are_logged(stack: Stack, address: str) -> bool:
    cluster = _at(stack, address)
    group = _referred(stack, cluster.get("db_cluster_parameter_group_name"))
    parameters = {one["name"]: one["value"] for one in group.get("parameter", ())}
    return int(parameters.get("log_min_duration_statement", -1)) >= 0 and "postgresql" in cluster.get(
        "enabled_cloudwatch_logs_exports", ()
    )


def _encrypted(stack: Stack, address: str) -> bool:
    return _at(stack, address).get("storage_encrypted") is True


def _of_an_encrypted_cluster(stack: Stack, address: str) -> bool:
    # The label of a cluster has no underscore.
    return _encrypted(stack, f"aws_rds_cluster.{address.split('.')[1].partition('_')[0]}")


EXCEPTIONS: Final = (
    Exempt(
        check="CKV_AWS_146",
        addresses="aws_db_cluster_snapshot.*",
        provided=_of_an_encrypted_cluster,
        reason="A snapshot is encrypted as its cluster is, with the same key; it has no argument that could say so.",
    ),
    Exempt(
        check="CKV_AWS_353",
        addresses="aws_rds_cluster_instance.*",
        provided=_insights_of_the_cluster,
        reason="Performance Insights is on in the cluster, for all its instances; checkov looks at instances only.",
    ),
    Exempt(
        check="CKV_AWS_226",
        addresses="aws_rds_cluster_instance.*",
        provided=_pinned,
        reason="The manifest moves the version. If RDS moved it too, the next apply would ask for the older one, which "
        "RDS refuses. `versionPolicy: minor` leaves it to RDS, and rule AP505 tells of versions that are old.",
    ),
    Exempt(
        check="CKV2_AWS_8",
        addresses="aws_rds_cluster.*",
        provided=_backed_up_for_a_week,
        reason="RDS's own automated backups go back to any second. An AWS Backup plan is a matter of the account, and "
        "may stand elsewhere; rule AP307 asks for `backup` of the environment, which is one.",
    ),
    Exempt(
        check="CKV_AWS_326",
        addresses="aws_rds_cluster.*",
        provided=_backed_up_for_a_week,
        reason="Backtrack rewinds the whole cluster where it stands, is paid by the change, and excludes binary log "
        "replication and global databases: a choice. Backups restore any second, beside the cluster.",
    ),
    Exempt(
        check="CKV_AWS_327",
        addresses="aws_rds_cluster.*",
        provided=_encrypted,
        reason="The volume is encrypted, with the account's key aws/rds. A key of one's own can be lost, and the "
        "database with it; rule AP202 asks for one where a standard does (`kmsKeyId`, `kmsKey`).",
    ),
    Exempt(
        check="CKV_AWS_158",
        addresses="aws_cloudwatch_log_group.*",
        reason="CloudWatch Logs encrypts everything, with a key of its own; `logs.kmsKeyId` names another, whose "
        "policy has to let CloudWatch Logs in.",
    ),
    Exempt(
        check="CKV2_AWS_27",
        addresses="aws_rds_cluster.*",
        provided=_slow_statements_are_logged,
        reason="checkov wants log_statement, too. That writes the passwords of CREATE ROLE and ALTER ROLE into the "
        "log; `auditing` is there for who did what.",
    ),
    Exempt(
        check="CKV_AWS_325",
        addresses="aws_rds_cluster.*",
        stacks="*/staging",
        reason="An audit of staging serves nobody; production exports it.",
    ),
    Exempt(
        check="CKV_AWS_338",
        addresses="aws_cloudwatch_log_group.*",
        stacks="*/staging",
        reason="Logs of staging are for finding what fails, for 30 days; production keeps them for a year.",
    ),
    Exempt(
        check="CKV2_AWS_5",
        addresses="aws_security_group.*",
        provided=_of_a_proxy,
        reason="It is attached to RDS Proxy, which checkov does not look at.",
    ),
    # State buckets.
    Exempt(
        check="CKV_AWS_18",
        addresses="aws_s3_bucket.state",
        stacks="*/bootstrap/*",
        reason="Access logs need another bucket. Who read a state is for the account's CloudTrail.",
    ),
    Exempt(
        check="CKV_AWS_144",
        addresses="aws_s3_bucket.state",
        stacks="*/bootstrap/*",
        reason="A state serves its Region: if that is gone, so are the databases it tells of. Versions are kept.",
    ),
    Exempt(
        check="CKV2_AWS_62",
        addresses="aws_s3_bucket.state",
        stacks="*/bootstrap/*",
        reason="Nothing waits for a state to change.",
    ),
    Exempt(
        check="CKV_AWS_119",
        addresses="aws_dynamodb_table.lock",
        stacks="*/bootstrap/*",
        reason="DynamoDB encrypts it with a key of its own. It holds who locks a state, and no state.",
    ),
    # Golden cases that show what can be switched off, or be somebody else's.
    *(
        Exempt(
            check=check,
            addresses="aws_rds_cluster*.sessions*",
            stacks="insights/prod",
            reason="The case shows a cluster that nobody watches: its manifest switches everything off.",
        )
        for check in ("CKV_AWS_118", "CKV_AWS_324", "CKV_AWS_353", "CKV2_AWS_27")
    ),
    Exempt(
        check="CKV2_AWS_27",
        addresses="aws_rds_cluster.defaults",
        stacks="parameters/prod",
        reason="The case shows a cluster without parameters: its manifest switches slowQueries off.",
    ),
    Exempt(
        check="CKV2_AWS_27",
        addresses="aws_rds_cluster.existing",
        stacks="upgrades/prod",
        reason="The case shows a parameter group that exists: what is in it stands elsewhere.",
    ),
)
