"""RDS Proxy in front of the cluster."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from auroraform.schemas.engines import EngineName
from auroraform.schemas.regions import service_host
from auroraform.schemas.resolved.expressions import Expression
from auroraform.schemas.resolved.logs import LogGroup
from auroraform.schemas.resolved.network import SecurityGroup, SecurityGroupRule, VpcId
from auroraform.schemas.resolved.proxy import ConnectionPool, Proxy, ProxyAuth, ProxyRole
from auroraform.schemas.spec.network import LONGEST_DESCRIPTION
from auroraform.schemas.spec.proxy import ClientPasswordAuthType, IamAuth
from auroraform.schemas.spec.proxy import ConnectionPool as WrittenPool
from auroraform.schemas.spec.proxy import Proxy as Written
from auroraform.schemas.values import KMS_KEY_ARN
from auroraform.schemas.versions import release
from auroraform.stacks.network import subnet_list
from auroraform.stacks.parts import network
from auroraform.stacks.parts.context import Context, at_most, given
from auroraform.stacks.parts.credentials import is_managed
from auroraform.stacks.parts.encryption import key_of
from auroraform.stacks.parts.roles import LONGEST_ROLE_NAME

KEY: Final = "proxy"
"""Tells what belongs to the proxy from the cluster's own in Terraform addresses."""
LONGEST_NAME: Final = 63

ENGINE_FAMILIES: Final[dict[EngineName, str]] = {"aurora-mysql": "MYSQL", "aurora-postgresql": "POSTGRESQL"}

MAX_CONNECTIONS_PERCENT: Final = 90
"""AWS's own is 100: nobody could look into a database whose pool is full."""
CONNECTION_BORROW_TIMEOUT: Final = 120
IDLE_CLIENT_TIMEOUT: Final = 1800
"""Both are AWS's own, in seconds: the provider makes one up, and takes what is there for the other."""


def proxy(context: Context) -> Proxy | None:
    """The proxy; None where clients connect to the cluster itself."""
    written = context.spec.proxy
    if written is None:
        return None
    name = proxy_name(context)
    group = network.security_group(context)
    own_subnets = context.values.all(KEY, "subnetIds")
    return Proxy(
        name=name,
        engine_family=ENGINE_FAMILIES[context.spec.engine],
        require_tls=written.require_tls is not False,
        idle_client_timeout=written.idle_client_timeout or IDLE_CLIENT_TIMEOUT,
        debug_logging=written.debug_logging is True,
        auth=tuple(_auth(context, written)),
        role=context.values.one(KEY, "roleArn") or _role(context, written),
        port=context.engine.port,
        subnet_ids=subnet_list(own_subnets or network.subnets(context)),
        ignores_subnets=not own_subnets or any(subnet.is_list for subnet in own_subnets),
        security_group=_security_group(context, written, group),
        associated_security_group_ids=tuple(
            found.value for found in context.values.all(KEY, "associateSecurityGroupIds")
        ),
        cluster_rule=_cluster_rule(context) if group is not None else None,
        pool=_pool(written.pool or WrittenPool()),
        log_group=_log_group(context, name),
        reader_endpoint_name=at_most(LONGEST_NAME, f"{name}-reader") if written.read_only_endpoint else None,
        prevent_destroy=given(given(context.spec.lifecycle).prevent_destroy),
    )


def proxy_name(context: Context) -> str:
    """The name of the proxy, if there is one."""
    written = context.spec.proxy
    return (written.name if written is not None else None) or context.identifier


def _iam_auth(context: Context, written: Written) -> IamAuth:
    """How clients log in to the proxy."""
    default: IamAuth = "REQUIRED" if context.spec.iam_database_authentication_enabled else "DISABLED"
    return written.iam_auth or default


def _auth(context: Context, written: Written) -> Iterator[ProxyAuth]:
    shared = _iam_auth(context, written)
    if written.logs_in_as_master():
        yield _authenticated(context, written, _of_master(context, "secret_arn"), shared, None)
    for index, secret in enumerate(written.secrets or ()):
        arn = given(context.values.one(KEY, "secrets", index, "secretArn"))
        yield _authenticated(context, written, arn, secret.iam_auth or shared, secret.client_password_auth_type)


def _authenticated(
    context: Context, written: Written, secret_arn: str, iam: IamAuth, own: ClientPasswordAuthType | None
) -> ProxyAuth:
    said = own or written.client_password_auth_type
    default = _client_password_auth_type(context, written) if iam == "DISABLED" else None
    return ProxyAuth(secret_arn=secret_arn, iam_auth=iam, client_password_auth_type=said or default)


def _client_password_auth_type(context: Context, written: Written) -> ClientPasswordAuthType:
    if context.spec.engine == "aurora-postgresql":
        return "POSTGRES_SCRAM_SHA_256"
    # Drivers of the time of version 2 know no other one, and without TLS the newer one is refused (Amazon Aurora User
    # Guide, "Limitations for RDS Proxy", Aurora MySQL).
    is_old = release(context.spec.engine_version)[0] == _MYSQL_2 or written.require_tls is False
    return "MYSQL_NATIVE_PASSWORD" if is_old else "MYSQL_CACHING_SHA2_PASSWORD"


_MYSQL_2: Final = 2


def _of_master(context: Context, attribute: str) -> Expression:
    return Expression(f"aws_rds_cluster.{context.written.name}.master_user_secret[0].{attribute}")


def _role(context: Context, written: Written) -> ProxyRole:
    region, iam = context.where.region, context.where.iam
    return ProxyRole(
        # Roles belong to no Region, but identifiers are unique in one only.
        name=at_most(LONGEST_ROLE_NAME, f"{context.identifier}-{region}-{KEY}"),
        path=iam.path,
        permissions_boundary=iam.permissions_boundary,
        secret_arns=tuple(dict.fromkeys(auth.secret_arn for auth in _auth(context, written))),
        kms_key_ids=tuple(dict.fromkeys(_keys(context, written))),
        secrets_manager=service_host("secretsmanager", region),
    )


def _keys(context: Context, written: Written) -> Iterator[str]:
    """The keys of the secrets; AWS's own lets everybody use it who may read the secret."""
    if written.logs_in_as_master():
        key = key_of(context, "masterUserSecret", "masterUserSecretKmsKeyId") if is_managed(context.spec) else None
        if key is not None:
            is_arn = isinstance(key, Expression) or re.fullmatch(KMS_KEY_ARN, key, re.ASCII)
            # A policy takes no alias; RDS answers with the ARN of the key.
            yield key if is_arn else _of_master(context, "kms_key_id")
    for index, _ in enumerate(written.secrets or ()):
        own = context.values.one(KEY, "secrets", index, "kmsKeyId")
        if own is not None:
            yield own


def _pool(written: WrittenPool) -> ConnectionPool:
    most, idle, timeout = (
        written.max_connections_percent or MAX_CONNECTIONS_PERCENT,
        written.max_idle_connections_percent,
        written.connection_borrow_timeout,
    )
    return ConnectionPool(
        max_connections_percent=most,
        max_idle_connections_percent=most // 2 if idle is None else idle,
        connection_borrow_timeout=CONNECTION_BORROW_TIMEOUT if timeout is None else timeout,
        init_query=written.init_query,
        session_pinning_filters=written.session_pinning_filters or (),
    )


def _log_group(context: Context, name: str) -> LogGroup:
    logs = given(context.spec.logs)
    return LogGroup(
        log_type=KEY,
        name=f"/aws/rds/proxy/{name}",
        retention_in_days=given(logs.retention_in_days),
        kms_key_id=context.values.one("logs", "kmsKeyId"),
        log_group_class=logs.log_group_class,
        skip_destroy=given(logs.skip_destroy),
        is_adopted=False,
    )


def _security_group(context: Context, written: Written, cluster_group: SecurityGroup | None) -> SecurityGroup | None:
    if cluster_group is None:
        return None
    label = context.written.name
    return SecurityGroup(
        name=f"aurora-{context.identifier}-{KEY}",
        description=at_most(LONGEST_DESCRIPTION, f"Connections to the RDS Proxy of the Aurora cluster {label}"),
        vpc=VpcId(Expression(f"aws_security_group.{label}.vpc_id")),
        ingress=tuple(_ingress(context, written, cluster_group)),
        egress=(
            SecurityGroupRule(
                key="cluster",
                description="to the cluster",
                from_port=context.port,
                to_port=context.port,
                referenced_security_group_id=Expression(f"aws_security_group.{label}.id"),
            ),
        ),
    )


def _cluster_rule(context: Context) -> SecurityGroupRule:
    return SecurityGroupRule(
        key=KEY,
        description="from the RDS Proxy",
        from_port=context.port,
        to_port=context.port,
        referenced_security_group_id=Expression(f"aws_security_group.{context.written.name}_{KEY}.id"),
    )


def _ingress(context: Context, written: Written, cluster_group: SecurityGroup) -> Iterator[SecurityGroupRule]:
    """Whoever may connect to the proxy, at the proxy's port."""
    port = context.engine.port
    if written.security_group_ids or written.allowed_cidr_blocks:
        groups = context.values.all(KEY, "securityGroupIds")
        yield from network.source_rules(groups, written.allowed_cidr_blocks or (), port)
        return
    seen: set[tuple[str | None, ...]] = set()
    for rule in cluster_group.ingress:
        # A proxy has addresses of IPv4 only.
        if rule.cidr_ipv6 is not None or not rule.from_port <= context.port <= rule.to_port:
            continue
        group = (
            Expression(f"aws_security_group.{context.written.name}.id")
            if rule.is_self
            else rule.referenced_security_group_id
        )
        source = (rule.cidr_ipv4, rule.prefix_list_id, group)
        if source not in seen:
            seen.add(source)
            yield replace(rule, from_port=port, to_port=port, referenced_security_group_id=group, is_self=False)
