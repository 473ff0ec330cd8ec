"""The KMS key that is made for a cluster."""

from typing import Annotated, Literal

from auroraform.schemas.models import Model
from auroraform.schemas.scalars import Flag, Integer, Text
from auroraform.schemas.values import EACH_ONCE, RoleArn, between, matching

KeyUse = Literal["volume", "performanceInsights", "masterUserSecret"]


class KmsKey(Model):
    """A KMS key for this cluster alone, with an alias and a policy for the services that need it."""

    create: Flag | None = None
    """Make the key. With a cluster that exists, true replaces it: a volume keeps the key that it was made with. False
    on a cluster with such a key asks to delete the key, which `deletionProtection` refuses. If absent: no key is made,
    and no other field may describe one."""
    uses: Annotated[tuple[KeyUse, ...], EACH_ONCE] | None = None
    """What the key encrypts: `volume` (with backups and snapshots), `performanceInsights`, `masterUserSecret`.
    If absent: all three, but for what names a key of its own."""
    description: Annotated[Text, matching(r"[\s\S]{0,8192}", "is too long", "use 8192 characters at most")] | None = (
        None
    )
    """What KMS shows beside the key. If absent: the cluster that it is for."""
    alias: (
        Annotated[
            Text,
            matching(
                r"alias/(?!aws/)[A-Za-z0-9/_-]{1,250}",
                "is not a KMS alias of your own",
                "write it as alias/orders; those that begin with alias/aws/ are AWS's",
            ),
        ]
        | None
    ) = None
    """Alias of the key, unique in an account's Region. If absent: `alias/` with the cluster's identifier."""
    enable_key_rotation: Flag | None = None
    """KMS renews the key material; what is encrypted stays readable, and nothing waits. If absent: true."""
    rotation_period_in_days: Annotated[Integer, between(90, 2560, " days")] | None = None
    """Days between two renewals, 90 to 2560. If absent: 365, as KMS has it."""
    multi_region: Flag | None = None
    """The key can have replicas in other Regions. Changing it later would replace the key, and with it the cluster.
    If absent: false."""
    administrators: Annotated[tuple[RoleArn, ...], EACH_ONCE] | None = None
    """Roles that may administer the key, but not use it. If absent: those that the account's IAM policies allow to."""
    deletion_protection: Flag | None = None
    """The key's policy refuses to delete or disable the key, whoever asks. Without its key a cluster stops, and its
    backups and snapshots cannot be read again. If absent: true, but false in development."""
    deletion_window_in_days: Annotated[Integer, between(7, 30, " days")] | None = None
    """Days in which the deletion of the key can be called off, 7 to 30. If absent: 7 in development, 30 elsewhere."""
