"""RDS Proxy in front of the cluster."""

from collections.abc import Iterator
from typing import Final

from auroraform.schemas.coherence.proxy import shares
from auroraform.schemas.engines import ENGINES
from auroraform.schemas.resolved.network import SecurityGroupRule
from auroraform.schemas.resolved.proxy import Proxy, ProxyRole
from auroraform.schemas.spec.proxy import ConnectionPool
from auroraform.schemas.spec.proxy import Proxy as Written
from auroraform.stacks.explanation.derived.network import ingress, subnet_source
from auroraform.stacks.explanation.derived.roles import of_environment
from auroraform.stacks.explanation.derived.rule import derived, text
from auroraform.stacks.explanation.origins import spec_origins, spec_row
from auroraform.stacks.explanation.rows import Json, Row
from auroraform.stacks.explanation.subject import Subject, Whole

_FIELD: Final = "proxy"


def rows_of(subject: Subject) -> list[Row]:
    """What asks for the proxy."""
    return [spec_row(subject, (_FIELD,))]


def sources(subject: Subject, whole: Whole) -> dict[str, list[Row]]:
    """By the key of each rule for those who connect to the proxy, what asks for it."""
    made, written = whole.cluster.proxy, whole.spec.proxy
    group = made.security_group if made is not None else None
    if group is None or written is None:
        return {}
    if not written.security_group_ids and not written.allowed_cidr_blocks:
        of_cluster = ingress(subject, whole)
        return {rule.key: of_cluster[rule.key] for rule in group.ingress}
    return {rule.key: _elements(rule, subject, whole, written) for rule in group.ingress}


def _elements(rule: SecurityGroupRule, subject: Subject, whole: Whole, written: Written) -> list[Row]:
    if rule.cidr_ipv4 is not None:
        index = (written.allowed_cidr_blocks or ()).index(rule.cidr_ipv4)
        return [spec_row(subject, (_FIELD, "allowedCidrBlocks", index))]
    return [
        origin.row
        for origin in spec_origins(subject, whole)
        if origin.field == f"{_FIELD}.securityGroupIds.*"
        and any(found.value == rule.referenced_security_group_id for found in origin.found)
    ]


def proxy(subject: Subject, whole: Whole) -> Iterator[Row]:
    made, written = whole.cluster.proxy, whole.spec.proxy
    if made is None or written is None:
        return
    place = subject.place(_FIELD)
    if written.name is None:
        yield derived(f"{_FIELD}.name", made.name, "the identifier of the cluster")
    yield derived(f"{_FIELD}.engineFamily", made.engine_family, "engine", subject.place("engine"))
    yield derived(f"{_FIELD}.port", made.port, "where RDS Proxy listens for such an engine", subject.place("engine"))
    yield from _logins(subject, whole, written, made)
    for field, value, said in (
        ("requireTls", made.require_tls, written.require_tls),
        ("idleClientTimeout", made.idle_client_timeout, written.idle_client_timeout),
        ("debugLogging", made.debug_logging, written.debug_logging),
    ):
        if said is None:
            reason = "passwords and data cross networks" if field == "requireTls" else "AWS's own"
            yield derived(f"{_FIELD}.{field}", value, reason, place)
    yield from _pool(subject, whole, written.pool or ConnectionPool(), made)
    yield from _network(subject, whole, written, made)
    if isinstance(made.role, ProxyRole):
        yield derived(f"{_FIELD}.roleName", made.role.name, "made, as proxy.roleArn is not set", place)
        yield from of_environment(subject, _FIELD, made.role)
    yield derived(f"{_FIELD}.logGroup", made.log_group.name, "where RDS Proxy writes its log", place)
    if made.reader_endpoint_name is not None:
        asked = subject.place(_FIELD, "readOnlyEndpoint")
        yield derived(f"{_FIELD}.readerEndpointName", made.reader_endpoint_name, "from the name of the proxy", asked)


def _logins(subject: Subject, whole: Whole, written: Written, made: Proxy) -> Iterator[Row]:
    place = subject.place(_FIELD)
    if written.logs_in_as_master():
        reason = "masterUser" if written.master_user else "secrets names no user"
        arn = text(made.auth[0].secret_arn)
        yield derived(f"{_FIELD}.masterUserSecret", arn, f"{reason}: the secret that RDS keeps", place)
    if written.iam_auth is None:
        field = "iamDatabaseAuthenticationEnabled"
        is_on = whole.cluster.iam_database_authentication_enabled
        value = "REQUIRED" if is_on else "DISABLED"
        yield derived(f"{_FIELD}.iamAuth", value, f"{field} is {str(is_on).lower()}", subject.place(field))
    types = {auth.client_password_auth_type for auth in made.auth if auth.iam_auth == "DISABLED"}
    if written.client_password_auth_type is None and types:
        title = ENGINES[whole.spec.engine].title
        value = next(iter(sorted(filter(None, types))))
        reason = f"the newest one of {title} {whole.spec.engine_version} that clients can use"
        yield derived(f"{_FIELD}.clientPasswordAuthType", value, reason, subject.place("engineVersion"))


def _pool(subject: Subject, whole: Whole, written: ConnectionPool, made: Proxy) -> Iterator[Row]:
    pool, place = made.pool, subject.place(_FIELD)
    path = f"{_FIELD}.pool"
    if written.max_connections_percent is None:
        reason = "some stay free for people, migrations and monitoring"
        yield derived(f"{path}.maxConnectionsPercent", pool.max_connections_percent, reason, place)
    if written.max_idle_connections_percent is None:
        most = subject.place(_FIELD, "pool", "maxConnectionsPercent") or place
        yield derived(f"{path}.maxIdleConnectionsPercent", pool.max_idle_connections_percent, "half of the most", most)
    if written.connection_borrow_timeout is None:
        yield derived(f"{path}.connectionBorrowTimeout", pool.connection_borrow_timeout, "AWS's own", place)
    known: dict[str, Json] = {share.member.key: share.taken for share in shares(whole.spec, made)}
    if known:
        total = ", ".join(f"{share.total} of {share.member.key}" for share in shares(whole.spec, made))
        reason = f"{pool.max_connections_percent} percent of max_connections, which are {total}"
        yield derived(f"{path}.connections", known, reason, place)


def _network(subject: Subject, whole: Whole, written: Written, made: Proxy) -> Iterator[Row]:
    if written.subnet_ids is None:
        source, ids = subnet_source(subject), made.subnet_ids
        value: Json = text(ids) if isinstance(ids, str) else [text(id_) for id_ in ids]
        reason = f"{source.path}, as it is when the proxy is made"
        yield derived(f"{_FIELD}.subnetIds", value, reason, source.place)
    if made.security_group is None:
        return
    yield derived(f"{_FIELD}.securityGroup.name", made.security_group.name, "from clusterIdentifier")
    asked = sources(subject, whole)
    for rule in made.security_group.ingress:
        rows = asked[rule.key]
        value = text(rule.referenced_security_group_id or rule.cidr_ipv4 or rule.prefix_list_id or "")
        reason = " and ".join(row.path for row in rows)
        yield derived(f"{_FIELD}.securityGroup.sources.{rule.key}", value, reason, rows[0].place)
