"""The answers: to a question about a cluster or one of its fields, and to one about a Terraform address."""

import difflib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from auroraform.schemas.problems import Code, Place, Problem, sort
from auroraform.schemas.shape import suggest
from auroraform.stacks.explanation.addresses import cluster_addresses, network_addresses
from auroraform.stacks.explanation.choice import choose, unknown_environment
from auroraform.stacks.explanation.decisions import lost_rows
from auroraform.stacks.explanation.derived import derived_rows
from auroraform.stacks.explanation.rows import Row, State, Word, fields, order
from auroraform.stacks.explanation.shared import shared_addresses
from auroraform.stacks.explanation.subject import Setting, Subject, setting, subject
from auroraform.stacks.resolve import neighbours_of, resolve
from auroraform.stacks.workspace import Workspace, WrittenCluster, load

_SPEC: Final = "spec."


@dataclass(frozen=True, slots=True)
class Explanation:
    """Where values come from, in one stack.

    Attributes:
        written: the manifest; None for what the environment alone asks for.
        rows: the values.
        reason: why there is the address that was asked for; empty where none was.
    """

    where: Setting
    written: WrittenCluster | None
    rows: tuple[Row, ...]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """Explanations, and the problems of what they are about.

    Attributes:
        is_partial: errors elsewhere may hide explanations.
    """

    explanations: tuple[Explanation, ...] = ()
    problems: tuple[Problem, ...] = ()
    is_partial: bool = False


def explain(root: Path, manifest: str, environment: str | None = None, path: str = "") -> Answer:
    """Explain the values of a cluster in an environment.

    Args:
        root: the folder of the workspace.
        manifest: the name of the manifest.
        environment: the name of the environment; None for the only one that comes into question.
        path: a field, or a group of fields; empty for all.
    """
    chosen, problems = choose(load(root), manifest, environment)
    if chosen is None:
        return Answer(problems=tuple(sort(problems)))
    rows = cluster_rows(chosen)
    shown = narrowed(rows, path)
    if not shown:
        return Answer(problems=(_unknown_path(path, rows, chosen),))
    return Answer((Explanation(chosen, chosen.written, shown),), tuple(sort(problems)))


def explain_address(root: Path, address: str, environment: str | None = None) -> Answer:
    """Explain what made a Terraform address, in each stack that has it.

    Args:
        root: the folder of the workspace.
        address: the address.
        environment: the name of the environment; None for all.
    """
    workspace = load(root)
    if environment is not None and (unknown := unknown_environment(environment, workspace)):
        return Answer(problems=(unknown,))
    known: dict[str, list[Explanation]] = {}
    for found, explanation in made(workspace):
        known.setdefault(found, []).append(explanation)
    here = {name: [e for e in es if environment in {None, e.where.environment.name}] for name, es in known.items()}
    errors = [problem for problem in resolve(workspace).problems if problem.is_error]
    if here.get(address):
        return Answer(tuple(here[address]), is_partial=bool(errors))
    return Answer(problems=(*sort(errors), _unknown_address(address, known, environment)))


def made(workspace: Workspace) -> Iterator[tuple[str, Explanation]]:
    """Every Terraform address of a workspace, stack by stack, once for each manifest that asks for it."""
    neighbours = neighbours_of(workspace, [])
    environments = {environment.name: environment for environment in workspace.environments}
    clusters = {cluster.name: cluster for cluster in workspace.clusters}
    for stack in resolve(workspace).stacks:
        where = setting(environments[stack.environment_name], stack, neighbours)
        for address, reason, rows in (*network_addresses(where), *shared_addresses(where)):
            yield address, Explanation(where, None, tuple(rows), reason)
        for cluster in stack.clusters:
            chosen = subject(clusters[cluster.name], where)
            for address, reason, rows in cluster_addresses(chosen):
                yield address, Explanation(where, chosen.written, tuple(rows), reason)


def cluster_rows(chosen: Subject) -> tuple[Row, ...]:
    """Every value of a cluster, in the order of the model."""
    rows = dict(chosen.rows)
    rows |= {row.path: row for row in lost_rows(rows, chosen.merged)}
    for row in derived_rows(chosen):
        below = rows.get(row.path)
        rows[row.path] = _over(below, row) if below is not None else row
    return tuple(sorted(rows.values(), key=order))


def narrowed(rows: Iterable[Row], path: str) -> tuple[Row, ...]:
    """The rows of a field or a group of fields; of a list, where the path goes into one. None for an unknown path."""
    path = path.removeprefix(_SPEC).partition("[")[0]
    if path in {"", "spec"}:
        return tuple(rows)
    found = tuple(row for row in rows if row.path == path or row.path.startswith((f"{path}.", f"{path}[")))
    if not found and path in fields():
        return (Row(path, None, State.ABSENT, reason=f"if absent: {fields()[path].removesuffix('.')}"),)
    return found


def _over(below: Row, row: Row) -> Row:
    """A derived row that tells also what the layers said, although that does not hold."""
    removal = (Word(below.layer, below.place, None),) if below.state is State.REMOVED and below.place else ()
    return replace(row, reason=below.reason or row.reason, overrode=(*below.overrode, *removal))


def _unknown_path(path: str, rows: Iterable[Row], chosen: Subject) -> Problem:
    near = suggest(path.removeprefix(_SPEC), {*fields(), *(row.path for row in rows)})
    command = f"auroraform explain {chosen.written.name} --env {chosen.environment.name}"
    help_ = f"did you mean {near}?" if near else f"see all fields with: {command}"
    return Problem(Code.UNKNOWN_FIELD, Place(chosen.written.file), "is not a field", path, help_)


def _unknown_address(address: str, known: dict[str, list[Explanation]], environment: str | None) -> Problem:
    places = sorted({explanation.where.environment.name for explanation in known.get(address, ())})
    near = difflib.get_close_matches(address, known, n=1)
    if places:
        help_ = f"it is in {', '.join(places)}"
    elif near:
        help_ = f"did you mean {near[0]}?"
    else:
        help_ = "an address is a type and a label, such as aws_rds_cluster.orders"
    message = f"nothing {f'in {environment} ' if environment else ''}makes the address {address}"
    return Problem(Code.UNKNOWN_ADDRESS, Place("manifests"), message, help=help_)
