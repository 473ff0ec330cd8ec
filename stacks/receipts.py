"""What a run found and left behind, so that the next one with the same input need not look closer.

A receipt is believed only for the very bytes of every file of the workspace, for the code that wrote it, and for an
output folder in which every file still has the digest that it was left with. It holds what the run had to say, too:
a warning is shown each time.
"""

import dataclasses
import hashlib
import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

from auroraform.schemas.problems import Code, Place, Problem, Severity
from auroraform.stacks.files import find
from auroraform.stacks.keys import key_of
from auroraform.stacks.output import scripts_in
from auroraform.stacks.store import Store


@dataclass(frozen=True, slots=True)
class StackSummary:
    """What is said of a stack that was synthesized."""

    name: str
    clusters: int
    region: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """A run that wrote everything it was asked for.

    Attributes:
        problems: what it found to warn of in the workspace, sorted.
        stacks: the stacks that it was asked for.
        digests: the SHA-256 of every file that it left, by path in the output folder.
    """

    problems: tuple[Problem, ...]
    stacks: tuple[StackSummary, ...]
    digests: dict[str, str]

    def holds_for(self, output: Path) -> bool:
        """Whether an output folder has every file as it was left, and no script that was not."""
        scripts = (path for stack in self.stacks for path in scripts_in(output, stack.name))
        return self.digests.keys() >= set(scripts) and all(
            _digest(output / path) == digest for path, digest in self.digests.items()
        )


def key_for(root: Path, environments: Collection[str]) -> str | None:
    """The key of the receipt for a workspace as it is now; None where it cannot be read.

    Args:
        root: the folder of the workspace.
        environments: names of the environments wanted; none for all.
    """
    found = find(root)
    try:
        files = [(name.encode(), path.read_bytes()) for name, path in found.files.items()]
    except OSError:
        return None
    asked = repr((sorted(set(environments)), found.problems)).encode()
    return key_of([b"receipt", asked, *(part for file in files for part in file)])


def find_receipt(store: Store, key: str) -> Receipt | None:
    """The receipt of a key, if there is one; whether it holds for an output folder is another question."""
    entry = store.get(key)
    return None if entry is None else _from_bytes(entry)


def keep_receipt(store: Store, key: str, receipt: Receipt) -> None:
    """Keep a receipt for the workspace with a key."""
    store.put(key, json.dumps(dataclasses.asdict(receipt)).encode())


def digests(output: Path, files: Iterable[str]) -> dict[str, str]:
    """The digests of files in the output folder, by their paths there."""
    return {path: digest for path in files if (digest := _digest(output / path)) is not None}


def _digest(path: Path) -> str | None:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return None


def _from_bytes(entry: bytes) -> Receipt:
    fields = json.loads(entry)
    return Receipt(
        tuple(_problem(**problem) for problem in fields["problems"]),
        tuple(StackSummary(**stack) for stack in fields["stacks"]),
        fields["digests"],
    )


def _problem(code: str, place: dict[str, object], severity: str, **texts: str) -> Problem:
    return Problem(code=Code(code), place=Place(**place), severity=Severity(severity), **texts)  # type: ignore[arg-type]
