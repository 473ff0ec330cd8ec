"""A dashboard of a cluster in CloudWatch."""

from auroraform.constructs.bindings import CloudwatchDashboard, Construct, TerraformElement
from auroraform.constructs.dashboard_body import Json, body
from auroraform.constructs.naming import address
from auroraform.schemas.resolved.dashboard import Dashboard


class ClusterDashboard(Construct):
    """`aws_cloudwatch_dashboard.<label>`, with its body in `local.<label>_dashboard`.

    The provider takes the body as text. As a local value it stands in the stack as it is, line by line, so that a
    change of it can be reviewed.
    """

    def __init__(self, scope: Construct, id_: str, *, label: str, dashboard: Dashboard) -> None:
        super().__init__(scope, id_)
        local = f"{label}_dashboard"
        _Local(self, "Body", name=local, value=body(dashboard))
        made = CloudwatchDashboard(
            self, "Default", dashboard_name=dashboard.name, dashboard_body=f"${{jsonencode(local.{local})}}"
        )
        address(made, label)


class _Local(TerraformElement):
    """A local value of the stack."""

    def __init__(self, scope: Construct, id_: str, *, name: str, value: Json) -> None:
        super().__init__(scope, id_)
        self._locals = {name: value}

    def to_terraform(self) -> dict[str, object]:
        """The value, as CDKTF merges it into the stack."""
        return {"locals": self._locals}
