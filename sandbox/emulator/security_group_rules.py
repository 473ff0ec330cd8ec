"""Rules of security groups."""

from __future__ import annotations

import functools
import inspect
from typing import Any

from moto.ec2.models.security_groups import SecurityGroupRule


def keep_descriptions_of_rules() -> None:
    """moto answers with the description of a rule for a network only, not for a group or a prefix list."""
    original = SecurityGroupRule.__init__
    signature = inspect.signature(original)

    @functools.wraps(original)
    def create(self: SecurityGroupRule, *arguments: Any, **parameters: Any) -> None:  # noqa: ANN401
        original(self, *arguments, **parameters)
        given = signature.bind(self, *arguments, **parameters).arguments
        for source in (given.get("source_group"), given.get("prefix_list_id")):
            if source and "Description" in source:
                # Where moto looks, and where a later change of the description goes.
                self.ip_range = {"Description": source["Description"]}

    # A plain assignment would not get past the type checker, and rightly: this changes somebody else's class.
    setattr(SecurityGroupRule, "__init__", create)  # noqa: B010
