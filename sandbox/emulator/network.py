"""A network whose ids the caller chooses, so that a configuration that names `subnet-abc123` can be planned.

The same models are the request that a caller sends and what the server reads.
"""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel


class RequestModel(BaseModel):
    model_config = ConfigDict(
        frozen=True, extra="forbid", alias_generator=to_camel, validate_by_name=True, validate_by_alias=True
    )


class Subnet(RequestModel):
    id: str
    cidr: str = ""
    """Without one, the next that is free."""
    availability_zone: str = ""
    """Without one, the Region's zones in turn: a subnet group wants at least two."""
    tags: dict[str, str] = Field(default_factory=dict)


class SecurityGroup(RequestModel):
    id: str
    name: str
    tags: dict[str, str] = Field(default_factory=dict)


class Vpc(RequestModel):
    id: str
    cidr: str = "10.0.0.0/16"
    subnets: tuple[Subnet, ...] = ()
    security_groups: tuple[SecurityGroup, ...] = ()
    tags: dict[str, str] = Field(default_factory=dict)


class Seed(RequestModel):
    region: str
    vpcs: tuple[Vpc, ...] = ()
