"""What a Region of an account has to have before stacks can be planned there: a request to the server."""

from __future__ import annotations

from pydantic import Field

from auroraform.sandbox.emulator.network import RequestModel, Vpc


class Source(RequestModel):
    """What a cluster is made from: a snapshot, or another cluster."""

    name: str
    engine: str
    engine_version: str
    storage_encrypted: bool = True


class Stock(RequestModel):
    """Everything under the ids and names that stacks give it. What is there already stays, but for locks of states."""

    account_id: str
    region: str
    vpcs: tuple[Vpc, ...] = ()
    prefix_lists: tuple[str, ...] = ()
    buckets: tuple[str, ...] = ()
    objects: dict[str, str] = Field(default_factory=dict)
    """Texts by `bucket/key`."""
    tables: tuple[str, ...] = ()
    """Lock tables."""
    keys: tuple[str, ...] = ()
    """Ids of KMS keys."""
    aliases: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    parameters: dict[str, str] = Field(default_factory=dict)
    """Values in the Parameter Store by name."""
    secrets: dict[str, str] = Field(default_factory=dict)
    """Values by ARN."""
    subnet_groups: dict[str, str] = Field(default_factory=dict)
    """DB subnet groups by name, with the id of their VPC."""
    snapshots: tuple[Source, ...] = ()
    clusters: tuple[Source, ...] = ()
