"""Roles of clusters: moto lacks taking one away, and takes an empty name of a feature for a feature.

A feature that the engine does not have is refused, as RDS does (hashicorp/terraform-provider-aws issue 44140).
"""

from __future__ import annotations

from moto.core.responses import ActionResult, EmptyResult
from moto.rds.exceptions import InvalidParameterValue, RDSClientError
from moto.rds.models import AssociatedRole, DBCluster
from moto.rds.responses import RDSResponse

FEATURES = {
    "aurora-mysql": {"", "Bedrock"},
    "aurora-postgresql": {"Bedrock", "Comprehend", "Lambda", "SageMaker", "s3Export", "s3Import"},
}


def provide_roles_of_clusters() -> None:
    """moto lacks taking a role away, and takes an empty name of a feature for a feature."""
    setattr(RDSResponse, "add_role_to_db_cluster", _add)  # noqa: B010 - somebody else's class
    setattr(RDSResponse, "remove_role_from_db_cluster", _remove)  # noqa: B010 - somebody else's class


def _add(self: RDSResponse) -> ActionResult:
    cluster, role, feature = _cluster(self), self.params["RoleArn"], self.params.get("FeatureName") or ""
    if feature not in FEATURES[str(cluster.engine)]:
        raise InvalidParameterValue(f"The feature-name {feature!r} is not valid for {cluster.engine}")
    for known in cluster._associated_roles:
        if known.role_arn == role or (feature and known.feature_name == feature):
            raise RDSClientError("DBClusterRoleAlreadyExists", f"{known.role_arn} is there already")
    cluster._associated_roles.append(AssociatedRole(role_arn=role, feature_name=feature))
    return EmptyResult()


def _remove(self: RDSResponse) -> ActionResult:
    cluster, role = _cluster(self), self.params["RoleArn"]
    left = [known for known in cluster._associated_roles if known.role_arn != role]
    if len(left) == len(cluster._associated_roles):
        raise RDSClientError("DBClusterRoleNotFound", f"{role} is not there")
    cluster._associated_roles[:] = left
    return EmptyResult()


def _cluster(self: RDSResponse) -> DBCluster:
    return self.backend.describe_db_clusters(self.params["DBClusterIdentifier"])[0]
