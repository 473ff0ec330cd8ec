"""The manifest: Project Planton's `AwsRdsCluster`, with what an Aurora cluster needs beyond it."""

from typing import Final, Literal

from pydantic import Field

from auroraform.schemas.models import Model
from auroraform.schemas.scalars import Text
from auroraform.schemas.spec.cluster import AwsRdsClusterSpec
from auroraform.schemas.values import Identifier, Name

API_VERSION: Final = "aws.project-planton.org/v1"
KIND: Final = "AwsRdsCluster"

ENVIRONMENTS: Final = "auroraform/environments"
WAIVE: Final = "auroraform/waive"
CRITICALITY: Final = "auroraform/criticality"
MISSION_CRITICAL: Final = "mission-critical"
COMPLIANCE: Final = "auroraform/compliance"
BUSINESS_HOURS: Final = "auroraform/business-hours"
SIZE_REASON: Final = "auroraform/size-reason"
ANNOTATIONS: Final = frozenset({ENVIRONMENTS, WAIVE, CRITICALITY, COMPLIANCE, BUSINESS_HOURS, SIZE_REASON})
"""The annotations with our prefix that mean something; others are refused, as a typing error would go unseen."""


class Metadata(Model):
    """Who the cluster is."""

    name: Name
    """Name of the cluster in this workspace, and in Terraform addresses."""
    id: Identifier | None = None
    """Identifier of the cluster at AWS. If absent: the environment's naming pattern."""
    org: Text | None = None
    """Organization, for the tag `organization`. If absent: no such tag."""
    env: Text | None = None
    """The one environment that the cluster is for. If absent: every environment."""
    labels: dict[str, Text] = Field(default_factory=dict)
    """Tags of every resource of the cluster. If absent: none beside the environment's."""
    annotations: dict[str, Text] = Field(default_factory=dict)
    """Notes, and settings under `auroraform/`. If absent: none."""
    slug: Text | None = None
    """Project Planton's short name; not used here. If absent: nothing changes."""
    tags: tuple[Text, ...] = ()
    """Project Planton's search words; not used here. If absent: nothing changes."""
    group: Text | None = None
    """Project Planton's group in its graph; not used here. If absent: nothing changes."""
    relationships: tuple[dict[str, object], ...] = ()
    """Project Planton's graph edges; not used here. If absent: nothing changes."""


class AwsRdsCluster(Model):
    """One Aurora cluster."""

    api_version: Literal["aws.project-planton.org/v1"]
    """`aws.project-planton.org/v1`."""
    kind: Literal["AwsRdsCluster"]
    """`AwsRdsCluster`."""
    metadata: Metadata
    """Who the cluster is."""
    spec: AwsRdsClusterSpec
    """What the cluster is."""
    status: dict[str, object] | None = None
    """What Project Planton wrote back; not used here. If absent: nothing changes."""
