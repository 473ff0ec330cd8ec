"""Addresses without hashes.

CDKTF hashes the path of a nested construct into its address. An address is public here, since changing it
makes Terraform destroy what stands under it: so each resource is given its own.
"""

from auroraform.constructs.bindings import TerraformElement


def address(element: TerraformElement, label: str, key: str = "") -> None:
    """Give an element the label `<label>` or `<label>_<key>`."""
    element.override_logical_id(f"{label}_{key}" if key else label)


def reference(type_: str, label: str, attribute: str) -> str:
    """An attribute of a resource of the same stack.

    What the resource's own property gives, known without crossing over to Node. That property is for use in another
    stack, where CDKTF makes an output of it.
    """
    return f"${{{type_}.{label}.{attribute}}}"
