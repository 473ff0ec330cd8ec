"""How a cluster ends, and what protects it from that."""

from auroraform.schemas.models import Model
from auroraform.schemas.scalars import Flag


class Lifecycle(Model):
    """Terraform's own protection, which holds before AWS is even asked."""

    prevent_destroy: Flag | None = None
    """Refuse every plan that would destroy or replace the cluster or one of its instances. If absent: true in
    production, false elsewhere."""
