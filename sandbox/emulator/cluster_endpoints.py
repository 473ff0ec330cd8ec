"""Custom endpoints of clusters, which moto lacks: kept in its backend, and refused where RDS refuses them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

from moto.core.responses import ActionResult
from moto.rds.exceptions import DBInstanceNotFoundError, RDSClientError
from moto.rds.models import DBCluster, RDSBackend, RDSBaseModel
from moto.rds.responses import RDSResponse

MOST = 5

Tags: TypeAlias = "list[dict[str, str]]"


class ClusterEndpoint(RDSBaseModel):
    """A custom endpoint, with attributes under the names that moto's answers are made from."""

    resource_type = "cluster-endpoint"

    def __init__(self, backend: RDSBackend, identifier: str, cluster: DBCluster, type_: str, tags: Tags) -> None:
        super().__init__(backend)
        self.db_cluster_endpoint_identifier = identifier
        self.db_cluster_identifier = cluster.db_cluster_identifier
        self.endpoint = f"{identifier}.cluster-custom-{cluster.url_identifier}.{self.region}.rds.amazonaws.com"
        self.status = "available"
        self.endpoint_type = "CUSTOM"
        self.custom_endpoint_type = type_
        self.static_members: list[str] = []
        self.excluded_members: list[str] = []
        self.tags = tags

    @property
    def resource_id(self) -> str:
        return self.db_cluster_endpoint_identifier

    @property
    def db_cluster_endpoint_arn(self) -> str:
        return self.arn

    def update(self, static: Iterable[str] | None, excluded: Iterable[str] | None) -> None:
        for name, members in (("static_members", static), ("excluded_members", excluded)):
            # RDS takes an empty list for none, and leaves the members as they were (boto/boto3 issue 3058).
            if members := list(members or ()):
                for member in members:
                    if member not in self.backend.databases:
                        raise DBInstanceNotFoundError(member)
                setattr(self, name, members)
                setattr(self, "excluded_members" if name == "static_members" else "static_members", [])


def provide_cluster_endpoints() -> None:
    """moto lacks the custom endpoints of clusters."""
    for call in (_create, _describe, _modify, _delete):
        setattr(RDSResponse, f"{call.__name__[1:]}_db_cluster_endpoint{'s' * (call is _describe)}", call)
    original = RDSBackend._get_resource_for_tagging

    def find(self: RDSBackend, arn: str) -> object:
        return next((one for one in _kept(self).values() if one.arn == arn), None) or original(self, arn)

    setattr(RDSBackend, "_get_resource_for_tagging", find)  # noqa: B010 - somebody else's class


def _kept(backend: RDSBackend) -> dict[str, ClusterEndpoint]:
    kept: dict[str, ClusterEndpoint] = vars(backend).setdefault("cluster_endpoints", {})
    return kept


def _create(self: RDSResponse) -> ActionResult:
    params, kept = self.params, _kept(self.backend)
    cluster = self.backend.describe_db_clusters(params["DBClusterIdentifier"])[0]
    identifier = params["DBClusterEndpointIdentifier"]
    if identifier in kept:
        raise RDSClientError("DBClusterEndpointAlreadyExistsFault", f"{identifier} already exists")
    if sum(one.db_cluster_identifier == cluster.db_cluster_identifier for one in kept.values()) >= MOST:
        raise RDSClientError("DBClusterEndpointQuotaExceededFault", f"there are {MOST} already")
    made = ClusterEndpoint(self.backend, identifier, cluster, params["EndpointType"], params.get("Tags", []))
    made.update(params.get("StaticMembers"), params.get("ExcludedMembers"))
    kept[identifier] = made
    return ActionResult(made)


def _describe(self: RDSResponse) -> ActionResult:
    asked = self.params.get("DBClusterEndpointIdentifier")
    found = [one for name, one in _kept(self.backend).items() if asked in {None, name}]
    return ActionResult({"DBClusterEndpoints": found})


def _modify(self: RDSResponse) -> ActionResult:
    params = self.params
    found = _existing(self)
    found.custom_endpoint_type = params.get("EndpointType", found.custom_endpoint_type)
    found.update(params.get("StaticMembers"), params.get("ExcludedMembers"))
    return ActionResult(found)


def _delete(self: RDSResponse) -> ActionResult:
    return ActionResult(_kept(self.backend).pop(_existing(self).db_cluster_endpoint_identifier))


def _existing(self: RDSResponse) -> ClusterEndpoint:
    identifier = self.params["DBClusterEndpointIdentifier"]
    if identifier not in _kept(self.backend):
        raise RDSClientError("DBClusterEndpointNotFoundFault", f"{identifier} not found")
    return _kept(self.backend)[identifier]
