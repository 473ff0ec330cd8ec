"""Rules between the fields of one resolved spec, which a model of single fields cannot hold.

Each rule is one row of `RULES`: it looks at the merged spec of one cluster in one environment and yields
findings. A rule that depends on the environment names it in its message. Most would otherwise fail at apply, some
after the old cluster is gone; what AWS alone can know for sure is a warning.

Sources: RDS API reference and Amazon Aurora User Guide, unless a rule or a table of facts (`engines`, `features`,
`versions`, `classes`, `reserved`, `parameters`) names another.
"""

from typing import Final

from auroraform.schemas.coherence import (
    capacity,
    credentials,
    network,
    operation,
    parameters,
    storage,
    upgrades,
    versions,
)
from auroraform.schemas.coherence.capacity import SERVERLESS
from auroraform.schemas.coherence.finding import Finding, Rule, Situation
from auroraform.schemas.coherence.network import text_fault, too_few_subnets
from auroraform.schemas.spec.cluster import AwsRdsClusterSpec

__all__ = [
    "RULES",
    "SERVERLESS",
    "Finding",
    "Rule",
    "Situation",
    "findings",
    "text_fault",
    "too_few_subnets",
]

RULES: Final[tuple[Rule, ...]] = (
    versions.engine_version,
    versions.known_version,
    versions.engine_mode,
    capacity.capacity,
    capacity.capacity_of_version,
    capacity.pausing,
    capacity.instance_class,
    network.subnets,
    operation.windows,
    operation.log_exports,
    parameters.existing_groups,
    parameters.families,
    parameters.each_once,
    parameters.lacking_features,
    parameters.known_names,
    parameters.places,
    parameters.versions,
    parameters.values,
    parameters.apply_methods,
    parameters.empty_logs,
    parameters.time_zone,
    upgrades.upgrade,
    operation.data_api,
    credentials.username,
    credentials.database_name,
    credentials.master_password,
    storage.encryption,
    storage.storage_type,
    storage.origin,
)


def findings(spec: AwsRdsClusterSpec, situation: Situation) -> list[Finding]:
    """Everything that is wrong between the fields of a spec."""
    return [finding for rule in RULES for finding in rule(spec, situation)]
