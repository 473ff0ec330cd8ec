"""Addresses without hashes.

CDKTF hashes the path of a nested construct into its address. An address is public here, since changing it
makes Terraform destroy what stands under it: so each resource is given its own.
"""

from auroraform.constructs.bindings import TerraformElement


def address(element: TerraformElement, label: str, key: str = "") -> None:
    """Give an element the label `<label>` or `<label>_<key>`."""
    element.override_logical_id(f"{label}_{key}" if key else label)
