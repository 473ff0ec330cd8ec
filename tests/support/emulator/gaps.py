"""Close the gaps of moto 5.2.5 that keep stacks from being applied, or show up as a difference in a second plan.

Each function closes one gap and says what moto lacks. `test_support_emulator_gaps.py` fails
when moto closes one itself; then the function here can go.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from flask import request
from moto.iam.access_control import IAMPolicy, PermissionResult
from moto.rds.models import DBCluster, DBInstance, DBParameterGroup
from moto.s3.models import FakeBucket
from moto.s3.responses import S3Response

from support.emulator.bucket_policies import context_of, in_force
from support.emulator.security_group_rules import keep_descriptions_of_rules

if TYPE_CHECKING:
    from moto.core.responses import ActionResult

_INSIGHTS = (
    "enable_performance_insights",
    "performance_insights_retention_period",
    "performance_insights_kms_key_id",
    "database_insights_mode",
)
_MONITORING = ("monitoring_interval", "monitoring_role_arn")


def close_all() -> None:
    keep_performance_insights()
    keep_enhanced_monitoring_of_clusters()
    keep_engine_lifecycle_support()
    omit_unset_scaling_configuration()
    keep_http_endpoint()
    accept_io_optimized_storage()
    mark_parameters_as_set_by_the_user()
    heed_conditions_of_bucket_policies()
    keep_newest_old_versions()
    keep_descriptions_of_rules()


def keep_performance_insights() -> None:
    """moto drops the Performance Insights and Database Insights settings of clusters and instances."""
    for model in (DBCluster, DBInstance):
        _keep_at_creation(model, _INSIGHTS)
        # Requests and answers name the switch differently.
        _define(model, "performance_insights_enabled", lambda self: bool(self.enable_performance_insights))


def keep_enhanced_monitoring_of_clusters() -> None:
    """moto drops a cluster's monitoring interval and role; it keeps those of an instance."""
    _keep_at_creation(DBCluster, _MONITORING)


def keep_engine_lifecycle_support() -> None:
    """moto drops whether a cluster takes part in Extended Support."""
    _keep_at_creation(DBCluster, ("engine_lifecycle_support",))


def omit_unset_scaling_configuration() -> None:
    """moto answers with an empty Serverless v1 configuration for every cluster that has none."""
    original = _getter(DBCluster, "scaling_configuration_info")
    _define(
        DBCluster,
        "scaling_configuration_info",
        lambda self: original(self) if self.scaling_configuration else None,
    )


def keep_http_endpoint() -> None:
    """moto takes the Data API for a privilege of Serverless v1, and never turns it on elsewhere."""

    def store(cluster: DBCluster, requested: object) -> None:
        cluster._enable_http_endpoint = bool(requested)

    _define(DBCluster, "enable_http_endpoint", lambda self: self._enable_http_endpoint, store)


def accept_io_optimized_storage() -> None:
    """moto crashes on storage_type aurora-iopt1: it looks up an initial size by storage type."""
    original = DBCluster.default_allocated_storage

    def default_allocated_storage(engine: str, storage_type: str) -> int:
        return original(engine, "gp2" if storage_type == "aurora-iopt1" else storage_type)

    _replace(DBCluster, "default_allocated_storage", staticmethod(default_allocated_storage))


def mark_parameters_as_set_by_the_user() -> None:
    """moto keeps no Source for a parameter of an instance's group, and the provider reads those of "user"."""
    original = DBParameterGroup.update_parameters

    def update_parameters(self: DBParameterGroup, new_parameters: Iterable[dict[str, Any]]) -> None:
        original(self, [{"Source": "user", **parameter} for parameter in new_parameters])

    _replace(DBParameterGroup, "update_parameters", update_parameters)


def heed_conditions_of_bucket_policies() -> None:
    """moto takes a statement of a bucket policy that has a condition for one that has none."""

    def get_permission(self: FakeBucket, action: str, resource: str) -> PermissionResult:
        if self.policy is None:
            return PermissionResult.NEUTRAL
        statements = in_force(self.policy.decode(), context_of(dict(request.headers)))
        return IAMPolicy(json.dumps({"Statement": statements})).is_action_permitted(action, resource)

    _replace(FakeBucket, "get_permission", get_permission)


def keep_newest_old_versions() -> None:
    """moto drops how many old versions a lifecycle rule keeps, and the provider waits for them to show up."""
    set_lifecycle, serialized = FakeBucket.set_lifecycle, S3Response.serialized

    def set_and_keep(self: FakeBucket, rules: list[dict[str, Any]]) -> None:
        set_lifecycle(self, rules)
        for rule, requested in zip(self.rules, rules, strict=True):
            expiration = requested.get("NoncurrentVersionExpiration") or {}
            _replace(rule, "kept_versions", expiration.get("NewerNoncurrentVersions"))

    def serialize_with_kept(self: S3Response, answer: ActionResult) -> object:
        # An error is an answer too.
        if self.data.get("Action") == "GetBucketLifecycleConfiguration" and isinstance(answer.result, dict):
            rules = self.backend.get_bucket_lifecycle(self.bucket_name)
            for rule, shown in zip(rules, answer.result["Rules"], strict=True):
                if kept := vars(rule)["kept_versions"]:
                    shown["NoncurrentVersionExpiration"]["NewerNoncurrentVersions"] = kept
        return serialized(self, answer)

    _replace(FakeBucket, "set_lifecycle", set_and_keep)
    _replace(S3Response, "serialized", serialize_with_kept)


def _keep_at_creation(model: type, names: tuple[str, ...]) -> None:
    """Store request parameters that the model's constructor ignores; a modification stores all by itself."""
    for name in names:
        _replace(model, name, None)
    original: Callable[..., None] = vars(model)["__init__"]

    @functools.wraps(original)
    def create(self: object, *arguments: object, **parameters: object) -> None:
        original(self, *arguments, **parameters)
        for name in names:
            if parameters.get(name) is not None:
                setattr(self, name, parameters[name])

    _replace(model, "__init__", create)


def _getter(model: type, name: str) -> Callable[[Any], Any]:
    getter: Callable[[Any], Any] = vars(model)[name].fget
    return getter


def _define(
    model: type,
    name: str,
    read: Callable[[Any], Any],
    write: Callable[[Any, object], None] | None = None,
) -> None:
    _replace(model, name, property(read, write))


def _replace(model: object, name: str, value: object) -> None:
    # A plain assignment would not get past the type checker, and rightly: this changes somebody else's class.
    setattr(model, name, value)
