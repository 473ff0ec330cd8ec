"""Facts about the Aurora engines, as tables.

Sources: Amazon Aurora User Guide (version numbering, log exports, parameter group families, features) and the RDS
API reference (CreateDBCluster); for reserved names, what people met on AWS: aws-cloudformation/cfn-lint issue 4425,
aws/aws-cdk issues 5076 and 10597, awslabs/aws-saas-boost issue 180.
"""

import re
from dataclasses import dataclass
from typing import Final, Literal

EngineName = Literal["aurora-mysql", "aurora-postgresql"]


@dataclass(frozen=True, slots=True)
class Engine:
    """What is particular to one engine.

    Attributes:
        title: the engine's name in AWS's documentation.
        port: the port that RDS takes when none is given.
        log_types: log types that can be exported to CloudWatch Logs.
        other_log_types: log types of other engines of RDS that are often asked for, with the engine that has them.
        version: the shape of a full engine version.
        version_example: a full version, for messages.
        family_parts: how many dotted parts of the version name the parameter group family.
        reserved_users: master user names that RDS refuses.
        reserved_user_prefix: how such names begin beside these; empty where there is no such rule.
        longest_user: how many characters the name of the master user may have.
        reserved_databases: names of the first database that RDS refuses.
        database_name: the shape of the name of the first database.
        longest_database: how many characters it may have.
        lacking: by the beginning of a parameter's name, features that only the other engine has.
        force_tls: the parameter, and its value, that refuses connections without TLS.
        log_parameters: by log type, the parameters without which the log stays empty. All are dynamic.
    """

    name: EngineName
    title: str
    port: int
    log_types: tuple[str, ...]
    other_log_types: dict[str, str]
    version: re.Pattern[str]
    version_example: str
    family_parts: int
    reserved_users: frozenset[str]
    reserved_user_prefix: str
    longest_user: int
    reserved_databases: frozenset[str]
    database_name: re.Pattern[str]
    longest_database: int
    lacking: dict[str, str]
    force_tls: tuple[str, str]
    log_parameters: dict[str, tuple[tuple[str, str], ...]]

    def accepts_version(self, version: str) -> bool:
        return self.version.fullmatch(version) is not None

    def family(self, version: str) -> str:
        """The parameter group family: aurora-mysql8.0 for 8.0.mysql_aurora.3.05.2, aurora-postgresql14 for 14.7."""
        return self.name + ".".join(version.split(".")[: self.family_parts])

    def major(self, version: str) -> tuple[int, ...]:
        """The major version of a version, in order: (8, 0) of 8.0.mysql_aurora.3.05.2, (14,) of 14.7 and of 14."""
        return tuple(int(part) for part in version.split(".")[: self.family_parts])


# Each number of a version has three digits at most, so that every version can be put into order.
_MYSQL_VERSION: Final = (
    r"5\.7\.mysql_aurora\.2\.[0-9]{2}\.[0-9]{1,3}(\.[0-9]{1,3})?"
    r"|8\.0\.mysql_aurora\.3\.[0-9]{2}\.[0-9]{1,3}(\.[0-9]{1,3})?"
    r"|8\.4\.mysql_aurora\.8\.4\.[0-9]{1,3}"
)

ENGINES: Final[dict[str, Engine]] = {
    engine.name: engine
    for engine in (
        Engine(
            name="aurora-mysql",
            title="Aurora MySQL",
            port=3306,
            log_types=("audit", "error", "general", "iam-db-auth-error", "instance", "slowquery"),
            other_log_types={},
            version=re.compile(_MYSQL_VERSION),
            version_example="8.0.mysql_aurora.3.08.0",
            family_parts=2,
            reserved_users=frozenset({"rdsadmin"}),
            reserved_user_prefix="",
            longest_user=16,
            reserved_databases=frozenset({"rdsadmin"}),
            database_name=re.compile(r"[A-Za-z][A-Za-z0-9_]*"),
            longest_database=64,
            lacking={"babelfishpg_": "Babelfish", "rds.babelfish_status": "Babelfish"},
            force_tls=("require_secure_transport", "ON"),
            log_parameters={
                # Logins and changes of structure and rights. Queries would hold the data itself.
                "audit": (("server_audit_logging", "1"), ("server_audit_events", "CONNECT,QUERY_DCL,QUERY_DDL")),
                "general": (("general_log", "1"), ("log_output", "FILE")),
                "slowquery": (("slow_query_log", "1"), ("log_output", "FILE")),
            },
        ),
        Engine(
            name="aurora-postgresql",
            title="Aurora PostgreSQL",
            port=5432,
            log_types=("iam-db-auth-error", "instance", "postgresql"),
            other_log_types={"upgrade": "RDS for PostgreSQL"},
            version=re.compile(r"[0-9]{1,3}\.[0-9]{1,3}(-limitless)?"),
            version_example="16.8",
            family_parts=1,
            reserved_users=frozenset({"admin", "rdsadmin"}),
            reserved_user_prefix="pg_",
            # The API's text says 16 for both engines; RDS takes longer names here.
            longest_user=63,
            reserved_databases=frozenset({"admin", "rdsadmin"}),
            database_name=re.compile(r"[A-Za-z_][A-Za-z0-9_]*"),
            longest_database=63,
            lacking={"aurora_parallel_query": "parallel query"},
            force_tls=("rds.force_ssl", "1"),
            log_parameters={},
        ),
    )
}
