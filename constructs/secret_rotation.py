"""When RDS renews the master password that it manages."""

from auroraform.constructs.bindings import (
    Construct,
    SecretsmanagerSecretRotation,
    SecretsmanagerSecretRotationRotationRules,
)
from auroraform.constructs.naming import address, reference
from auroraform.schemas.resolved.credentials import SecretRotation


class ClusterSecretRotation(Construct):
    """`aws_secretsmanager_secret_rotation.<label>`, of the secret of `aws_rds_cluster.<label>`.

    No function renews the password: RDS does it itself.
    """

    def __init__(self, scope: Construct, id_: str, *, label: str, rotation: SecretRotation) -> None:
        super().__init__(scope, id_)
        resource = SecretsmanagerSecretRotation(
            self,
            "Default",
            secret_id=reference("aws_rds_cluster", label, "master_user_secret[0].secret_arn"),
            rotate_immediately=rotation.rotate_immediately,
            rotation_rules=SecretsmanagerSecretRotationRotationRules(
                automatically_after_days=rotation.automatically_after_days,
                schedule_expression=rotation.schedule_expression,
                duration=rotation.duration,
            ),
        )
        address(resource, label)
