"""Remedies as edits of files: comments and layout stay, and what cannot be edited safely is left alone.

A value that stands in one line is edited there; everything else makes a round trip through ruamel.yaml, where that
gives back the file as it is when nothing is edited. An edit is kept only if what the file says differs in the one field
afterwards, and in nothing else: an alias, for one, would have changed two.
"""

import difflib
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from auroraform.policies.found import Fix, Found
from auroraform.policies.remedy import Plain, Put, Remedy
from auroraform.schemas.located import Mapping, Scalar, read
from auroraform.schemas.problems import Problem, has_errors
from auroraform.schemas.scalars import plain
from auroraform.stacks.cluster import merge_layers
from auroraform.stacks.targets import targets
from auroraform.stacks.workspace import Workspace, WrittenCluster, WrittenEnvironment

_LAYOUTS: Final = ((2, 2, 0), (2, 4, 2), (4, 4, 2), (4, 6, 4), (4, 4, 0))
"""How mappings and lists are indented: ruamel.yaml's `mapping`, `sequence` and `offset`."""

Path_ = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Edit:
    """A file before and after.

    Attributes:
        file: its name in the workspace.
        fixed: the findings that are gone with it.
    """

    file: str
    before: str
    after: str
    fixed: tuple[Problem, ...]

    @property
    def diff(self) -> str:
        """A unified diff."""
        lines = difflib.unified_diff(
            self.before.splitlines(keepends=True),
            self.after.splitlines(keepends=True),
            f"a/{self.file}",
            f"b/{self.file}",
        )
        return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


@dataclass(frozen=True, slots=True)
class _Target:
    """A field in a document of a file."""

    file: str
    document: int
    path: Path_
    remedy: Remedy


def edits(found: Iterable[Found], workspace: Workspace) -> Iterator[Edit]:
    """The edits that end findings, one for each file.

    Args:
        found: what rules found; what is waived is left alone.
        workspace: where it was found.
    """
    wanted: dict[str, list[tuple[_Target, Problem]]] = {}
    for aim, problem in _aims([one for one in found if one.waiver is None], workspace):
        wanted.setdefault(aim.file, []).append((aim, problem))
    for file, aimed in sorted(wanted.items()):
        path = workspace.root / file
        try:
            before = path.read_bytes().decode("utf-8")
        except (OSError, UnicodeDecodeError):
            continue
        after, fixed = before, []
        for aim, problem in aimed:
            edited = _edited(after, aim)
            if edited is not None:
                after = edited
                fixed.append(problem)
        if fixed and after != before:
            yield Edit(file, before, after, tuple(dict.fromkeys(fixed)))


def apply(root: Path, edit: Edit) -> None:
    """Write an edit, unless the file has changed since it was made.

    Raises:
        OSError: the file cannot be written, or is not what it was.
    """
    from auroraform.stacks.output import replace  # noqa: PLC0415 - needed for this alone

    path = (root / edit.file).resolve()
    if path.read_bytes().decode("utf-8") != edit.before:
        raise OSError(f"{edit.file} has changed meanwhile")
    replace(path, edit.after)


def _aims(found: Iterable[Found], workspace: Workspace) -> Iterator[tuple[_Target, Problem]]:
    """The fields to edit, each with a finding that is gone then; one that would be half gone stays whole."""
    aimed = [(one.problem, [(fix, _target(fix, workspace)) for fix in one.fixes]) for one in found]
    asking: dict[_Target, set[str]] = {}
    for fix, aim in (pair for _, fixes in aimed for pair in fixes):
        if aim is not None:
            asking.setdefault(aim, set()).add(fix.environment)
    for problem, fixes in aimed:
        aims = [aim for fix, aim in fixes if aim is not None and not _changes_others(fix, aim, asking[aim], workspace)]
        if len(aims) == len(fixes):
            yield from ((aim, problem) for aim in dict.fromkeys(aims))


def _target(fix: Fix, workspace: Workspace) -> _Target | None:
    """The field that says what a fix is about: in the environment's overrides of the cluster, or in the manifest."""
    cluster = next(one for one in workspace.clusters if one.name == fix.cluster)
    environment = next(one for one in workspace.environments if one.name == fix.environment)
    path = tuple(str(part) for part in fix.remedy.path)
    candidates: tuple[tuple[WrittenEnvironment | WrittenCluster, Path_], ...] = (
        (environment, ("spec", "overrides", cluster.name, *path)),
        (cluster, ("spec", *path)),
    )
    for written, at in candidates:
        node = written.document.get(*at)
        if node is not None and node.place == fix.place:
            return _in_file(written.document, at, fix.remedy, workspace.root)
    if isinstance(fix.remedy, Put) and fix.place.file not in {cluster.file, environment.document.place.file}:
        # The default of a class is to blame: the manifest says it better.
        return _in_file(cluster.document, ("spec", *path), fix.remedy, workspace.root)
    return None


def _changes_others(fix: Fix, aim: _Target, asking: set[str], workspace: Workspace) -> bool:
    """Whether an edit of a manifest would change its cluster in an environment in which nothing was found."""
    if aim.path[:2] == ("spec", "overrides"):
        return False
    cluster = next(one for one in workspace.clusters if one.name == fix.cluster)
    for name in set(targets(workspace, cluster, [])) - asking:
        environment = next(one for one in workspace.environments if one.name == name)
        merged = merge_layers(cluster, environment)
        manifest = next(index for index, layer in enumerate(merged.layers) if layer.tree is cluster.spec)
        steps = merged.history.get(tuple(str(part) for part in fix.remedy.path), ())
        if any(step.layer > manifest for step in steps):
            continue
        earlier = [plain(step.node) for step in steps if step.layer < manifest]
        now = [plain(step.node) for step in steps]
        after = [_raw(fix.remedy.value)] if isinstance(fix.remedy, Put) else earlier
        if now[-1:] != after[-1:]:
            return True
    return False


def _in_file(document: Mapping, path: Path_, remedy: Remedy, root: Path) -> _Target | None:
    file = document.place.file
    places = [one.place for one in read((root / file).read_bytes(), file).documents]
    return _Target(file, places.index(document.place), path, remedy) if document.place in places else None


def _edited(text: str, target: _Target) -> str | None:
    """The text with one edit; None where it cannot be made safely."""
    expected = _patched(_meaning(text), target)
    if expected is None:
        return None
    # The second way keeps less of the layout, and can do more.
    candidates = (way(text, target) for way in (_in_its_line, _round_trip))
    return next((after for after in candidates if after is not None and _meaning(after) == expected), None)


def _patched(documents: list[Any], target: _Target) -> list[Any] | None:
    """What the documents mean with the edit, which changes them; None where its field has no place in them."""
    inner: Any = documents[target.document] if target.document < len(documents) else None
    *above, last = target.path
    for part in above:
        inner = _below(inner, part)
    if inner is None:
        return None
    if isinstance(target.remedy, Put):
        inner[last] = _raw(target.remedy.value)
    elif last in inner:
        del inner[last]
    else:
        return None
    return documents


def _in_its_line(text: str, target: _Target) -> str | None:
    """The edit of a value that stands in one line: the value is replaced, or its line goes."""
    found = read(text.encode(), "").documents[target.document].get(*target.path)
    if not isinstance(found, Scalar) or not found.place.end_column:
        return None
    lines = text.splitlines(keepends=True)
    number, place = found.place.line - 1, found.place
    line = lines[number]
    if isinstance(target.remedy, Put):
        lines[number] = line[: place.column - 1] + _raw(target.remedy.value) + line[place.end_column - 1 :]
    else:
        lines[number] = ""
    return "".join(lines)


def _round_trip(text: str, target: _Target) -> str | None:
    """The edit through ruamel.yaml, where that gives back the very text if nothing is edited."""
    yaml, documents = _opened(text)
    if yaml is None:
        return None
    inner = documents[target.document]
    *above, last = target.path
    for part in above:
        inner = inner[part]
    if isinstance(target.remedy, Put):
        inner[last] = target.remedy.value
    else:
        del inner[last]
    return _dumped(yaml, documents)


def _below(node: Any, part: str) -> Any:  # noqa: ANN401 - YAML of any shape
    return node.get(part) if isinstance(node, dict) else None


def _raw(value: Plain) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _opened(text: str) -> tuple[YAML | None, list[Any]]:
    """The documents of a text, and a dumper that gives back that very text; None where there is none."""
    for mapping, sequence, offset in _LAYOUTS:
        yaml = YAML()
        yaml.preserve_quotes = True
        yaml.width = 1_000_000
        yaml.indent(mapping=mapping, sequence=sequence, offset=offset)
        try:
            documents = list(yaml.load_all(text))
            if _dumped(yaml, documents) == text:
                return yaml, documents
        except YAMLError:
            return None, []
    return None, []


def _dumped(yaml: YAML, documents: list[Any]) -> str:
    stream = io.StringIO()
    yaml.dump_all(documents, stream)
    return stream.getvalue()


def _meaning(text: str) -> list[Any]:
    result = read(text.encode(), "")
    return [] if has_errors(result.problems) else [plain(document) for document in result.documents]
