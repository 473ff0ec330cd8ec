"""Capacity is one decision with two spellings, a class or a Serverless v2 range: the later layer wins."""

from typing import Final

import pytest

from auroraform.schemas.resolved.cluster import ResolvedCluster
from auroraform.schemas.resolved.instances import ServerlessV2Scaling
from support.workspaces import Files, environment, lines, manifest

RANGE: Final = "serverlessV2Scaling: {minCapacity: 1, maxCapacity: 8}"
WIDE: Final = "serverlessV2Scaling: {minCapacity: 2, maxCapacity: 32}"
NO_RANGE: Final = "serverlessV2Scaling: null"
LARGE: Final = "instances: {instanceClass: db.r6g.2xlarge}"
SERVERLESS: Final = "instances: {instanceClass: db.serverless}"
NO_CLASS: Final = "instances: {instanceClass: null}"

ACU_1_8: Final = ("db.serverless", 1.0, 8.0)
ACU_2_32: Final = ("db.serverless", 2.0, 32.0)
CLASS_DEFAULT: Final = ("db.r6g.large", None, None)
PROVISIONED: Final = ("db.r6g.2xlarge", None, None)


def workspace(layers: tuple[str, str, str]) -> dict[str, str]:
    defaults, own, overrides = layers
    return {
        "environments__prod": environment(spec=f"defaults: {{{defaults}}}\noverrides: {{orders: {{{overrides}}}}}"),
        "manifests__orders": manifest(own),
    }


def capacity(cluster: ResolvedCluster) -> tuple[str, float | None, float | None]:
    (instance_class,) = {instance.instance_class for instance in cluster.instances}
    scaling = cluster.serverless_v2_scaling
    return (instance_class, scaling.min_capacity, scaling.max_capacity) if scaling else (instance_class, None, None)


@pytest.mark.parametrize(
    ("defaults", "own", "overrides", "expected"),
    [
        # One layer beside the class's own db.r6g.large.
        ("", "", "", CLASS_DEFAULT),
        ("", RANGE, "", ACU_1_8),
        (RANGE, "", "", ACU_1_8),
        ("", "", RANGE, ACU_1_8),
        ("", LARGE, "", PROVISIONED),
        ("", f"{RANGE}\n{SERVERLESS}", "", ACU_1_8),
        # Two layers that differ.
        (RANGE, LARGE, "", PROVISIONED),
        (LARGE, RANGE, "", ACU_1_8),
        ("", RANGE, LARGE, PROVISIONED),
        ("", LARGE, RANGE, ACU_1_8),
        (RANGE, "", LARGE, PROVISIONED),
        (LARGE, "", RANGE, ACU_1_8),
        # There and back again.
        (RANGE, LARGE, WIDE, ACU_2_32),
        (LARGE, RANGE, LARGE, PROVISIONED),
        # The range of an earlier layer is completed by a later one.
        (RANGE, LARGE, "serverlessV2Scaling: {maxCapacity: 16}", ("db.serverless", 1.0, 16.0)),
        (RANGE, "serverlessV2Scaling: {minCapacity: 4}", "", ("db.serverless", 4.0, 8.0)),
        # db.serverless beside a range of another layer is no other decision.
        (SERVERLESS, RANGE, "", ACU_1_8),
        (RANGE, SERVERLESS, "", ACU_1_8),
        (RANGE, LARGE, SERVERLESS, ACU_1_8),
        # Null takes a decision back.
        (RANGE, NO_RANGE, "", CLASS_DEFAULT),
        ("", RANGE, NO_RANGE, CLASS_DEFAULT),
        (RANGE, LARGE, NO_RANGE, PROVISIONED),
        (RANGE, LARGE, NO_CLASS, ACU_1_8),
        # How many there are is another question.
        (RANGE, "instances: {count: 3}", "", ACU_1_8),
    ],
)
def test_the_later_layer_decides(files: Files, defaults: str, own: str, overrides: str, expected: object) -> None:
    assert capacity(files.cluster(**workspace((defaults, own, overrides)))) == expected


MIXED: Final = "instances: {members: {1: {instanceClass: db.r6g.xlarge}, 2: {instanceClass: db.serverless}}}"
OPEN: Final = "instances: {members: {1: {instanceClass: db.r6g.xlarge}, 2: {}}}"
CLOSED: Final = "instances: {members: {1: {instanceClass: db.r6g.xlarge}, 2: {instanceClass: db.r6g.large}}}"


@pytest.mark.parametrize(
    ("defaults", "own", "overrides", "expected"),
    [
        # A member keeps the class that it names; the others have what the layers decide.
        ("", OPEN, "", ["db.r6g.xlarge", "db.r6g.large"]),
        ("", f"{OPEN}\n{RANGE}", "", ["db.r6g.xlarge", "db.serverless"]),
        (RANGE, OPEN, "", ["db.r6g.xlarge", "db.serverless"]),
        (RANGE, OPEN, SERVERLESS, ["db.r6g.xlarge", "db.serverless"]),
        (RANGE, OPEN, LARGE, ["db.r6g.xlarge", "db.r6g.2xlarge"]),
        # A range has its use as long as one of them scales in it.
        ("", f"{MIXED}\n{RANGE}", "", ["db.r6g.xlarge", "db.serverless"]),
        (RANGE, MIXED, "", ["db.r6g.xlarge", "db.serverless"]),
        (RANGE, MIXED, LARGE, ["db.r6g.xlarge", "db.serverless"]),
        (RANGE, CLOSED, "", ["db.r6g.xlarge", "db.r6g.large"]),
        (RANGE, CLOSED, "instances: {members: {2: {instanceClass: null}}}", ["db.r6g.xlarge", "db.serverless"]),
    ],
)
def test_members_have_capacity_of_their_own(
    files: Files, defaults: str, own: str, overrides: str, expected: list[str]
) -> None:
    found = files.cluster(**workspace((defaults, own, overrides)))
    assert [instance.instance_class for instance in found.instances] == expected
    assert (found.serverless_v2_scaling is not None) == ("db.serverless" in expected)


@pytest.mark.parametrize("layers", [("", f"{CLOSED}\n{RANGE}", ""), ("", CLOSED, RANGE)])
def test_a_range_that_no_member_scales_in_is_a_conflict(files: Files, layers: tuple[str, str, str]) -> None:
    assert [(p.code, p.path) for p in files.problems(**workspace(layers))] == [("AF105", "spec.serverlessV2Scaling")]


@pytest.mark.parametrize("layers", [("", NO_CLASS, ""), (LARGE, "", NO_CLASS), ("", RANGE, f"{NO_RANGE}, {NO_CLASS}")])
def test_without_any_decision_the_class_of_the_environment_holds(files: Files, layers: tuple[str, str, str]) -> None:
    assert capacity(files.cluster(**workspace(layers))) == CLASS_DEFAULT


def test_both_in_one_layer_are_a_conflict(files: Files) -> None:
    problems = files.problems(**workspace(("", f"{RANGE}\n{LARGE}", "")))
    assert lines(problems) == [
        "manifests/orders.yaml:9:30 error[AF105] spec.instances.instanceClass: instances of class db.r6g.2xlarge are"
        " provisioned, but serverlessV2Scaling is given beside it"
        " -> keep one of the two (where two layers differ, the later one wins)"
    ]


@pytest.mark.parametrize("layers", [("", SERVERLESS, ""), ("", SERVERLESS, NO_RANGE), (RANGE, SERVERLESS, NO_RANGE)])
def test_serverless_instances_without_a_range_are_a_conflict(files: Files, layers: tuple[str, str, str]) -> None:
    assert lines(files.problems(**workspace(layers))) == [
        "manifests/orders.yaml:8:30 error[AF105] spec.instances.instanceClass: instances of class db.serverless need a"
        " capacity range -> add serverlessV2Scaling: {minCapacity: 0.5, maxCapacity: 8}"
    ]


def test_a_cluster_that_may_pause_can_say_after_how_long(files: Files) -> None:
    spec = "serverlessV2Scaling: {minCapacity: 0, maxCapacity: 4, secondsUntilAutoPause: 3600}"
    assert files.cluster(manifests__orders=manifest(spec)).serverless_v2_scaling == ServerlessV2Scaling(
        min_capacity=0.0, max_capacity=4.0, seconds_until_auto_pause=3600
    )


def test_a_minimum_that_a_later_layer_raises_leaves_the_pause_without_a_meaning(files: Files) -> None:
    spec = "serverlessV2Scaling: {minCapacity: 0, maxCapacity: 4, secondsUntilAutoPause: 3600}"
    prod = environment(spec="overrides: {orders: {serverlessV2Scaling: {minCapacity: 2}}}")
    assert lines(files.problems(manifests__orders=manifest(spec), environments__prod=prod)) == [
        "manifests/orders.yaml:8:80 error[AF105] spec.serverlessV2Scaling.secondsUntilAutoPause: a cluster with a"
        " minimum of 2 ACUs never pauses -> delete it, or write minCapacity: 0; a layer that raises the minimum can set"
        " this to null"
    ]
    mended = prod.replace("minCapacity: 2", "minCapacity: 2, secondsUntilAutoPause: null")
    assert lines(files.problems(manifests__orders=manifest(spec), environments__prod=mended)) == []


def test_every_instance_scales_in_the_same_range(files: Files) -> None:
    found = files.cluster(manifests__orders=manifest(f"{RANGE}\ninstances: {{count: 3}}"))
    assert found.serverless_v2_scaling == ServerlessV2Scaling(min_capacity=1.0, max_capacity=8.0)
    assert [(i.key, i.identifier, i.promotion_tier) for i in found.instances] == [
        ("1", "prod-orders-1", 0),
        ("2", "prod-orders-2", 1),
        ("3", "prod-orders-3", 1),
    ]
