"""RDS Proxy: who may be behind it, what it logs in with, and how many connections it may take of each instance.

Sources: Amazon Aurora User Guide, "Quotas and limitations for RDS Proxy", "RDS Proxy connection considerations",
"Creating a proxy", "Overview of proxy endpoints", "Scaling to zero ACUs with automatic pause and resume"; RDS API
reference, ConnectionPoolConfiguration.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from auroraform.schemas.alarms.facts import Facts
from auroraform.schemas.coherence.finding import Finding, Situation
from auroraform.schemas.coherence.network import FEWEST_SUBNETS
from auroraform.schemas.engines import ENGINES
from auroraform.schemas.members import Member, members
from auroraform.schemas.problems import Code, Severity
from auroraform.schemas.references import literal
from auroraform.schemas.resolved.cluster import ResolvedCluster
from auroraform.schemas.resolved.proxy import Proxy as Resolved
from auroraform.schemas.spec.cluster import AwsRdsClusterSpec
from auroraform.schemas.spec.network import ingress_rules
from auroraform.schemas.spec.proxy import Proxy

_FIELD: Final = "proxy"
_PERCENT: Final = (_FIELD, "pool", "maxConnectionsPercent")
_WHOLE: Final = 100
_MOST_SECRETS: Final = 200

LEAST_PERCENT: Final = 20
"""The proxy keeps some connections of the pool for itself; below this AWS advises against it."""
FEWEST_LEFT: Final = 8
"""Connections of an instance that nobody who looks for a fault should find taken: Aurora PostgreSQL reserves five for
superusers and RDS, and Aurora MySQL uses some of its own; the others are for people, a migration and monitoring."""


@dataclass(frozen=True, slots=True)
class Share:
    """What a pool may open of the connections of an instance."""

    member: Member
    taken: int
    total: int

    @property
    def left(self) -> int:
        """What it leaves to others."""
        return self.total - self.taken

    def __str__(self) -> str:
        return (
            f"{self.taken} of the {self.total} connections to instance {self.member.key} ({self.member.instance_class})"
        )


def secrets(spec: AwsRdsClusterSpec, _: Situation) -> Iterator[Finding]:
    proxy = spec.proxy
    if proxy is None:
        return
    if proxy.logs_in_as_master():
        yield from _master(spec, proxy)
    elif proxy.secrets is None:
        yield Finding(
            Code.MISSING_FIELD,
            (_FIELD, "secrets"),
            "names no user that the proxy could log in as, and masterUser is false",
            "add secrets: [{secretArn: …}], or delete masterUser",
        )
    arns = [literal(secret.secret_arn) for secret in proxy.secrets or ()]
    for index, arn in enumerate(arns):
        if arn is not None and arn in arns[:index]:
            yield Finding(
                Code.CONFLICT,
                (_FIELD, "secrets", index, "secretArn"),
                "this secret is named twice; a proxy takes each once",
                "keep one of the two",
            )
    if len(arns) > _MOST_SECRETS:
        yield Finding(
            Code.NOT_SUPPORTED,
            (_FIELD, "secrets"),
            f"a proxy takes {_MOST_SECRETS} secrets, and these are {len(arns)}",
            "delete some",
        )


def _master(spec: AwsRdsClusterSpec, proxy: Proxy) -> Iterator[Finding]:
    for reason in (
        "the password comes from passwordFrom" if spec.password_from is not None else None,
        "a replica has the users of its source" if spec.replication_source_identifier is not None else None,
    ):
        if reason is not None:
            yield Finding(
                Code.CONFLICT if proxy.master_user else Code.MISSING_FIELD,
                (_FIELD, "masterUser") if proxy.master_user else (_FIELD, "secrets"),
                f"RDS keeps no secret of the master user for the proxy to log in with, as {reason}",
                "name secrets that hold username and password as JSON: proxy: {secrets: [{secretArn: …}]}"
                + (", and delete masterUser" if proxy.master_user else ""),
            )
            return


def password_types(spec: AwsRdsClusterSpec, _: Situation) -> Iterator[Finding]:
    proxy, engine = spec.proxy, ENGINES[spec.engine]
    if proxy is None:
        return
    field = "clientPasswordAuthType"
    beginning = "MYSQL_" if spec.engine == "aurora-mysql" else "POSTGRES_"
    written = {(_FIELD, field): proxy.client_password_auth_type} | {
        (_FIELD, "secrets", index, field): secret.client_password_auth_type
        for index, secret in enumerate(proxy.secrets or ())
    }
    for path, type_ in written.items():
        if type_ is None:
            continue
        if not type_.startswith(beginning):
            yield Finding(
                Code.NOT_SUPPORTED,
                path,
                f"{type_} is not for {engine.title}",
                f"write one that begins with {beginning}, or delete it",
            )
        elif type_ == "MYSQL_CACHING_SHA2_PASSWORD" and proxy.require_tls is False:
            yield Finding(
                Code.CONFLICT,
                path,
                f"the proxy takes {type_} from clients with TLS only, and requireTls is false",
                "delete requireTls, or write MYSQL_NATIVE_PASSWORD",
            )


def encryption(spec: AwsRdsClusterSpec, situation: Situation) -> Iterator[Finding]:
    proxy = spec.proxy
    if proxy is None or proxy.require_tls is not False:
        return
    if situation.environment_class == "production":
        yield Finding(
            Code.NOT_IN_PRODUCTION,
            (_FIELD, "requireTls"),
            f"passwords and data would cross the network in the clear, and {situation.environment} is of class "
            "production",
            "delete it: every current driver encrypts when asked",
        )
    elif spec.tls is not None and spec.tls.required:
        yield Finding(
            Code.CONFLICT,
            (_FIELD, "requireTls"),
            "the proxy encrypts for clients that do, and the cluster refuses all others, as tls.required is true",
            "delete it, or write tls: {required: false} too",
        )


def pool(spec: AwsRdsClusterSpec, _: Situation) -> Iterator[Finding]:
    written = spec.proxy.pool if spec.proxy else None
    if written is not None and written.session_pinning_filters and spec.engine == "aurora-postgresql":
        yield Finding(
            Code.NOT_SUPPORTED,
            (_FIELD, "pool", "sessionPinningFilters"),
            "RDS Proxy has no session pinning filters for Aurora PostgreSQL",
            "delete it",
        )


def idle_connections(_: AwsRdsClusterSpec, cluster: ResolvedCluster, __: Situation) -> Iterator[Finding]:
    made = cluster.proxy
    if made is not None and made.pool.max_idle_connections_percent > made.pool.max_connections_percent:
        yield Finding(
            Code.CONFLICT,
            (_FIELD, "pool", "maxIdleConnectionsPercent"),
            f"{made.pool.max_idle_connections_percent} percent stay open, of a pool of at most "
            f"{made.pool.max_connections_percent} percent",
            f"write {made.pool.max_connections_percent} or less, or delete it for half of that",
        )


def debug_logging(spec: AwsRdsClusterSpec, _: Situation) -> Iterator[Finding]:
    if spec.proxy is not None and spec.proxy.debug_logging:
        yield Finding(
            Code.MAY_HURT,
            (_FIELD, "debugLogging"),
            "statements go into the log with the data in them; RDS ends that after 24 hours, and plans after that "
            "begin it anew",
            "delete it once the fault is found",
            Severity.WARNING,
        )


def network(spec: AwsRdsClusterSpec, _: Situation) -> Iterator[Finding]:
    proxy = spec.proxy
    if proxy is None:
        return
    if spec.db_subnet_group_name is not None and proxy.subnet_ids is None:
        yield Finding(
            Code.MISSING_FIELD,
            (_FIELD, "subnetIds"),
            "is missing: the subnets of an existing DB subnet group are not known here, and may change any day",
            "list two or more subnets of the group in different Availability Zones",
        )
    is_managed = spec.security_group is None or spec.security_group.managed is not False
    if is_managed and _FIELD in ingress_rules(spec.security_group):
        yield Finding(
            Code.CONFLICT,
            ("securityGroup", "rules", _FIELD),
            "is called like the rule that lets the proxy in, and would have its Terraform address",
            "take another name",
        )
    if not is_managed:
        yield from _existing_groups_only(proxy)


def _existing_groups_only(proxy: Proxy) -> Iterator[Finding]:
    if not proxy.associate_security_group_ids:
        yield Finding(
            Code.MISSING_FIELD,
            (_FIELD, "associateSecurityGroupIds"),
            "is missing: securityGroup.managed is false, so that no group is made for the proxy either",
            "name existing groups that clients may connect to, and that may connect to those of the cluster",
        )
    for field, value in (
        ("securityGroupIds", proxy.security_group_ids),
        ("allowedCidrBlocks", proxy.allowed_cidr_blocks),
    ):
        if value:
            yield Finding(
                Code.CONFLICT,
                (_FIELD, field),
                "there is no security group for these rules, as securityGroup.managed is false",
                "put them into the existing groups (null undoes what an earlier layer says)",
            )


def subnets(_: AwsRdsClusterSpec, cluster: ResolvedCluster, __: Situation) -> Iterator[Finding]:
    made = cluster.proxy
    if made is not None and isinstance(made.subnet_ids, tuple) and len(made.subnet_ids) < FEWEST_SUBNETS:
        yield Finding(
            Code.TOO_FEW_SUBNETS,
            (_FIELD, "subnetIds"),
            f"lists {len(made.subnet_ids)} of the at least two subnets that a proxy needs",
            "list two or more in different Availability Zones of the cluster's VPC",
        )


def reader(_: AwsRdsClusterSpec, cluster: ResolvedCluster, situation: Situation) -> Iterator[Finding]:
    made, autoscaling = cluster.proxy, cluster.reader_autoscaling
    if made is None or made.reader_endpoint_name is None or len(cluster.instances) > 1:
        return
    if autoscaling is None or not autoscaling.max_capacity:
        yield Finding(
            Code.CONFLICT,
            (_FIELD, "readOnlyEndpoint"),
            f"in {situation.environment} the cluster has one instance and so no reader: the endpoint leads nowhere",
            "declare a second instance, or delete it",
        )
    elif not autoscaling.min_capacity:
        yield Finding(
            Code.MAY_HURT,
            (_FIELD, "readOnlyEndpoint"),
            f"in {situation.environment} the endpoint leads nowhere while autoscaling has added no reader",
            "raise readerAutoscaling.minCapacity to 1, or declare a second instance",
            Severity.WARNING,
        )


def pausing(spec: AwsRdsClusterSpec, _: Situation) -> Iterator[Finding]:
    scaling = spec.serverless_v2_scaling
    if spec.proxy is None or scaling is None or scaling.min_capacity:
        return
    if any(member.is_serverless for member in members(spec)):
        yield Finding(
            Code.NO_EFFECT,
            ("serverlessV2Scaling", "minCapacity"),
            "no instance ever pauses: the proxy keeps a connection open to each of them",
            "write 0.5 or more, or delete proxy",
            Severity.WARNING,
        )


def budget(spec: AwsRdsClusterSpec, cluster: ResolvedCluster, _: Situation) -> Iterator[Finding]:
    """What the pool may take of each instance, and what it leaves."""
    made = cluster.proxy
    if made is None:
        return
    percent = made.pool.max_connections_percent
    path = _PERCENT if spec.proxy and spec.proxy.pool and spec.proxy.pool.max_connections_percent else (_FIELD,)
    least = min(shares(spec, made), key=lambda share: (share.left, share.taken), default=None)
    if percent < LEAST_PERCENT:
        yield Finding(
            Code.MAY_HURT,
            path,
            f"the pool may open {least or f'{percent} percent of the connections to an instance'}; the proxy keeps "
            "some of them for itself, and clients wait for the others",
            f"write {LEAST_PERCENT} or more",
            Severity.WARNING,
        )
    elif least is not None and least.left < FEWEST_LEFT:
        fitting = (least.total - FEWEST_LEFT) * _WHOLE // least.total
        yield Finding(
            Code.MAY_HURT,
            path,
            f"the pool may open {least}, which leaves {least.left} to RDS itself, to people, migrations and monitoring",
            f"write {fitting} or less" if fitting >= LEAST_PERCENT else "take a larger instance class",
            Severity.WARNING,
        )


def shares(spec: AwsRdsClusterSpec, made: Resolved) -> Iterator[Share]:
    """What the pool may open to each instance, where the connections of the instance are known."""
    facts = Facts.of(spec)
    # What autoscaling adds is like the writer.
    for member in members(spec):
        total = facts.max_connections(member)
        if total is not None:
            yield Share(member, total * made.pool.max_connections_percent // _WHOLE, total)
