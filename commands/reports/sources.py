"""Files that problems stand in: how each is called where it is shown, and their lines."""

import os
from pathlib import Path

from auroraform.commands.settings import Settings
from auroraform.schemas.problems import Place
from auroraform.stacks import shipped


class Sources:
    """The files of a workspace, and the tool's own; each is read once."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lines: dict[str, list[str]] = {}
        self._root = _repository(settings.workspace.absolute())

    def shown(self, file: str) -> str:
        """A file as seen from the current folder, so that terminals can open it."""
        if Path(file).is_absolute():
            return os.path.relpath(file) if Path(file).is_relative_to(Path.cwd()) else file
        return file if shipped.is_builtin(file) else self._settings.shown(file)

    def in_repository(self, file: str) -> Path | None:
        """A file as seen from the root of the repository, for services; None where it is not in there."""
        if shipped.is_builtin(file):
            return None
        # Only `..` is resolved: a link is known to the repository by its own name.
        path = Path(os.path.normpath(self._settings.workspace.absolute() / file))
        return path.relative_to(self._root) if path.is_relative_to(self._root) else None

    def absolute(self, file: str) -> Path:
        """A file that stands outside of the repository."""
        return Path(os.path.normpath(self._settings.workspace.absolute() / file))

    def line(self, place: Place) -> str | None:
        """The line of a place, or None where there is none."""
        lines = self._of(place.file) if place.line else []
        return lines[place.line - 1] if 0 < place.line <= len(lines) else None

    def _of(self, file: str) -> list[str]:
        if file not in self._lines:
            self._lines[file] = self._read(file)
        return self._lines[file]

    def _read(self, file: str) -> list[str]:
        try:
            data = shipped.source(file) if shipped.is_builtin(file) else (self._settings.workspace / file).read_bytes()
        except OSError:
            return []
        return data.decode("utf-8-sig", errors="replace").splitlines()


def _repository(workspace: Path) -> Path:
    """The folder that services count paths from: the checkout around the workspace, else the current folder."""
    around = (Path(os.path.normpath(workspace)), *Path(os.path.normpath(workspace)).parents)
    return next((folder for folder in around if (folder / ".git").exists()), Path.cwd())
