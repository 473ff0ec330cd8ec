"""RDS Proxy: a pool of connections in front of the cluster, which many clients share."""

from typing import Annotated, Final, Literal

from auroraform.schemas.cidr import CidrBlock
from auroraform.schemas.expressed import Expressed
from auroraform.schemas.models import Model
from auroraform.schemas.references import EACH_VALUE_ONCE, TextOrReference
from auroraform.schemas.scalars import Flag, Integer, Text
from auroraform.schemas.values import EACH_ONCE, Identifier, bad_value, between, matching

# RDS API reference, UserAuthConfig. `ENABLED` and `SQL_SERVER_AUTHENTICATION` are for SQL Server.
IamAuth = Literal["REQUIRED", "DISABLED"]
ClientPasswordAuthType = Literal[
    "MYSQL_CACHING_SHA2_PASSWORD", "MYSQL_NATIVE_PASSWORD", "POSTGRES_SCRAM_SHA_256", "POSTGRES_MD5"
]

LONGEST_IDLE: Final = 28_800
"""Amazon Aurora User Guide, "Creating a proxy": the idle client connection timeout is at most eight hours."""


def _some(items: tuple["ProxySecret", ...]) -> tuple["ProxySecret", ...]:
    if not items:
        raise bad_value("names no secret", "name one or more, or delete it")
    return items


class ProxySecret(Model):
    """One database user that the proxy logs in as, for clients who are that user."""

    secret_arn: TextOrReference
    """ARN of a secret of AWS Secrets Manager, in the cluster's Region, with the user's `username` and `password` as
    JSON. Whoever keeps it sets the password; where it is renewed, the name must stay (not by alternating users)."""
    kms_key_id: TextOrReference | None = None
    """ARN of the KMS key of the secret, where it is your own. If absent: the account's key `aws/secretsmanager`."""
    iam_auth: IamAuth | None = None
    """How clients log in as this user. If absent: `iamAuth` of the proxy."""
    client_password_auth_type: ClientPasswordAuthType | None = None
    """How clients show the password of this user. If absent: `clientPasswordAuthType` of the proxy."""


class ConnectionPool(Model):
    """The connections that the proxy opens to each instance, and hands to clients."""

    max_connections_percent: Annotated[Integer, between(1, 100, " percent")] | None = None
    """Most connections that it opens to an instance, in percent of the instance's `max_connections`, 1 to 100.
    If absent: 90, so that people, migrations and monitoring get in beside a pool that is full."""
    max_idle_connections_percent: Annotated[Integer, between(0, 100, " percent")] | None = None
    """Most of them that it keeps open while nobody uses them, in percent of `max_connections` too, up to
    `maxConnectionsPercent`. If absent: half of `maxConnectionsPercent`."""
    connection_borrow_timeout: Annotated[Integer, between(0, 300, " seconds")] | None = None
    """How long a client waits for a connection of a pool that is in use, until it gets an error, 0 to 300 seconds.
    If absent: 120."""
    init_query: (
        Annotated[Text, matching(r"[\s\S]*\S[\s\S]*", "is empty", "write statements of SQL, or delete it")] | None
    ) = None
    """Statements that it runs on each connection that it opens, such as `SET x=1, y=2`. It is no place for secrets.
    If absent: none."""
    session_pinning_filters: Annotated[tuple[Literal["EXCLUDE_VARIABLE_SETS"], ...], EACH_ONCE] | None = None
    """`EXCLUDE_VARIABLE_SETS` (Aurora MySQL): a client that sets variables keeps sharing its connection. Only where
    all clients set the same ones to the same values: others see them. If absent: such a client has a connection of its
    own from then on."""


class Proxy(Model):
    """RDS Proxy in front of the cluster: `aws_db_proxy`, with its role, its security group and its log group.

    It listens on 3306 (Aurora MySQL) or 5432 (Aurora PostgreSQL), whatever the port of the cluster is, in the VPC only.
    """

    name: Identifier | None = None
    """Name of the proxy, which begins its host name. Changing it later renames the proxy in place, and makes its
    read-only endpoint anew: clients must be told the new host names. If absent: the cluster's identifier."""
    master_user: Flag | None = None
    """The proxy logs in as the master user too, with the secret that RDS keeps. If absent: true where `secrets` names
    no user."""
    secrets: Annotated[tuple[ProxySecret, ...], Expressed(_some, {"minItems": 1})] | None = None
    """Users that the proxy logs in as, one secret each; a client is one of them. If absent: the master user alone."""
    iam_auth: IamAuth | None = None
    """How clients log in: `REQUIRED` (with a token of IAM, and the right to `rds-db:connect` to the proxy) or
    `DISABLED` (with the password). The proxy itself uses the password either way. If absent: REQUIRED where
    `iamDatabaseAuthenticationEnabled` is true, as it is by default, else DISABLED."""
    client_password_auth_type: ClientPasswordAuthType | None = None
    """How clients show a password where `iamAuth` is DISABLED. Provider 5.100 does not see a change of it alone.
    If absent: MYSQL_CACHING_SHA2_PASSWORD (Aurora MySQL; MYSQL_NATIVE_PASSWORD for version 2) or
    POSTGRES_SCRAM_SHA_256 (Aurora PostgreSQL)."""
    require_tls: Flag | None = None
    """Refuse clients that do not encrypt; false is possible outside production only. If absent: true."""
    idle_client_timeout: Annotated[Integer, between(1, LONGEST_IDLE, " seconds")] | None = None
    """How long a client may do nothing until the proxy ends its connection, 1 to 28800 seconds. If absent: 1800."""
    debug_logging: Flag | None = None
    """Log statements of SQL too, with the data in them, while a fault is looked for. RDS ends it by itself after 24
    hours, and a later plan would begin it anew: take it out again. If absent: false."""
    pool: ConnectionPool | None = None
    """The connections to the instances. If absent: as its fields say."""
    read_only_endpoint: Flag | None = None
    """An endpoint that leads to the readers: `aws_db_proxy_endpoint.<name>_reader`. AWS bills it beside the proxy.
    If absent: false."""
    subnet_ids: Annotated[tuple[TextOrReference, ...], EACH_VALUE_ONCE] | None = None
    """Subnets of the proxy, two or more in different Availability Zones of the cluster's VPC. Changing them later
    replaces the proxy. If absent: those of the cluster at the time when the proxy is made; must be given with
    `dbSubnetGroupName`."""
    security_group_ids: Annotated[tuple[TextOrReference, ...], EACH_VALUE_ONCE] | None = None
    """Security groups that may connect to the proxy. If absent: whoever may connect to the cluster, unless
    `allowedCidrBlocks` is given here."""
    allowed_cidr_blocks: Annotated[tuple[CidrBlock, ...], EACH_ONCE] | None = None
    """IPv4 networks that may connect to the proxy. If absent: whoever may connect to the cluster, unless
    `securityGroupIds` is given here."""
    associate_security_group_ids: Annotated[tuple[TextOrReference, ...], EACH_VALUE_ONCE] | None = None
    """Existing security groups to attach to the proxy beside the one that is made; with `securityGroup.managed: false`
    none is made, and these are all it has. If absent: none."""
    role_arn: TextOrReference | None = None
    """ARN of an existing role that may read the secrets, and that `rds.amazonaws.com` may take without conditions.
    If absent: one is made that may read these secrets and nothing else."""

    def logs_in_as_master(self) -> bool:
        """Whether the proxy uses the secret that RDS keeps."""
        return self.secrets is None if self.master_user is None else self.master_user
