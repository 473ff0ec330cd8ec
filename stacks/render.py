"""Stacks as text: what earlier runs made is taken from a store, the rest is built, and all is put together.

All or nothing: a fault in the last construct of the last stack leaves no text at all.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from auroraform.schemas.problems import Code, Place, Problem
from auroraform.stacks.fragments import AddressTakenError, Fragment, cut, join
from auroraform.stacks.keys import key_of
from auroraform.stacks.layout import HEADER, MANIFEST_FILE, Json, canonical, stack_path
from auroraform.stacks.processes import NotStartedError, build_here
from auroraform.stacks.resolve import ResolvedStack
from auroraform.stacks.scripts import scripts
from auroraform.stacks.store import Store
from auroraform.stacks.units import Made, Refusal, Unit

Build = Callable[[Sequence[Unit]], list[Made]]
"""Gives the outcome of each unit. It starts Node, and raises NotStartedError where that fails."""


@dataclass(frozen=True, slots=True)
class Rendering:
    """The text of every file of the output folder by its path there, or what keeps it from being made."""

    files: dict[str, str]
    problems: tuple[Problem, ...] = ()


def render(stacks: Iterable[ResolvedStack], build: Build = build_here, store: Store | None = None) -> Rendering:
    """Render stacks.

    Args:
        stacks: the stacks.
        build: builds what the store does not have, if anything.
        store: what earlier runs made; takes up what this one makes.
    """
    parts = [_parts(stack) for stack in stacks]
    units = {key: unit for part in parts for key, unit in part.units.items()}
    fragments = {key: fragment for key in units if (fragment := _kept(store, key)) is not None}
    missing = {key: unit for key, unit in units.items() if key not in fragments}
    try:
        made = dict(zip(missing, build([*missing.values()]) if missing else (), strict=True))
    except NotStartedError as error:
        return Rendering({}, (no_node(error),))
    if refusals := {key: one for key, one in made.items() if not isinstance(one, Fragment)}:
        return Rendering({}, tuple(_refused(parts, refusals)))
    fragments |= {key: one for key, one in made.items() if isinstance(one, Fragment)}
    if store is not None:
        for key in missing:
            store.put(key, fragments[key].to_bytes())
        store.trim()
    return _joined(parts, fragments)


@dataclass(frozen=True, slots=True)
class _Parts:
    """A stack and its units by their keys: first the frame, then the clusters."""

    stack: ResolvedStack
    units: dict[str, Unit]

    def manifest(self, key: str) -> str:
        """The file that a unit comes from; nothing where it is the frame."""
        unit = self.units[key]
        return "" if isinstance(unit, ResolvedStack) else unit.manifest


def _parts(stack: ResolvedStack) -> _Parts:
    units: tuple[Unit, ...] = (replace(stack, clusters=()), *stack.clusters)
    return _Parts(stack, {key_of([repr(unit).encode()]): unit for unit in units})


def _kept(store: Store | None, key: str) -> Fragment | None:
    entry = store.get(key) if store is not None else None
    return None if entry is None else Fragment.from_bytes(entry)


def _joined(parts: Iterable[_Parts], fragments: Mapping[str, Fragment]) -> Rendering:
    files: dict[str, str] = {}
    problems: list[Problem] = []
    listed: dict[str, Json] = {}
    version: Json = None
    header = cut({"//": HEADER})
    for part in parts:
        keys = [*part.units]
        frame = fragments[keys[0]]
        listed[part.stack.name], version = frame.listing, frame.version
        files |= scripts(part.stack.name, part.stack.clusters)
        try:
            files[stack_path(part.stack.name)] = join([header, *(fragments[key].blocks for key in keys)])
        except AddressTakenError as error:
            file = part.manifest(keys[error.index - 1])
            problems.append(
                Problem(
                    Code.REFUSED_BY_CONSTRUCT,
                    Place(file or part.stack.name),
                    f"{error.address} is there already, made by another part of the stack {part.stack.name}",
                    help="give one of the two another name",
                )
            )
    if problems:
        return Rendering({}, tuple(problems))
    files[MANIFEST_FILE] = canonical({"stacks": listed, "version": version})
    return Rendering(files)


def no_node(error: Exception) -> Problem:
    """What is wrong when the bindings cannot be loaded."""
    return Problem(
        Code.NO_BINDINGS,
        Place("<auroraform>/bindings"),
        f"CDKTF cannot be started: {error}",
        help="check the environment variables JSII_NODE and AURORAFORM_BINDINGS*; without them the Node that "
        "was installed with auroraform is used",
    )


def _refused(parts: Iterable[_Parts], refusals: Mapping[str, Sequence[Refusal]]) -> Iterator[Problem]:
    for part in parts:
        for key in part.units:
            for refusal in refusals.get(key, ()):
                path = f"{part.stack.name}/{refusal.path}"
                yield Problem(Code.REFUSED_BY_CONSTRUCT, Place(part.manifest(key) or path), refusal.text, path)
