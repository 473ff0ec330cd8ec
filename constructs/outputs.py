"""The outputs of a cluster."""

from auroraform.constructs.bindings import Construct, TerraformElement
from auroraform.schemas.outputs import GROUP_OUTPUT, OUTPUTS, SECRET_OUTPUT, expression


class ClusterOutputs(TerraformElement):
    """`output.<label>_<name>` for each value: one set per cluster, told apart by the cluster's label.

    One element for all of them: CDKTF asks it twice what it becomes, where an element or an override for each would
    cross over to Node a dozen times and more.
    """

    def __init__(self, scope: Construct, id_: str, *, label: str, has_group: bool, has_secret: bool) -> None:
        super().__init__(scope, id_)
        sources = OUTPUTS | (SECRET_OUTPUT if has_secret else {})
        if not has_group:
            del sources[GROUP_OUTPUT]
        self._outputs = {
            f"{label}_{name}": {"value": f"${{{expression(label, source)}}}"} for name, source in sources.items()
        }

    def to_terraform(self) -> dict[str, object]:
        """The outputs, as CDKTF merges them into the stack."""
        return {"output": self._outputs}
