"""Gaps in clusters and their instances: settings that moto drops, changes that it does not store, calls it lacks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from moto.core.responses import ActionResult
from moto.rds.models import DBCluster, DBInstance, RDSBackend, find_cluster
from moto.rds.responses import RDSResponse

from auroraform.sandbox.emulator.patching import add_calls, define, getter, keep_at_creation, replace

DEFAULT_CERTIFICATE_AUTHORITY = "rds-ca-rsa2048-g1"

_INSIGHTS = (
    "enable_performance_insights",
    "performance_insights_retention_period",
    "performance_insights_kms_key_id",
    "database_insights_mode",
)
# None is the standard one.
_STORAGE_TYPES = (None, "aurora", "aurora-iopt1")
_MANAGED_PASSWORD = ("manage_master_user_password", "master_user_secret_kms_key_id")
_MONITORING = ("monitoring_interval", "monitoring_role_arn")


def keep_performance_insights() -> None:
    """moto drops the Performance Insights and Database Insights settings of clusters and instances."""
    for model in (DBCluster, DBInstance):
        keep_at_creation(model, _INSIGHTS)
        # Requests and answers name the switch differently.
        define(model, "performance_insights_enabled", lambda self: bool(self.enable_performance_insights))


def keep_enhanced_monitoring_of_clusters() -> None:
    """moto drops a cluster's monitoring interval and role; it keeps those of an instance."""
    keep_at_creation(DBCluster, _MONITORING)


def keep_engine_lifecycle_support() -> None:
    """moto drops whether a cluster takes part in Extended Support."""
    keep_at_creation(DBCluster, ("engine_lifecycle_support",))


def keep_local_write_forwarding() -> None:
    """moto drops whether a cluster's readers forward writes."""
    keep_at_creation(DBCluster, ("enable_local_write_forwarding",))
    define(
        DBCluster,
        "local_write_forwarding_status",
        lambda self: "enabled" if self.enable_local_write_forwarding else "disabled",
    )


def keep_the_managed_password() -> None:
    """moto makes another secret when a cluster that manages its password in one is told to do so."""
    original = RDSBackend.modify_db_cluster

    def modify(self: RDSBackend, kwargs: dict[str, Any]) -> DBCluster:
        if kwargs.get("manage_master_user_password"):
            cluster = self.clusters.get(kwargs["db_cluster_identifier"])
            if cluster is not None and cluster.manage_master_user_password:
                kwargs = {key: value for key, value in kwargs.items() if key not in _MANAGED_PASSWORD}
        return original(self, kwargs)

    replace(RDSBackend, "modify_db_cluster", modify)


def take_master_user_of_source() -> None:
    """moto asks for a master user of a cluster that replicates another one, and has that of its source."""
    original: Callable[..., None] = vars(DBCluster)["__init__"]

    def create(self: DBCluster, *arguments: Any, **parameters: Any) -> None:  # noqa: ANN401 - as moto has it
        source = parameters.get("replication_source_identifier")
        if source and not parameters.get("master_username"):
            # Nobody is told the password, so that any will do.
            user = {"master_username": find_cluster(source).master_username, "master_user_password": "replicated"}
            parameters |= user
        original(self, *arguments, **parameters)

    replace(DBCluster, "__init__", create)


def store_global_write_forwarding() -> None:
    """moto does not store that a secondary cluster forwards writes from now on, or no longer."""

    def store(cluster: DBCluster, requested: object) -> None:
        cluster._global_write_forwarding_requested = requested

    define(DBCluster, "enable_global_write_forwarding", lambda self: self._global_write_forwarding_requested, store)


def omit_unset_scaling_configuration() -> None:
    """moto answers with an empty Serverless v1 configuration for every cluster that has none."""
    original = getter(DBCluster, "scaling_configuration_info")
    define(
        DBCluster,
        "scaling_configuration_info",
        lambda self: original(self) if self.scaling_configuration else None,
    )


def keep_http_endpoint() -> None:
    """moto takes the Data API for a privilege of Serverless v1, and never turns it on elsewhere."""

    def store(cluster: DBCluster, requested: object) -> None:
        cluster._enable_http_endpoint = bool(requested)

    define(DBCluster, "enable_http_endpoint", lambda self: self._enable_http_endpoint, store)


def switch_http_endpoint() -> None:
    """moto lacks the calls that turn the Data API of an existing cluster on and off."""

    def answer(self: RDSResponse, *, enabled: bool) -> ActionResult:
        arn = self.params["ResourceArn"]
        replace(self.backend._get_resource_for_tagging(arn), "_enable_http_endpoint", enabled)
        return ActionResult({"ResourceArn": arn, "HttpEndpointEnabled": enabled})

    def enable_http_endpoint(self: RDSResponse) -> ActionResult:
        return answer(self, enabled=True)

    def disable_http_endpoint(self: RDSResponse) -> ActionResult:
        return answer(self, enabled=False)

    add_calls(RDSResponse, enable_http_endpoint, disable_http_endpoint)


def accept_storage_types_of_aurora() -> None:
    """moto crashes on the storage types of Aurora: it looks up an initial size by those of other engines."""
    original = DBCluster.default_allocated_storage

    def default_allocated_storage(engine: str, storage_type: str | None) -> int:
        return original(engine, "gp2" if storage_type in _STORAGE_TYPES else str(storage_type))

    replace(DBCluster, "default_allocated_storage", staticmethod(default_allocated_storage))


def leave_out_standard_storage() -> None:
    """moto says gp2 of Aurora's standard storage; RDS says nothing, and the provider takes that for aurora."""

    def read(cluster: DBCluster) -> Any:  # noqa: ANN401 - as moto has it
        kept = vars(cluster)["storage_type"]
        return None if cluster.engine.startswith("aurora") and kept in {"aurora", "gp2"} else kept

    def write(cluster: DBCluster, storage_type: str) -> None:
        vars(cluster)["storage_type"] = storage_type

    define(DBCluster, "storage_type", read, write)


def store_iam_authentication() -> None:
    """moto does not store that IAM authentication of a cluster is turned on or off later."""

    def store(cluster: DBCluster, requested: object) -> None:
        cluster.iam_auth = bool(requested)

    define(DBCluster, "enable_iam_database_authentication", lambda self: self.iam_auth, store)


def store_exported_logs() -> None:
    """moto does not store which logs of a cluster are exported from now on: it reads another parameter."""

    def store(cluster: DBCluster, change: dict[str, list[str]]) -> None:
        off, on = change.get("DisableLogTypes", []), change.get("EnableLogTypes", [])
        kept = [log for log in cluster.enabled_cloudwatch_logs_exports if log not in {*off, *on}]
        cluster.enabled_cloudwatch_logs_exports = [*kept, *on]

    define(DBCluster, "cloudwatch_logs_export_configuration", lambda _: None, store)


def answer_with_the_default_certificate_authority() -> None:
    """moto invents an authority; the provider would reboot an instance that asks for AWS's default."""
    define(
        DBInstance,
        "ca_certificate_identifier",
        lambda self: vars(self)["_authority"],
        lambda self, name: replace(self, "_authority", _real(name)),
    )


def _real(authority: str) -> str:
    return DEFAULT_CERTIFICATE_AUTHORITY if authority == "rds-ca-default" else authority
