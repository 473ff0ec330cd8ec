"""The outputs of a cluster."""

from auroraform.constructs.bindings import Construct, TerraformOutput
from auroraform.constructs.naming import address
from auroraform.schemas.outputs import OUTPUTS, SECRET_OUTPUT, expression


class ClusterOutputs(Construct):
    """`output.<label>_<name>` for each value: one set per cluster, told apart by the cluster's label.

    Expressions are written out instead of read from the resources: each read would cross over to Node.
    """

    def __init__(self, scope: Construct, id_: str, *, label: str, has_secret: bool) -> None:
        super().__init__(scope, id_)
        for name, source in (OUTPUTS | (SECRET_OUTPUT if has_secret else {})).items():
            address(TerraformOutput(self, name, value=f"${{{expression(label, source)}}}"), label, name)
