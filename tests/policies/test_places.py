"""A finding about one instance, parameter or window stands where that is said, whichever field says it."""

from datetime import date
from typing import Final

import pytest

from auroraform.policies.check import Checker
from auroraform.policies.registry import built_in
from support.workspaces import Files, environment, manifest

TODAY: Final = date(2026, 11, 24)
MEMBER: Final = "instances: {{members: {{a: {{}}, b: {{{}}}}}}}"
MYSQL: Final = (("aurora-postgresql", "aurora-mysql"), ("16.8", "8.0.mysql_aurora.3.08.2"))


def found(files: Files, code: str, text: str, class_: str) -> list[str]:
    files.minimal(manifests__orders=text, environments__prod=environment(class_=class_))
    rules = tuple(rule for rule in built_in() if rule.code == code)
    return [f"{one.problem.path}: {one.problem.message}" for one in Checker(files.root, (), rules, TODAY).run().found]


@pytest.mark.parametrize(
    ("code", "spec", "class_", "expected"),
    [
        ("AP605", MEMBER.format("instanceClass: db.t4g.large"), "production", "is burstable (db.t4g.large)"),
        ("AP606", MEMBER.format("instanceClass: db.r4.large"), "staging", "is of a previous generation (db.r4.large)"),
        (
            "AP608",
            MEMBER.format("instanceClass: db.r8g.24xlarge"),
            "staging",
            "has more than 64 vCPUs (db.r8g.24xlarge)",
        ),
        ("AP610", MEMBER.format("instanceClass: db.r6g.large"), "development", "runs db.r6g.large around the clock"),
    ],
)
def test_the_class_of_a_member(code: str, spec: str, class_: str, expected: str, files: Files) -> None:
    path = "spec.instances.members.b.instanceClass"
    assert found(files, code, manifest(spec), class_) == [f"{path}: {expected} (orders in prod)"]


def test_a_member_with_a_public_address(files: Files) -> None:
    assert found(files, "AP207", manifest(MEMBER.format("publiclyAccessible: true")), "staging") == [
        "spec.instances.members.b.publiclyAccessible: gives b a public address (orders in prod)"
    ]


def test_a_single_member(files: Files) -> None:
    assert found(files, "AP101", manifest("instances: {members: {a: {}}}"), "production") == [
        "spec.instances.members: is one instance, and no reader takes over from it (orders in prod)"
    ]


def test_the_window_of_a_member(files: Files) -> None:
    text = manifest(
        MEMBER.format('preferredMaintenanceWindow: "mon:09:00-mon:09:30"'),
        metadata="annotations: {auroraform/business-hours: mon-fri 07:00-17:00}",
    )
    assert found(files, "AP501", text, "production") == [
        "spec.instances.members.b.preferredMaintenanceWindow: mon:09:00-mon:09:30 is in mon-fri 07:00-17:00 "
        "(orders in prod)"
    ]


@pytest.mark.parametrize(
    ("spec", "path"),
    [
        ("parameters: [{name: rds.force_ssl, value: '0'}]", "spec.parameters[0].value"),
        ("clusterParameters: {rds.force_ssl: 0}", "spec.clusterParameters.rds.force_ssl"),
    ],
)
def test_the_parameter_that_lets_clients_do_without_tls(spec: str, path: str, files: Files) -> None:
    assert found(files, "AP203", manifest(spec), "production") == [
        f"{path}: lets clients connect without TLS (rds.force_ssl) (orders in prod)"
    ]


@pytest.mark.parametrize("field", ["clusterParameters", "instanceParameters"])
def test_the_parameter_that_keeps_an_exported_log_empty(field: str, files: Files) -> None:
    text = manifest(f"{field}: {{slow_query_log: 0}}")
    for before, after in MYSQL:
        text = text.replace(before, after)
    assert found(files, "AP402", text, "production") == [
        f"spec.{field}.slow_query_log: sets slow_query_log to 0, and the log slowquery is exported (orders in prod)"
    ]
