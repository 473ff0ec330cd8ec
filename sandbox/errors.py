"""What can go wrong, told to a user."""


class SandboxError(Exception):
    """Why the sandbox does not go on; one or more lines."""


class TerraformFailedError(SandboxError):
    """Terraform ended with an error, or found more than it should."""
