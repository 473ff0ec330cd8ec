"""Which stacks there are, and that no two of them share a name or a state."""

import pytest

from support.workspaces import Files, environment, lines, manifest


def test_one_stack_per_environment(files: Files) -> None:
    outcome = files.outcome(manifests__a=manifest(name="a"), environments__dev=environment("dev", "development"))
    assert [(s.name, [c.name for c in s.clusters]) for s in outcome.stacks] == [
        ("dev", ["a", "orders"]),
        ("prod", ["a", "orders"]),
    ]


def test_one_stack_per_cluster(files: Files) -> None:
    outcome = files.outcome(manifests__a=manifest(name="a"), environments__prod=environment(spec="stackPer: cluster"))
    assert [(s.name, s.environment_name, [c.name for c in s.clusters]) for s in outcome.stacks] == [
        ("prod-a", "prod", ["a"]),
        ("prod-orders", "prod", ["orders"]),
    ]
    assert {s.default_tags["environment"] for s in outcome.stacks} == {"prod"}


@pytest.mark.parametrize(
    ("other", "state", "expected"),
    [
        (
            "prod-orders",
            "{backend: s3, bucket: other, dynamodbTable: locks}",
            "environments/other.yaml:9:3 error[AF207] spec.state: the environments prod and prod-orders both have a "
            "stack prod-orders -> tell them apart: by another bucket, keyPrefix or workspace, or by the names of the "
            "environments",
        ),
        (
            "qa",
            "{backend: cloud, organization: acme, workspace: db}",
            None,
        ),
    ],
)
def test_a_name_that_two_stacks_would_have(other: str, state: str, expected: str | None, files: Files) -> None:
    text = environment(other, "staging").replace("{backend: s3, bucket: acme-state, dynamodbTable: locks}", state)
    problems = files.problems(environments__prod=environment(spec="stackPer: cluster"), environments__other=text)
    assert lines(problems) == ([expected] if expected else [])


def test_one_workspace_for_two_stacks_is_refused(files: Files) -> None:
    state = "{backend: s3, bucket: acme-state, dynamodbTable: locks}"
    cloud = "{backend: cloud, organization: acme, workspace: db}"
    problems = files.problems(
        environments__dev=environment("dev", "development").replace(state, cloud),
        environments__prod=environment().replace(state, cloud),
    )
    assert lines(problems) == [
        "environments/prod.yaml:9:3 error[AF207] spec.state: the stacks dev and prod would share the state "
        "app.terraform.io/acme/db -> tell them apart: by another bucket, keyPrefix or workspace, or by the names of "
        "the environments"
    ]
