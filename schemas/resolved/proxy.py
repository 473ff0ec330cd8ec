"""RDS Proxy in front of a cluster."""

from dataclasses import dataclass

from auroraform.schemas.resolved.expressions import Expression
from auroraform.schemas.resolved.logs import LogGroup
from auroraform.schemas.resolved.network import SecurityGroup, SecurityGroupRule
from auroraform.schemas.spec.proxy import ClientPasswordAuthType, IamAuth


@dataclass(frozen=True, slots=True, kw_only=True)
class ProxyAuth:
    """A user that the proxy logs in as, by a secret.

    Attributes:
        client_password_auth_type: None where clients show no password.
    """

    secret_arn: str
    iam_auth: IamAuth
    client_password_auth_type: ClientPasswordAuthType | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProxyRole:
    """The role that reads the secrets.

    Attributes:
        path: None for AWS's own, `/`.
        permissions_boundary: ARN of the policy that bounds what the role may be allowed; None for no bounds.
        secret_arns: what it reads.
        kms_key_ids: the keys of these secrets, as far as they are not AWS's own.
        secrets_manager: the host of AWS Secrets Manager, for which alone the keys are used.
    """

    name: str
    path: str | None
    permissions_boundary: str | None
    secret_arns: tuple[str, ...]
    kms_key_ids: tuple[str, ...]
    secrets_manager: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnectionPool:
    """The connections to the instances."""

    max_connections_percent: int
    max_idle_connections_percent: int
    connection_borrow_timeout: int
    init_query: str | None
    session_pinning_filters: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Proxy:
    """A proxy: `aws_db_proxy.<label>`, with everything that it needs.

    Attributes:
        auth: the users that it logs in as.
        role: one that exists (its ARN), or one to make.
        port: where it listens, which is not where the cluster does.
        subnet_ids: ids, or an expression that gives a list of them.
        ignores_subnets: the subnets follow from something else and stay what they were when the proxy was made: other
            ones would replace it.
        security_group: its own group, `aws_security_group.<label>_proxy`; None where existing ones are all there is.
        associated_security_group_ids: existing groups to attach.
        cluster_rule: lets the proxy into the cluster's own group.
        reader_endpoint_name: the read-only endpoint, `aws_db_proxy_endpoint.<label>_reader`; None for none.
    """

    name: str
    engine_family: str
    require_tls: bool
    idle_client_timeout: int
    debug_logging: bool
    auth: tuple[ProxyAuth, ...]
    role: str | ProxyRole
    port: int
    subnet_ids: tuple[str, ...] | Expression
    ignores_subnets: bool
    security_group: SecurityGroup | None
    associated_security_group_ids: tuple[str, ...]
    cluster_rule: SecurityGroupRule | None
    pool: ConnectionPool
    log_group: LogGroup
    reader_endpoint_name: str | None
    prevent_destroy: bool
