"""Entries as text: Markdown for docs/errors.md and code scanning, plain text for terminals."""

import textwrap
from collections.abc import Iterator
from typing import Final

from auroraform.schemas.codes.entries import Entry, Example, entry
from auroraform.schemas.problems import Code, Severity

_COLUMNS: Final = 100
_PAGE: Final = 118
_CODE: Final = "    "
_FAILS: Final = {Severity.ERROR: "This fails:", Severity.WARNING: "This gets the warning:"}


def describe(code: Code) -> str:
    """What a code means, for a terminal."""
    about = entry(code)
    return f"{about.severity}[{code}]: {about.title}\n\n{text(about)}"


def text(about: Entry) -> str:
    """What a code means, why, and two examples."""
    return "\n\n".join(
        (
            textwrap.fill(about.meaning, _COLUMNS),
            textwrap.fill(f"Why: {about.why}", _COLUMNS),
            f"{_FAILS[about.severity]}\n\n{textwrap.indent(shown(about.fails), _CODE)}",
            f"This passes:\n\n{textwrap.indent(shown(about.passes), _CODE)}",
        )
    )


def markdown(about: Entry) -> str:
    """The same as Markdown, without a heading."""
    return "\n\n".join(
        (
            textwrap.fill(about.meaning, _PAGE),
            textwrap.fill(f"**Why:** {about.why}", _PAGE),
            f"{_FAILS[about.severity]}\n\n{fenced(about.fails)}",
            f"This passes:\n\n{fenced(about.passes)}",
        )
    )


def fenced(example: Example) -> str:
    """The files and the call of an example, as a block of Markdown."""
    return f"```yaml\n{shown(example)}\n```"


def shown(example: Example) -> str:
    """The files and the call, each file under its path."""
    return "\n\n".join(_parts(example))


def _parts(example: Example) -> Iterator[str]:
    if example.setup:
        yield f"# with {example.setup}"
    for path, content in (example.before or {}).items():
        yield f"# {path}, at an earlier auroraform synth\n{content.rstrip()}"
    note = "" if example.encoding == "utf-8" else f" (in {example.encoding})"
    for path, content in example.files.items():
        yield f"# {path}{note}\n{content.rstrip()}"
    if example.call != Example.model_fields["call"].default or not example.files:
        yield f"# $ {example.call}"
