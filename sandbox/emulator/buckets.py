"""Gaps in S3 buckets."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from flask import request
from moto.iam.access_control import IAMPolicy, PermissionResult
from moto.s3.models import FakeBucket
from moto.s3.responses import S3Response

from auroraform.sandbox.emulator.bucket_policies import context_of, in_force
from auroraform.sandbox.emulator.patching import replace

if TYPE_CHECKING:
    from moto.core.responses import ActionResult


def heed_conditions_of_bucket_policies() -> None:
    """moto takes a statement of a bucket policy that has a condition for one that has none."""

    def get_permission(self: FakeBucket, action: str, resource: str) -> PermissionResult:
        if self.policy is None:
            return PermissionResult.NEUTRAL
        statements = in_force(self.policy.decode(), context_of(dict(request.headers)))
        return IAMPolicy(json.dumps({"Statement": statements})).is_action_permitted(action, resource)

    replace(FakeBucket, "get_permission", get_permission)


def keep_newest_old_versions() -> None:
    """moto drops how many old versions a lifecycle rule keeps, and the provider waits for them to show up."""
    set_lifecycle, serialized = FakeBucket.set_lifecycle, S3Response.serialized

    def set_and_keep(self: FakeBucket, rules: list[dict[str, Any]]) -> None:
        set_lifecycle(self, rules)
        for rule, requested in zip(self.rules, rules, strict=True):
            expiration = requested.get("NoncurrentVersionExpiration") or {}
            replace(rule, "kept_versions", expiration.get("NewerNoncurrentVersions"))

    def serialize_with_kept(self: S3Response, answer: ActionResult) -> object:
        # An error is an answer too.
        if self.data.get("Action") == "GetBucketLifecycleConfiguration" and isinstance(answer.result, dict):
            rules = self.backend.get_bucket_lifecycle(self.bucket_name)
            for rule, shown in zip(rules, answer.result["Rules"], strict=True):
                if kept := vars(rule)["kept_versions"]:
                    shown["NoncurrentVersionExpiration"]["NewerNoncurrentVersions"] = kept
        return serialized(self, answer)

    replace(FakeBucket, "set_lifecycle", set_and_keep)
    replace(S3Response, "serialized", serialize_with_kept)
