"""The bounds that rules hold values against; a workspace may set its own."""

from typing import Annotated

from auroraform.schemas.models import Model
from auroraform.schemas.scalars import Integer, Number, Text
from auroraform.schemas.values import between

_Days = Annotated[Integer, between(1, 35, " days")]


class Bounds(Model):
    """Bounds of the rules."""

    backup_retention_days: _Days = 7
    """The fewest days of automated backups, 1 to 35. If absent: 7."""
    critical_backup_retention_days: _Days = 14
    """The same for clusters that are mission-critical. If absent: 14."""
    widest_ipv4_prefix: Annotated[Integer, between(0, 32)] = 16
    """The shortest prefix length of an IPv4 network that may connect. If absent: 16."""
    widest_ipv6_prefix: Annotated[Integer, between(0, 128)] = 48
    """The shortest prefix length of an IPv6 network that may connect. If absent: 48."""
    largest_vcpus: Annotated[Integer, between(2, 192)] = 64
    """The most vCPUs that an instance may have without a word why. If absent: 64."""
    largest_acus: Annotated[Number, between(1.0, 256.0, " ACUs")] = 128.0
    """The most ACUs that a Serverless v2 range may reach without a word why. If absent: 128."""
    standard_storage_vcpus: Annotated[Integer, between(2, 3072)] = 64
    """The most vCPUs of all instances together on Standard storage that nobody has decided for. If absent: 64."""
    support_ends_within_days: Annotated[Integer, between(0, 1095, " days")] = 180
    """How long before the end of a version's standard support it is told, in days. If absent: 180."""
    owner_labels: tuple[Text, ...] = ("team", "owner")
    """Labels or tags of which one must say whose a cluster is. If absent: team, owner."""
    cost_labels: tuple[Text, ...] = ("cost-center", "cost_center", "costCenter")
    """Labels or tags of which one must say who pays. If absent: cost-center, cost_center, costCenter."""
    log_retention_days: Annotated[Integer, between(1, 3653, " days")] = 30
    """The fewest days that exported logs are kept. If absent: 30."""
