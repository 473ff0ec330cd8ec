"""RDS Proxy in front of a cluster, with its role, its security group and its log group."""

from typing import Final

from auroraform.constructs.bindings import (
    Construct,
    DbProxy,
    DbProxyAuth,
    DbProxyDefaultTargetGroup,
    DbProxyDefaultTargetGroupConnectionPoolConfig,
    DbProxyEndpoint,
    DbProxyTarget,
    IamRole,
    IamRolePolicy,
    ITerraformDependable,
    TerraformResourceLifecycle,
    Token,
    VpcSecurityGroupIngressRule,
)
from auroraform.constructs.log_groups import ClusterLogGroups
from auroraform.constructs.naming import address, reference
from auroraform.constructs.policy_documents import document, reads_secrets
from auroraform.constructs.security_group import ClusterSecurityGroup
from auroraform.schemas.resolved.network import SecurityGroupRule
from auroraform.schemas.resolved.proxy import ConnectionPool, Proxy, ProxyAuth, ProxyRole

_KEY: Final = "proxy"
_READER: Final = "reader"


class ClusterProxy(Construct):
    """`aws_db_proxy.<label>`, with `aws_db_proxy_default_target_group` and `aws_db_proxy_target` of the same label.

    Beside them `aws_db_proxy_endpoint.<label>_reader`, and `aws_iam_role`, `aws_iam_role_policy`, `aws_security_group`
    and `aws_cloudwatch_log_group`, all of them `<label>_proxy`. `aws_vpc_security_group_ingress_rule.<label>_proxy`
    lets the proxy into the cluster's own group.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        label: str,
        proxy: Proxy,
        instances: list[ITerraformDependable],
        tags: dict[str, str],
    ) -> None:
        super().__init__(scope, id_)
        self._label, self._proxy, self._tags = label, proxy, tags
        self._groups = [*self._own_group(), *proxy.associated_security_group_ids]
        self._subnets = Token.as_list(proxy.subnet_ids) if isinstance(proxy.subnet_ids, str) else list(proxy.subnet_ids)
        self._make_proxy()
        target = self._make_target(instances)
        if proxy.reader_endpoint_name is not None:
            self._make_reader_endpoint(proxy.reader_endpoint_name, target)

    def _own_group(self) -> list[str]:
        groups: list[str] = []
        if self._proxy.security_group is not None:
            label = f"{self._label}_{_KEY}"
            group = ClusterSecurityGroup(
                self, "SecurityGroup", label=label, group=self._proxy.security_group, tags=self._tags
            )
            groups.append(group.id)
        if self._proxy.cluster_rule is not None:
            self._let_in(self._proxy.cluster_rule)
        return groups

    def _let_in(self, rule: SecurityGroupRule) -> None:
        resource = VpcSecurityGroupIngressRule(
            self,
            "ClusterRule",
            security_group_id=reference("aws_security_group", self._label, "id"),
            description=rule.description,
            referenced_security_group_id=rule.referenced_security_group_id,
            ip_protocol="tcp",
            from_port=rule.from_port,
            to_port=rule.to_port,
            tags=self._tags,
        )
        address(resource, self._label, rule.key)

    def _make_proxy(self) -> None:
        proxy, needed = self._proxy, []
        # RDS makes a missing group itself, and keeps it for ever.
        needed += ClusterLogGroups(
            self, "LogGroups", label=self._label, groups=(proxy.log_group,), tags=self._tags
        ).resources
        role = proxy.role
        if isinstance(role, ProxyRole):
            needed.append(self._make_role(role))
            role = reference("aws_iam_role", f"{self._label}_{_KEY}", "arn")
        made = DbProxy(
            self,
            "Default",
            name=proxy.name,
            engine_family=proxy.engine_family,
            require_tls=proxy.require_tls,
            idle_client_timeout=proxy.idle_client_timeout,
            debug_logging=proxy.debug_logging,
            auth=[_auth(auth) for auth in proxy.auth],
            role_arn=role,
            vpc_subnet_ids=self._subnets,
            vpc_security_group_ids=self._groups,
            tags=self._tags,
            depends_on=needed,
            lifecycle=self._lifecycle(),
        )
        address(made, self._label)

    def _lifecycle(self) -> TerraformResourceLifecycle | None:
        """What keeps clients from being cut off by a replacement."""
        if not self._proxy.prevent_destroy and not self._proxy.ignores_subnets:
            return None
        return TerraformResourceLifecycle(
            prevent_destroy=True if self._proxy.prevent_destroy else None,
            # RDS moves no proxy: a subnet that comes to those of the cluster would replace it.
            ignore_changes=["vpc_subnet_ids"] if self._proxy.ignores_subnets else None,
        )

    def _make_role(self, role: ProxyRole) -> ITerraformDependable:
        """Make the role, and return what makes it good for use."""
        made = IamRole(
            self,
            "Role",
            name=role.name,
            path=role.path,
            permissions_boundary=role.permissions_boundary,
            description=f"Reads the secrets of the RDS Proxy of the Aurora cluster {self._label}",
            assume_role_policy=_trust(),
            tags=self._tags,
        )
        address(made, self._label, _KEY)
        policy = IamRolePolicy(
            self,
            "RolePolicy",
            name=_KEY,
            role=reference("aws_iam_role", f"{self._label}_{_KEY}", "name"),
            policy=document(*reads_secrets(role.secret_arns, role.kms_key_ids, role.secrets_manager)),
        )
        address(policy, self._label, _KEY)
        return policy

    def _make_target(self, instances: list[ITerraformDependable]) -> ITerraformDependable:
        name = reference("aws_db_proxy", self._label, "name")
        group = DbProxyDefaultTargetGroup(
            self, "TargetGroup", db_proxy_name=name, connection_pool_config=_pool(self._proxy.pool)
        )
        address(group, self._label)
        target = DbProxyTarget(
            self,
            "Target",
            db_proxy_name=name,
            target_group_name=reference("aws_db_proxy_default_target_group", self._label, "name"),
            db_cluster_identifier=reference("aws_rds_cluster", self._label, "id"),
            # RDS registers no cluster that has no instance, and none whose instances are being made.
            depends_on=instances,
        )
        address(target, self._label)
        return target

    def _make_reader_endpoint(self, name: str, target: ITerraformDependable) -> None:
        endpoint = DbProxyEndpoint(
            self,
            "Reader",
            db_proxy_name=reference("aws_db_proxy", self._label, "name"),
            db_proxy_endpoint_name=name,
            target_role="READ_ONLY",
            vpc_subnet_ids=self._subnets,
            # RDS would attach the VPC's default group.
            vpc_security_group_ids=self._groups,
            tags=self._tags,
            depends_on=[target],
            lifecycle=self._lifecycle(),
        )
        address(endpoint, self._label, _READER)


def _auth(auth: ProxyAuth) -> DbProxyAuth:
    return DbProxyAuth(
        auth_scheme="SECRETS",
        secret_arn=auth.secret_arn,
        iam_auth=auth.iam_auth,
        client_password_auth_type=auth.client_password_auth_type,
    )


def _pool(pool: ConnectionPool) -> DbProxyDefaultTargetGroupConnectionPoolConfig:
    return DbProxyDefaultTargetGroupConnectionPoolConfig(
        max_connections_percent=pool.max_connections_percent,
        max_idle_connections_percent=pool.max_idle_connections_percent,
        connection_borrow_timeout=pool.connection_borrow_timeout,
        init_query=pool.init_query,
        session_pinning_filters=list(pool.session_pinning_filters) or None,
    )


def _trust() -> str:
    # Amazon Aurora User Guide, "Quotas and limitations for RDS Proxy": it supports no global condition context keys.
    return document(
        {
            "Sid": "ProxyTakes",
            "Effect": "Allow",
            "Principal": {"Service": "rds.amazonaws.com"},
            "Action": "sts:AssumeRole",
        }
    )
