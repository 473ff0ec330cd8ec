"""A MariaDB server, which stands in for MySQL: its programs are those of this machine, or of Debian's packages."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from support.databases.certificate import write_certificate
from support.databases.packages import unpacked
from support.databases.process import Account, ServerError, client, folder, running

PROGRAMS_VARIABLE = "AURORAFORM_MARIADB"
SUPERUSER = "root"

_PACKAGES = ("mariadb-server-core", "mariadb-client-core")
_CACHE = Path(__file__).parents[3] / ".cache" / "servers" / "mariadb"
_SYSTEM = ("/usr/sbin", "/usr/local/sbin")


@dataclass(frozen=True)
class Programs:
    """Where an installation is, as seen from its `usr` folder, and what its programs need to run."""

    usr: Path
    environment: Mapping[str, str] = field(default_factory=dict)

    @property
    def server(self) -> Path:
        return self.usr / "sbin" / "mariadbd"

    @property
    def client(self) -> Path:
        return self.usr / "bin" / "mariadb"

    @property
    def install(self) -> Path:
        return self.usr / "bin" / "mariadb-install-db"

    @property
    def is_whole(self) -> bool:
        return all(path.is_file() for path in (self.server, self.client, self.install))


def find_programs(environment: Mapping[str, str] = os.environ) -> Programs | None:
    """The programs of this machine: those of the named folder, or of PATH."""
    if named := environment.get(PROGRAMS_VARIABLE):
        return Programs(Path(named))
    path = os.pathsep.join((environment.get("PATH", ""), *_SYSTEM))
    server = shutil.which("mariadbd", path=path)
    found = Programs(Path(server).resolve().parents[1]) if server else None
    return found if found and found.is_whole else None


def fetched_programs() -> Programs:
    """The programs of Debian's packages, unpacked into the cache of this repository at first use."""
    root = unpacked(_PACKAGES, _CACHE)
    libraries = sorted({str(path.parent) for path in root.glob("usr/lib/*/*.so*")})
    return Programs(root / "usr", {"LD_LIBRARY_PATH": os.pathsep.join(libraries)})


@dataclass(frozen=True)
class Mariadb:
    programs: Programs
    socket: Path

    def run(self, statements: str, *, user: str = SUPERUSER, database: str = "mysql", raw: bool = False) -> str:
        """Run statements, all of which must succeed; what they answer, a line for each row.

        With `raw`, a backslash is shown as one.
        """
        completed = self.attempt(statements, user=user, database=database, raw=raw)
        if completed.returncode:
            raise ServerError(completed.stderr)
        return completed.stdout.strip()

    def attempt(
        self,
        statements: str,
        *,
        user: str = SUPERUSER,
        database: str = "mysql",
        password: str = "",
        tls: bool = True,
        raw: bool = False,
    ) -> subprocess.CompletedProcess[str]:
        command: list[str | Path] = [self.programs.client, "--no-defaults", "--batch", "--skip-column-names"]
        command += [f"--socket={self.socket}", f"--user={user}", "--ssl" if tls else "--skip-ssl"]
        command += ["--raw"] if raw else []
        environment = {**self.programs.environment, **({"MYSQL_PWD": password} if password else {})}
        return client(*command, database, statements=statements, environment=environment)


@contextmanager
def running_mariadb(programs: Programs) -> Iterator[Mariadb]:
    """An empty server that ends with the block, with TLS, through its socket alone."""
    # MariaDB takes root where it is told to, and the packages' folder may be one that nobody else can read.
    with folder(Account()) as place:
        data, socket = place.path / "data", place.path / "s"
        common = ["--no-defaults", f"--basedir={programs.usr}", f"--datadir={data}"]
        common += ["--user=root"] if os.geteuid() == 0 else []
        place.run(
            programs.install,
            *common,
            "--auth-root-authentication-method=normal",
            "--skip-test-db",
            environment=programs.environment,
        )
        certificate = place.path / "server.pem"
        write_certificate(certificate)
        command: list[str | Path] = [
            programs.server,
            *common,
            f"--socket={socket}",
            f"--pid-file={place.path / 'pid'}",
            f"--ssl-cert={certificate}",
            f"--ssl-key={certificate}",
            "--skip-networking",
            "--innodb-flush-log-at-trx-commit=0",
        ]
        server = Mariadb(programs, socket)
        with running(
            place,
            command,
            lambda: server.attempt("SELECT 1").returncode == 0,
            stop=signal.SIGTERM,
            environment=programs.environment,
        ):
            yield server
