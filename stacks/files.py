"""The files of a workspace: which are read, under which name, and which are refused."""

import os
import unicodedata
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from auroraform.schemas.problems import Code, Place, Problem

LINKS: Final = "AURORAFORM_LINKS"
FOLDERS: Final = ("environments", "manifests")
SUFFIXES: Final = frozenset({".json", ".yaml", ".yml"})

# Control characters, marks that turn the direction of text, halves of characters, ends of lines and paragraphs.
_TROUBLESOME: Final = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


@dataclass(frozen=True, slots=True)
class Found:
    """What a workspace holds.

    Attributes:
        files: the files to read, by their name in the workspace and in its order.
        problems: what is not read, and why.
    """

    files: dict[str, Path]
    problems: tuple[Problem, ...]


def find(root: Path) -> Found:
    """Find the manifests and environments of a workspace.

    A symbolic link is followed where it leads to something in the workspace, and each folder is read once. What stands
    outside is refused: it could change, or be a secret, without anybody seeing that in the repository. Whoever runs the
    tool may allow it, by AURORAFORM_LINKS=follow in the environment; nothing in the workspace can.
    """
    walk = _Walk(root, root.resolve())
    paths = {path.relative_to(root).as_posix(): path for path in walk.files() if path.suffix in SUFFIXES}
    problems = [*walk.problems, *(_unprintable(name) for name in paths if not _is_printable(name))]
    return Found({name: paths[name] for name in sorted(paths) if _is_printable(name)}, tuple(problems))


@dataclass(slots=True)
class _Walk:
    root: Path
    real_root: Path
    walked: set[Path] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)

    def files(self) -> Iterator[Path]:
        """Every file below the two folders that is in the workspace."""
        waiting = deque(path for name in FOLDERS if (path := self.root / name).is_dir() and self._is_inside(path))
        while waiting:
            folder = waiting.popleft()
            if (real := folder.resolve()) in self.walked:
                continue
            self.walked.add(real)
            for path in self._entries(folder):
                if path.is_file():
                    yield path
                elif path.is_symlink():
                    # At last, so that a folder goes by its own name and not by that of a link.
                    waiting.append(path)
                else:
                    waiting.appendleft(path)

    def _entries(self, folder: Path) -> list[Path]:
        try:
            return [path for path in folder.iterdir() if self._is_read(path)]
        except OSError as error:
            message = f"the folder cannot be read: {error.strerror}"
            self.problems.append(Problem(Code.UNREADABLE, self._place(folder), message, help="check its permissions"))
            return []

    def _is_read(self, path: Path) -> bool:
        is_file = path.is_file() and path.suffix in SUFFIXES
        return (is_file or path.is_dir()) and self._is_inside(path)

    def _is_inside(self, path: Path) -> bool:
        allowed = os.environ.get(LINKS) == "follow"
        if allowed or not path.is_symlink() or path.resolve().is_relative_to(self.real_root):
            return True
        self.problems.append(
            Problem(
                Code.OUTSIDE_WORKSPACE,
                self._place(path),
                "this is a link to something outside the workspace, which is not read",
                help=f"put what it shows into the workspace, or allow such links: {LINKS}=follow in the environment",
            )
        )
        return False

    def _place(self, path: Path) -> Place:
        return Place(_printable(path.relative_to(self.root).as_posix()))


def _unprintable(name: str) -> Problem:
    return Problem(
        Code.UNREADABLE,
        Place(_printable(name)),
        "the name of the file holds characters that cannot be shown",
        help="rename it",
    )


def _is_printable(name: str) -> bool:
    return _TROUBLESOME.isdisjoint(map(unicodedata.category, name))


def _printable(name: str) -> str:
    """The name with escapes for what would disturb the output; the system lets all but zero and slash into names."""
    return "".join(one if _is_printable(one) else one.encode("unicode_escape").decode() for one in name)
