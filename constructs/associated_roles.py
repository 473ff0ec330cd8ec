"""Roles that a cluster takes, to use other services of AWS."""

from auroraform.constructs.bindings import (
    Construct,
    IamRole,
    IamRolePolicy,
    ITerraformDependable,
    RdsClusterRoleAssociation,
)
from auroraform.constructs.naming import address, reference
from auroraform.constructs.policy_documents import allow, document, service_assumes
from auroraform.schemas.resolved.roles import AssociatedRole, MadeRole


class ClusterAssociatedRoles(Construct):
    """`aws_rds_cluster_role_association.<label>_<key>`, and `aws_iam_role`, `aws_iam_role_policy` likewise.

    Never beside `iam_roles` of the cluster, which would undo the associations in every other plan.
    """

    def __init__(
        self, scope: Construct, id_: str, *, label: str, roles: tuple[AssociatedRole, ...], tags: dict[str, str]
    ) -> None:
        super().__init__(scope, id_)
        for role in roles:
            arn, policy = role.role, None
            if isinstance(arn, MadeRole):
                policy = self._make(label, role.key, arn, tags)
                arn = reference("aws_iam_role", f"{label}_{role.key}", "arn")
            association = RdsClusterRoleAssociation(
                self,
                role.key,
                db_cluster_identifier=reference("aws_rds_cluster", label, "id"),
                # Empty for Aurora MySQL: provider 5.100 wants the argument, and RDS takes the empty name for none.
                feature_name=role.feature_name,
                role_arn=arn,
                depends_on=[policy] if policy is not None else None,
            )
            address(association, label, role.key)

    def _make(self, label: str, key: str, role: MadeRole, tags: dict[str, str]) -> ITerraformDependable:
        """Make a role with its policy, and return what makes it good for use."""
        made = IamRole(
            self,
            f"{key}Role",
            name=role.name,
            path=role.path,
            permissions_boundary=role.permissions_boundary,
            description=f"Taken by the Aurora cluster {label} ({key})",
            # Amazon Aurora User Guide, "Preventing cross-service confused deputy problems".
            assume_role_policy=service_assumes("rds.amazonaws.com", role.source_account, role.source_arn),
            tags=tags,
        )
        address(made, label, key)
        policy = IamRolePolicy(
            self,
            f"{key}Policy",
            name=key,
            role=reference("aws_iam_role", f"{label}_{key}", "name"),
            policy=document(*(allow(statement.actions, statement.resources) for statement in role.statements)),
        )
        address(policy, label, key)
        return policy
