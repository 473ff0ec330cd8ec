"""Where the logs of a cluster go."""

from auroraform.constructs.bindings import CloudwatchLogGroup, Construct, ITerraformDependable
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
                self, group.log_type, name=group.name, retention_in_days=group.retention_in_days, tags=tags
            )
            address(resource, label, group.log_type)
            self.resources.append(resource)
