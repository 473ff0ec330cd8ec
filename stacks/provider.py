"""The provider of a stack, and what it asks of Terraform: the same for clusters and for state buckets."""

from typing import Final

from auroraform.constructs.bindings import (
    AwsProvider,
    AwsProviderAssumeRole,
    AwsProviderDefaultTags,
    TerraformStack,
)
from auroraform.constructs.literals import literals
from auroraform.schemas.environment import EnvironmentSpec

PROVIDER_SOURCE: Final = "hashicorp/aws"
PROVIDER_VERSION: Final = ">= 5.100.0, < 7.0.0, != 6.24.0"
"""6.24.0 breaks minor upgrades of global clusters (hashicorp/terraform-provider-aws issue 45398)."""


def use_aws(
    stack: TerraformStack, environment: EnvironmentSpec, default_tags: dict[str, str], required_version: str
) -> None:
    """Give a stack its provider: in the environment's account and no other, with tags for everything."""
    stack.add_override("terraform.required_version", required_version)
    stack.add_override("terraform.required_providers.aws", {"source": PROVIDER_SOURCE, "version": PROVIDER_VERSION})
    role = environment.assume_role
    AwsProvider(
        stack,
        "aws",
        region=environment.region,
        profile=environment.profile,
        allowed_account_ids=[environment.account_id],
        assume_role=[
            AwsProviderAssumeRole(role_arn=role.role_arn, session_name=role.session_name, external_id=role.external_id)
        ]
        if role
        else None,
        default_tags=[AwsProviderDefaultTags(tags=literals(default_tags))],
    )
