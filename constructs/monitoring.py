"""The role that lets RDS write figures of the operating system into CloudWatch Logs."""

from auroraform.constructs.bindings import Construct, IamRole, IamRolePolicyAttachment
from auroraform.constructs.naming import address, reference
from auroraform.constructs.policy_documents import service_assumes
from auroraform.schemas.resolved.insights import MonitoringRole


class ClusterMonitoringRole(Construct):
    """`aws_iam_role.<label>_monitoring`, with AWS's own policy for Enhanced Monitoring.

    Attributes:
        arn: reference to the role's ARN, good only once the policy is attached.
    """

    def __init__(self, scope: Construct, id_: str, *, label: str, role: MonitoringRole, tags: dict[str, str]) -> None:
        super().__init__(scope, id_)
        made = IamRole(
            self,
            "Default",
            name=role.name,
            path=role.path,
            permissions_boundary=role.permissions_boundary,
            description=f"Enhanced Monitoring of the Aurora cluster {label}",
            # Amazon Aurora User Guide, "Protecting against the confused deputy problem" (Enhanced Monitoring).
            assume_role_policy=service_assumes("monitoring.rds.amazonaws.com", role.source_account, role.source_arn),
            tags=tags,
        )
        address(made, label, "monitoring")
        name, self.arn = (reference("aws_iam_role", f"{label}_monitoring", part) for part in ("name", "arn"))
        self.attachment = IamRolePolicyAttachment(self, "Policy", role=name, policy_arn=role.policy_arn)
        address(self.attachment, label, "monitoring")
