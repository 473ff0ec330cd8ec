"""A PostgreSQL server, from the programs of this machine."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from support.databases.process import Account, ServerError, client, folder, running

PROGRAMS_VARIABLE = "AURORAFORM_POSTGRESQL"
SUPERUSER = "postgres"

_NEEDED = ("initdb", "postgres", "psql")
_DEBIAN = Path("/usr/lib/postgresql")


def find_programs(environment: Mapping[str, str] = os.environ) -> Path | None:
    """The folder of the programs: the named one, that of PATH, or the newest of Debian's."""
    if named := environment.get(PROGRAMS_VARIABLE):
        return Path(named)
    on_path = shutil.which("postgres", path=environment.get("PATH"))
    newest = sorted(_DEBIAN.glob("*/bin"), key=lambda path: int(path.parent.name), reverse=True)
    folders = [*([Path(on_path).resolve().parent] if on_path else []), *newest]
    return next((path for path in folders if all((path / name).is_file() for name in _NEEDED)), None)


@dataclass(frozen=True)
class Postgresql:
    programs: Path
    socket: Path

    def run(self, statements: str, *, user: str = SUPERUSER, database: str = "postgres") -> str:
        """Run statements, all of which must succeed; what they answer, a line for each row."""
        completed = self.attempt(statements, user=user, database=database)
        if completed.returncode:
            raise ServerError(completed.stderr)
        return completed.stdout.strip()

    def attempt(
        self, statements: str, *, user: str = SUPERUSER, database: str = "postgres"
    ) -> subprocess.CompletedProcess[str]:
        command = (self.programs / "psql", "-X", "-q", "-A", "-t", "-h", self.socket, "-U", user, "-d", database)
        return client(*command, "-v", "ON_ERROR_STOP=1", "-f", "-", statements=statements)


@contextmanager
def running_postgresql(programs: Path) -> Iterator[Postgresql]:
    """An empty server that ends with the block. Everybody can log in as anybody, through its socket alone."""
    with folder(Account.unprivileged()) as place:
        data = place.path / "data"
        place.run(programs / "initdb", "-D", data, "-U", SUPERUSER, "-A", "trust", "-E", "UTF8", "--no-sync")
        server = Postgresql(programs, place.path)
        command = (programs / "postgres", "-D", data, "-k", place.path, "-c", "listen_addresses=", "-c", "fsync=off")
        with running(place, command, lambda: server.attempt("SELECT 1").returncode == 0, stop=signal.SIGINT):
            yield server
