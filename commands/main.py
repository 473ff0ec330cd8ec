"""The way in: imports little, so that an interruption finds a handler from the first moments on."""

import os
import sys
from pathlib import Path
from typing import Final

EXIT_FOUND: Final = 1
EXIT_WRONG: Final = 2
EXIT_INTERRUPTED: Final = 130


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and leave the process with its exit code."""
    try:
        _run(arguments)
    except KeyboardInterrupt:
        sys.stderr.write("interrupted; every file is whole, the old one or the new one\n")
        # Node was interrupted too, and jsii complains about that while the process ends.
        sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - open until the end
        raise SystemExit(EXIT_INTERRUPTED) from None


def _run(arguments: list[str] | None) -> None:
    import click  # noqa: PLC0415

    from auroraform.commands.group import cli  # noqa: PLC0415

    try:
        cli.main(arguments, prog_name="auroraform", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        raise SystemExit(error.exit_code) from None
    except click.Abort:
        raise KeyboardInterrupt from None
