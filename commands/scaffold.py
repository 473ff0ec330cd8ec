"""A new infrastructure repository: its files rendered, held against our own checks, and put into a folder."""

import contextlib
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined

from auroraform.schemas.engines import ENGINES
from auroraform.schemas.problems import Problem
from auroraform.schemas.reserved import WORDS
from auroraform.stacks.synth import validate

_MARK: Final = "# TODO: "
_ENVIRONMENTS: Final = {
    "dev": {"class": "development", "digit": "1", "purpose": "Where developers try things: small, and deletable."},
    "staging": {"class": "staging", "digit": "2", "purpose": "Like production, at a smaller size."},
    "prod": {
        "class": "production",
        "digit": "3",
        "purpose": "What customers use: protected, with readers and backups.",
    },
}


@dataclass(frozen=True, slots=True)
class Answers:
    """What a new repository depends on."""

    name: str
    region: str
    organization: str | None
    version: str


@dataclass(frozen=True, slots=True)
class Todo:
    """A made-up value that somebody has to replace."""

    file: str
    line: int
    text: str


def render(answers: Answers) -> dict[str, str]:
    """The text of every file by its path, sorted."""
    templates = Environment(
        loader=PackageLoader("auroraform.commands", "templates"),
        undefined=StrictUndefined,
        keep_trailing_newline=True,
        autoescape=False,  # noqa: S701 - YAML, JSON and Markdown; the filter `tojson` quotes what the user says
    )
    values = asdict(answers) | {"database": _database_name(answers.name)}
    files = {
        ".github/workflows/auroraform.yaml": "workflow.yaml.j2",
        ".gitignore": "gitignore.j2",
        "README.md": "README.md.j2",
        "cdktf.json": "cdktf.json.j2",
        f"manifests/{answers.name}.yaml": "manifest.yaml.j2",
        "requirements.txt": "requirements.txt.j2",
    }
    texts = {path: templates.get_template(template).render(values) for path, template in files.items()}
    environment = templates.get_template("environment.yaml.j2")
    for name, traits in _ENVIRONMENTS.items():
        texts[f"environments/{name}.yaml"] = environment.render(values, environment=name, **traits)
    return dict(sorted(texts.items()))


def _database_name(name: str) -> str:
    """A name for the first database: the cluster's, unless that would be a word of SQL or RDS's own."""
    database = name.replace("-", "_")
    engine = ENGINES["aurora-postgresql"]
    return f"{database}_db" if database in engine.reserved_databases | WORDS[engine.name] else database


def todos(files: Mapping[str, str]) -> Iterator[Todo]:
    """What is marked in the files as made up."""
    for path, text in files.items():
        for number, line in enumerate(text.splitlines(), start=1):
            if line.lstrip().startswith(_MARK):
                yield Todo(path, number, line.lstrip().removeprefix(_MARK))


def faults(files: Mapping[str, str]) -> list[Problem]:
    """The errors that `auroraform validate` would find: a good name may be too long once environments add to it."""
    with tempfile.TemporaryDirectory(prefix="auroraform-") as scratch:
        create(Path(scratch), files)
        return [problem for problem in validate(Path(scratch)).problems if problem.is_error]


def in_the_way(folder: Path, paths: Iterable[str]) -> list[str]:
    """What stands where files or their folders would have to be; broken links too."""
    found: dict[str, None] = {}
    for path in map(Path, paths):
        if os.path.lexists(folder / path):
            found[path.as_posix()] = None
        for parent in path.parents:
            if os.path.lexists(folder / parent) and not (folder / parent).is_dir():
                found[parent.as_posix()] = None
    return sorted(found)


def create(folder: Path, files: Mapping[str, str]) -> None:
    """Write new files: all of them, or none with nothing left behind.

    Raises:
        OSError: a file exists, or cannot be written.
    """
    made: list[Path] = []
    try:
        for path, text in files.items():
            _make_folders((folder / path).parent, made)
            with (folder / path).open("x", encoding="utf-8", newline="\n") as file:
                made.append(folder / path)
                file.write(text)
    except BaseException:
        for entry in reversed(made):
            # A folder that somebody else has put something into meanwhile stays.
            with contextlib.suppress(OSError):
                entry.rmdir() if entry.is_dir() else entry.unlink()
        raise


def _make_folders(folder: Path, made: list[Path]) -> None:
    if not folder.is_dir():
        _make_folders(folder.parent, made)
        folder.mkdir()
        made.append(folder)
