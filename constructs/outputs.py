"""The outputs of a cluster."""

from auroraform.constructs.bindings import Construct, TerraformStack
from auroraform.schemas.outputs import OUTPUTS, SECRET_OUTPUT, expression


class ClusterOutputs(Construct):
    """`output.<label>_<name>` for each value: one set per cluster, told apart by the cluster's label.

    They are overrides of the stack: an element for each, and reading what it shows, would cross over to Node four times
    as often.
    """

    def __init__(self, scope: Construct, id_: str, *, label: str, has_secret: bool) -> None:
        super().__init__(scope, id_)
        stack = TerraformStack.of(self)
        for name, source in (OUTPUTS | (SECRET_OUTPUT if has_secret else {})).items():
            stack.add_override(f"output.{label}_{name}", {"value": f"${{{expression(label, source)}}}"})
