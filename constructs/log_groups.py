"""Where the logs of a cluster go."""

from auroraform.constructs.bindings import (
    CloudwatchLogGroup,
    Construct,
    ITerraformDependable,
    TerraformResourceLifecycle,
)
from auroraform.constructs.naming import address
from auroraform.schemas.resolved.logs import LogGroup


class ClusterLogGroups(Construct):
    """`aws_cloudwatch_log_group.<label>_<log type>`.

    A cluster must depend on `resources`: RDS makes a missing group itself, and keeps it for ever.

    Attributes:
        resources: the groups.
    """

    def __init__(
        self, scope: Construct, id_: str, *, label: str, groups: tuple[LogGroup, ...], tags: dict[str, str]
    ) -> None:
        super().__init__(scope, id_)
        self.resources: list[ITerraformDependable] = []
        for group in groups:
            resource = CloudwatchLogGroup(
                self,
                group.log_type,
                name=group.name,
                retention_in_days=group.retention_in_days,
                kms_key_id=group.kms_key_id,
                log_group_class=group.log_group_class,
                skip_destroy=group.skip_destroy or None,
                tags=tags,
                # Another class would be another group, and the log that is there would be lost with the old one.
                lifecycle=TerraformResourceLifecycle(ignore_changes=["log_group_class"])
                if group.log_group_class
                else None,
            )
            address(resource, label, group.log_type)
            if group.is_adopted:
                resource.import_from(group.name)
            self.resources.append(resource)
