"""Every argument of a cluster and its instances is reached from a manifest, or left out for a reason."""

from collections.abc import Iterator
from typing import Final

import pytest

from feature_page import groups, left_out, not_yet
from support.golden_stacks import occurrences
from support.provider.loading import KeptSchema
from support.provider.schema import Block

pytestmark = pytest.mark.terraform

RESOURCES: Final = ("aws_rds_cluster", "aws_rds_cluster_instance")
NEWER: Final = "Provider 6 only"


def arguments(block: Block, prefix: str = "") -> Iterator[str]:
    """What can be set, also in blocks."""
    yield from (prefix + name for name, argument in block.arguments.items() if argument.settable)
    for name, nested in block.blocks.items():
        yield from arguments(nested.block, f"{prefix}{name}.")


def known(schema: KeptSchema, resource: str) -> list[str]:
    block = schema.find("resource", resource)
    assert block is not None
    return [*arguments(block)]


def told(resource: str) -> set[str]:
    """Arguments that a feature lists and a golden file has."""
    listed = {name for group in groups() for one in group.features for name in one.resources.get(resource, ())}
    return listed & occurrences()[resource]


def unreached(resource: str) -> dict[str, str]:
    """Arguments, or blocks with all their arguments, and why they are not reached."""
    rows = {argument: row.reason for row in left_out() if row.resource == resource for argument in row.arguments}
    return rows | not_yet().get(resource, {})


def covers(name: str, argument: str) -> bool:
    return f"{argument}.".startswith(f"{name}.")


@pytest.mark.parametrize("resource", RESOURCES)
def test_every_argument_is_reached_or_left_out_for_a_reason(resource: str, provider_schema: KeptSchema) -> None:
    accounted = told(resource) | unreached(resource).keys()
    every = known(provider_schema, resource)
    assert [argument for argument in every if not any(covers(name, argument) for name in accounted)] == []


@pytest.mark.parametrize("resource", RESOURCES)
def test_nothing_is_left_out_that_does_not_exist(resource: str, provider_schema: KeptSchema) -> None:
    every = known(provider_schema, resource)
    names = [name for name, reason in unreached(resource).items() if not reason.startswith(NEWER)]
    assert [name for name in names if not any(covers(name, argument) for argument in every)] == []


def test_what_occurs_in_golden_files_is_listed_in_a_feature(provider_schema: KeptSchema) -> None:
    for resource in RESOURCES:
        occurring = occurrences()[resource] & {*known(provider_schema, resource)}
        assert occurring - told(resource) == set()
