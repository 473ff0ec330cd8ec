"""Checkov finds nothing in production and staging stacks but what is listed with a reason."""

import json
from copy import deepcopy
from pathlib import Path
from typing import Any, Final

import pytest

from auroraform.schemas.problems import has_errors
from auroraform.stacks import bootstrap
from auroraform.stacks.layout import STACK_FILE, stack_path
from auroraform.stacks.render import render
from auroraform.stacks.synth import validate
from support.checkov.exceptions import EXCEPTIONS
from support.checkov.judging import problems, unlisted
from support.checkov.running import Stack, scan
from support.processes import ROOT

pytestmark = pytest.mark.slow

# Development trades protection for cost. What a golden file shows of staging, it shows of production as well.
JUDGED: Final = {ROOT / "examples": {"production", "staging"}, ROOT / "tests" / "golden" / "cases": {"production"}}


def stacks_of(workspace: Path, classes: set[str]) -> dict[str, Stack]:
    outcome = validate(workspace)
    assert not has_errors(outcome.problems), outcome.problems
    wanted = tuple(stack for stack in outcome.stacks if stack.environment.class_ in classes)
    files = render(wanted).files
    return {f"{workspace.name}/{stack.name}": json.loads(files[stack_path(stack.name)]) for stack in wanted}


def state_stacks_of(workspace: Path, classes: set[str], output: Path) -> dict[str, Stack]:
    """The stacks of the state buckets."""
    environments = validate(workspace).workspace.environments
    names = [one.name for one in environments if one.model.spec.class_ in classes]
    made = bootstrap.synthesize(workspace, output / workspace.name, names)
    assert made.storages, made.problems
    folders = [bootstrap.folder_of(shared) for shared in made.storages]
    return {
        f"{workspace.name}/{folder}": json.loads((output / workspace.name / folder / STACK_FILE).read_text("utf-8"))
        for folder in folders
    }


@pytest.fixture(scope="module")
def stacks(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Stack]:
    found: dict[str, Stack] = {}
    for folder, classes in JUDGED.items():
        for workspace in sorted(folder.iterdir()):
            found |= stacks_of(workspace, classes)
    for workspace in sorted((ROOT / "examples").iterdir()):
        found |= state_stacks_of(workspace, JUDGED[ROOT / "examples"], tmp_path_factory.mktemp("state"))
    return found


def test_production_stacks_pass_but_for_listed_exceptions(stacks: dict[str, Stack], tmp_path: Path) -> None:
    assert {"shop/prod", "shop/staging", "everything/prod"} <= stacks.keys()
    assert problems(scan(stacks, tmp_path), stacks, EXCEPTIONS) == []


def test_a_stack_that_is_broken_on_purpose_does_not_pass(stacks: dict[str, Stack], tmp_path: Path) -> None:
    prod: dict[str, Any] = deepcopy({**stacks["shop/prod"]})
    cluster = prod["resource"]["aws_rds_cluster"]["orders"]
    cluster |= {
        "storage_encrypted": False,
        "deletion_protection": False,
        "performance_insights_enabled": False,
        "backup_retention_period": 1,
        "copy_tags_to_snapshot": False,
        "enabled_cloudwatch_logs_exports": [],
    }
    prod["resource"]["aws_rds_cluster_instance"]["orders_2"]["publicly_accessible"] = True
    rules = prod["resource"]["aws_vpc_security_group_ingress_rule"]
    rules["orders_sg-c3app"] |= {"from_port": 0, "to_port": 65535, "cidr_ipv4": "0.0.0.0/0"}
    # What an exception stands for is gone, so that it does not hold any more.
    no_longer_excused = {
        ("aws_rds_cluster.orders", "CKV_AWS_327"),
        ("aws_rds_cluster.orders", "CKV2_AWS_8"),
        ("aws_rds_cluster.orders", "CKV2_AWS_27"),
        *((f"aws_rds_cluster_instance.orders_{number}", "CKV_AWS_353") for number in (1, 2, 3)),
    }
    broken = {"shop/prod": prod}
    report = scan(broken, tmp_path)
    assert {(one.address, one.check) for one in unlisted(report, broken, EXCEPTIONS)} == no_longer_excused | {
        ("aws_rds_cluster.orders", "CKV_AWS_96"),
        ("aws_rds_cluster.orders", "CKV_AWS_139"),
        ("aws_rds_cluster.orders", "CKV_AWS_313"),
        ("aws_rds_cluster.orders", "CKV_AWS_324"),
        ("aws_rds_cluster_instance.orders_2", "CKV_AWS_17"),
        *(("aws_vpc_security_group_ingress_rule.orders_sg-c3app", f"CKV_AWS_{number}") for number in (24, 25, 260)),
    }
