"""What tests lean on: Terraform or OpenTofu, and a local AWS."""
