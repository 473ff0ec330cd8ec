"""What Terraform looks up before it plans."""

from auroraform.constructs.bindings import Construct, TerraformDataSource
from auroraform.constructs.naming import address
from auroraform.schemas.resolved.expressions import Lookup


class DataSource(TerraformDataSource):
    """`data.<type>.<label>`, with its arguments as they are."""

    def __init__(self, scope: Construct, *, lookup: Lookup) -> None:
        super().__init__(scope, f"{lookup.type}.{lookup.label}", terraform_resource_type=lookup.type)
        address(self, lookup.label)
        for name, value in lookup.arguments.items():
            self.add_override(name, value)
