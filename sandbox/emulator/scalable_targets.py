"""Tags of scalable targets, which moto drops."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from moto.applicationautoscaling.exceptions import AWSValidationException
from moto.applicationautoscaling.responses import ApplicationAutoScalingResponse as Response

if TYPE_CHECKING:
    from moto.applicationautoscaling.models import FakeScalableTarget


def keep_tags_of_scalable_targets() -> None:
    """moto drops the tags of a scalable target, and lacks the calls about them."""
    original = Response.register_scalable_target

    def register_scalable_target(self: Response) -> str:
        tags: dict[str, str] = self._get_param("Tags") or {}
        asked = (self._get_param("ServiceNamespace"), [self._get_param("ResourceId")])
        backend, dimension = self.applicationautoscaling_backend, self._get_param("ScalableDimension")
        if tags and backend.describe_scalable_targets(*asked, dimension):
            raise AWSValidationException("The scalable target that you tried to tag already exists.")
        answer = original(self)
        for target in backend.describe_scalable_targets(*asked, dimension):
            _tags(target).update(tags)
        return answer

    for call in (register_scalable_target, list_tags_for_resource, tag_resource, untag_resource):
        setattr(Response, call.__name__, call)


def list_tags_for_resource(self: Response) -> str:
    return json.dumps({"Tags": _tags(_asked(self))})


def tag_resource(self: Response) -> str:
    _tags(_asked(self)).update(self._get_param("Tags"))
    return "{}"


def untag_resource(self: Response) -> str:
    for key in self._get_param("TagKeys"):
        _tags(_asked(self)).pop(key, None)
    return "{}"


def _asked(self: Response) -> FakeScalableTarget:
    arn = self._get_param("ResourceARN")
    targets = self.applicationautoscaling_backend.targets.values()
    return next(target for by_id in targets for target in by_id.values() if target.arn == arn)


def _tags(target: FakeScalableTarget) -> dict[str, str]:
    tags: dict[str, str] = vars(target).setdefault("tags", {})
    return tags
