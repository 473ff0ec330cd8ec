"""Custom endpoints."""

from auroraform.constructs.bindings import Construct, ITerraformDependable, RdsClusterEndpoint
from auroraform.constructs.naming import address, reference
from auroraform.schemas.resolved.endpoints import Endpoint


class ClusterEndpoints(Construct):
    """`aws_rds_cluster_endpoint.<label>_<key>`, one literal resource each."""

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        label: str,
        endpoints: tuple[Endpoint, ...],
        instances: list[ITerraformDependable],
        tags: dict[str, str],
    ) -> None:
        super().__init__(scope, id_)
        for endpoint in endpoints:
            made = RdsClusterEndpoint(
                self,
                endpoint.key,
                cluster_endpoint_identifier=endpoint.identifier,
                cluster_identifier=reference("aws_rds_cluster", label, "id"),
                custom_endpoint_type=endpoint.custom_endpoint_type,
                static_members=_members(label, endpoint.static_members),
                excluded_members=_members(label, endpoint.excluded_members),
                depends_on=instances,
                tags=tags,
            )
            address(made, label, endpoint.key)


def _members(label: str, keys: tuple[str, ...]) -> list[str] | None:
    """The identifiers of instances, known once these are there: one that is replaced comes back to its endpoints."""
    return [reference("aws_rds_cluster_instance", f"{label}_{key}", "id") for key in keys] or None
