"""Rules between the fields of one resolved spec, which a model of single fields cannot hold.

Each rule is one row of `RULES`: it looks at the merged spec of one cluster in one environment and yields
findings. A rule that depends on the environment names it in its message. Most would otherwise fail at apply, some
after the old cluster is gone; what AWS alone can know for sure is a warning.

Sources: RDS API reference and Amazon Aurora User Guide, unless a rule or a table of facts (`engines`, `features`,
`versions`, `classes`, `reserved`) names another.
"""

from typing import Final

from auroraform.schemas.coherence import capacity, credentials, network, operation, roles, storage, users, versions
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
    operation.parameters,
    operation.lacking_features,
    operation.data_api,
    credentials.username,
    credentials.database_name,
    credentials.master_password,
    storage.encryption,
    storage.storage_type,
    storage.origin,
    users.names,
    users.databases,
    users.schemas,
    users.authentication,
    roles.given_or_made,
    roles.one_role_per_feature,
    roles.one_role_for_s3,
    roles.number_of_roles,
    roles.feature_of_version,
    roles.parameters_of_roles,
)


def findings(spec: AwsRdsClusterSpec, situation: Situation) -> list[Finding]:
    """Everything that is wrong between the fields of a spec."""
    return [finding for rule in RULES for finding in rule(spec, situation)]
