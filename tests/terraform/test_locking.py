"""State locks, held by real Terraform against a local AWS: one apply at a time, and nobody's work is lost."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import pytest

from auroraform.stacks.synth import synthesize
from support.checkouts import Checkouts
from support.fixtures import EmulatorOf
from support.locks import Holder, StateBucket
from support.terraform import refusal
from support.terraform_discovery import Tool
from support.workspaces import Files, environment

pytestmark = [pytest.mark.terraform, pytest.mark.slow, pytest.mark.xdist_group("locking")]

ACCOUNT: Final = "555566667777"
WAYS: Final = {
    "table": "state: {backend: s3, bucket: acme-state, dynamodbTable: locks}",
    "file": "state: {backend: s3, bucket: acme-state, useLockfile: true}",
    "both": "state: {backend: s3, bucket: acme-state, dynamodbTable: locks, useLockfile: true}",
}
DEV, PROD = (f"auroraform/{name}/terraform.tfstate" for name in ("dev", "prod"))

# Quick to make, and without anything around it.
GROUP, LOGS = "aws_rds_cluster_parameter_group.orders", "aws_cloudwatch_log_group.orders_postgresql"
APPLY: Final = ("apply", "-input=false", "-no-color", "-auto-approve")
REFUSED: Final = "Error acquiring the state lock"
SOMEBODY: Final = Holder()


Worlds = Callable[[str], Checkouts]


@pytest.fixture
def world_of(emulator_of: EmulatorOf, files: Files, tmp_path: Path, terraform: Tool) -> Iterator[Worlds]:
    """The world of a way of locking, without any state yet."""
    emulator = emulator_of(ACCOUNT)
    emulator.reset()
    with StateBucket.on(emulator, "acme-state", "locks") as states:
        states.create()

        def world_of(way: str) -> Checkouts:
            files.minimal(
                **{
                    f"environments__{n}": _environment(n, c, way)
                    for n, c in (("dev", "staging"), ("prod", "production"))
                }
            )
            assert synthesize(files.root, tmp_path / "out").written is not None
            return Checkouts(states, tmp_path / "out" / "stacks", tmp_path / "work", terraform, emulator.environment())

        yield world_of


def _environment(name: str, class_: str, way: str) -> str:
    text = environment(name, class_).replace("111122223333", ACCOUNT)
    return text.replace(WAYS["table"], WAYS[way])


def lock(world: Checkouts, place: str, key: str) -> None:
    """Somebody takes the lock of a state."""
    (world.states.lock_in_table if place == "table" else world.states.lock_by_file)(key, SOMEBODY)


@pytest.mark.parametrize(("way", "place"), [("table", "table"), ("file", "file"), ("both", "table"), ("both", "file")])
def test_a_lock_that_somebody_holds_stops_plan_and_apply_and_names_who(way: str, place: str, world_of: Worlds) -> None:
    world = world_of(way)
    stack = world.checkout("prod")
    lock(world, place, PROD)
    for command in (("plan", "-no-color", "-input=false"), (*APPLY, f"-target={GROUP}")):
        output = refusal(stack, *command)
        assert REFUSED in output
        for shown in (SOMEBODY.id, SOMEBODY.who, SOMEBODY.operation, f"acme-state/{PROD}"):
            assert shown in output
    assert world.locks() == {PROD}
    assert PROD not in world.states.objects()


@pytest.mark.parametrize("way", WAYS)
def test_a_second_apply_is_refused_while_the_first_waits_for_its_answer(way: str, world_of: Worlds) -> None:
    world = world_of(way)
    mine, yours = world.checkout("prod", "mine"), world.checkout("prod", "yours")
    with mine.running("apply", "-no-color", f"-target={GROUP}") as first:
        first.wait_for("Enter a value:")
        assert world.locks() == {PROD}
        output = refusal(yours, *APPLY, f"-target={LOGS}")
        assert REFUSED in output
        assert "OperationTypeApply" in output
        first.answer("yes")
        assert first.finish() == 0, first.output
    assert world.addresses(PROD) == {GROUP}
    yours.run(*APPLY, f"-target={LOGS}")
    assert world.addresses(PROD) == {GROUP, LOGS}
    assert world.locks() == set()


# Not both: there each attempt takes the file and gives it back, and Terraform ends if it sees that happen.
@pytest.mark.parametrize("way", ["table", "file"])
def test_two_applies_that_wait_run_one_after_the_other(way: str, world_of: Worlds) -> None:
    world = world_of(way)
    mine, yours = world.checkout("prod", "mine"), world.checkout("prod", "yours")
    lock(world, way, PROD)
    patient = (*APPLY, "-lock-timeout=120s")
    with mine.running(*patient, f"-target={GROUP}") as first, yours.running(*patient, f"-target={LOGS}") as second:
        for waiting in (first, second):
            waiting.wait_for("Acquiring state lock")
        world.states.unlock(PROD)
        codes = first.finish(), second.finish()
    assert codes == (0, 0), (first.output, second.output)
    assert world.addresses(PROD) == {GROUP, LOGS}
    assert world.states.state(PROD)["serial"] == 2
    assert world.locks() == set()


@pytest.mark.parametrize("way", WAYS)
def test_a_stale_lock_is_released_by_its_id_and_no_other(way: str, world_of: Worlds) -> None:
    world = world_of(way)
    stack = world.checkout("prod")
    for place in ("table", "file"):
        if way in {place, "both"}:
            lock(world, place, PROD)
    wrong = "00000000-0000-0000-0000-000000000000"
    output = refusal(stack, "force-unlock", "-force", "-no-color", wrong)
    assert "Failed to unlock state" in output
    assert world.locks() == {PROD}
    stack.run("force-unlock", "-force", "-no-color", SOMEBODY.id)
    assert world.locks() == set()
    stack.run(*APPLY, f"-target={GROUP}")
    assert world.addresses(PROD) == {GROUP}


@pytest.mark.parametrize("way", WAYS)
def test_environments_share_neither_lock_nor_state(way: str, world_of: Worlds) -> None:
    world = world_of(way)
    dev, prod = world.checkout("dev"), world.checkout("prod")
    with dev.running("apply", "-no-color", f"-target={GROUP}") as held:
        held.wait_for("Enter a value:")
        assert world.locks() == {DEV}
        prod.run(*APPLY, f"-target={LOGS}")
        held.answer("yes")
        assert held.finish() == 0, held.output
    assert (world.addresses(DEV), world.addresses(PROD)) == ({GROUP}, {LOGS})


def test_the_way_from_the_table_to_lock_files_leaves_no_gap(world_of: Worlds) -> None:
    """Each checkout of one step sees the locks of the next: table, both, file."""
    steps = [world_of(way).checkout("prod", way) for way in WAYS if way != "file"]
    world = world_of("file")
    old, both, new = steps[0], steps[1], world.checkout("prod", "file")
    for holder, other in ((both, old), (both, new)):
        with holder.running("apply", "-no-color", f"-target={GROUP}") as held:
            held.wait_for("Enter a value:")
            assert REFUSED in refusal(other, *APPLY, f"-target={GROUP}")
            held.answer("no")
            assert held.finish() == 1
    new.run(*APPLY, f"-target={GROUP}")
    assert world.addresses(PROD) == {GROUP}
