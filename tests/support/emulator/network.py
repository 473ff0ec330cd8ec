"""A network whose ids the test chooses, so that a configuration that names `subnet-abc123` can be planned.

The same models are the request that a test sends and what the server reads.
"""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel


class _Model(BaseModel):
    model_config = ConfigDict(
        frozen=True, extra="forbid", alias_generator=to_camel, validate_by_name=True, validate_by_alias=True
    )


class Subnet(_Model):
    id: str
    cidr: str
    availability_zone: str = ""
    """Without one, the region's zones a, b and c in turn: a subnet group wants at least two."""
    tags: dict[str, str] = Field(default_factory=dict)


class SecurityGroup(_Model):
    id: str
    name: str
    tags: dict[str, str] = Field(default_factory=dict)


class Vpc(_Model):
    id: str
    cidr: str = "10.0.0.0/16"
    subnets: tuple[Subnet, ...] = ()
    security_groups: tuple[SecurityGroup, ...] = ()
    tags: dict[str, str] = Field(default_factory=dict)


class Seed(_Model):
    region: str
    vpcs: tuple[Vpc, ...] = ()
