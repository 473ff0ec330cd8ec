"""Facts about the Aurora engines, as tables.

Sources: Amazon Aurora User Guide (version numbering, log exports, parameter group families) and the RDS
API reference (CreateDBCluster).
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
        version: the shape of a full engine version.
        version_example: a full version, for messages.
        family_parts: how many dotted parts of the version name the parameter group family.
        reserved_users: master user names that RDS refuses.
        database_name: the shape of the name of the first database.
        force_tls: the parameter, and its value, that refuses connections without TLS.
        log_parameters: by log type, the parameters without which the log stays empty. All are dynamic.
    """

    name: EngineName
    title: str
    port: int
    log_types: tuple[str, ...]
    version: re.Pattern[str]
    version_example: str
    family_parts: int
    reserved_users: frozenset[str]
    database_name: re.Pattern[str]
    force_tls: tuple[str, str]
    log_parameters: dict[str, tuple[tuple[str, str], ...]]

    def accepts_version(self, version: str) -> bool:
        return self.version.fullmatch(version) is not None

    def family(self, version: str) -> str:
        """The parameter group family: aurora-mysql8.0 for 8.0.mysql_aurora.3.05.2, aurora-postgresql14 for 14.7."""
        return self.name + ".".join(version.split(".")[: self.family_parts])


_MYSQL_VERSION: Final = (
    r"5\.7\.mysql_aurora\.2\.\d{2}\.\d+(\.\d+)?|8\.0\.mysql_aurora\.3\.\d{2}\.\d+(\.\d+)?|8\.4\.mysql_aurora\.8\.4\.\d+"
)

ENGINES: Final[dict[str, Engine]] = {
    engine.name: engine
    for engine in (
        Engine(
            name="aurora-mysql",
            title="Aurora MySQL",
            port=3306,
            log_types=("audit", "error", "general", "iam-db-auth-error", "instance", "slowquery"),
            version=re.compile(_MYSQL_VERSION),
            version_example="8.0.mysql_aurora.3.08.0",
            family_parts=2,
            reserved_users=frozenset({"rdsadmin"}),
            database_name=re.compile(r"[A-Za-z][A-Za-z0-9_]{0,63}"),
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
            version=re.compile(r"\d+\.\d+(-limitless)?"),
            version_example="16.8",
            family_parts=1,
            reserved_users=frozenset({"admin", "rdsadmin"}),
            database_name=re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,62}"),
            force_tls=("rds.force_ssl", "1"),
            log_parameters={},
        ),
    )
}
