"""A KMS key of one's own."""

from auroraform.constructs.bindings import Construct, KmsAlias, KmsKey, TerraformResourceLifecycle
from auroraform.constructs.naming import address, reference
from auroraform.schemas.resolved import encryption


class ManagedKmsKey(Construct):
    """`aws_kms_key.<label>` and `aws_kms_alias.<label>`.

    Attributes:
        arn: reference to the key's ARN.
    """

    def __init__(self, scope: Construct, id_: str, *, label: str, key: encryption.KmsKey, tags: dict[str, str]) -> None:
        super().__init__(scope, id_)
        made = KmsKey(
            self,
            "Default",
            description=key.description,
            policy=key.policy,
            enable_key_rotation=key.enable_key_rotation,
            rotation_period_in_days=key.rotation_period_in_days,
            # False too: the provider takes silence for what the key is now.
            multi_region=key.multi_region,
            deletion_window_in_days=key.deletion_window_in_days,
            tags=tags or None,
            lifecycle=TerraformResourceLifecycle(prevent_destroy=True) if key.prevent_destroy else None,
        )
        address(made, label)
        alias = KmsAlias(self, "Alias", name=key.alias, target_key_id=reference("aws_kms_key", label, "key_id"))
        address(alias, label)
        self.arn: str = reference("aws_kms_key", label, "arn")
