"""Judge synthesized stacks by the provider's schema, without starting Terraform.

`schema` reads what `terraform providers schema -json` prints, `checking` holds a stack against it, with `types`,
`references` and `conflicts`; none of these knows tests. `loading` asks Terraform, once for each version.
"""
