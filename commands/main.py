"""The way in: imports little, so that an interruption finds a handler from the first moments on."""

import atexit
import gc
import os
import signal
import sys
from pathlib import Path
from types import FrameType
from typing import Final

EXIT_FOUND: Final = 1
EXIT_WRONG: Final = 2
EXIT_INTERRUPTED: Final = 130


_interruptions: Final[list[int]] = []


def interrupted() -> bool:
    """Whether somebody has interrupted the process: what fails after that fails because of it, as Node ends too."""
    return bool(_interruptions)


def _interrupt(number: int, frame: FrameType | None) -> None:
    _interruptions.append(number)
    # Where it meets code that cannot be left, Python prints a traceback and goes on; Node ends, and so does the run.
    sys.unraisablehook = lambda _: None
    signal.default_int_handler(number, frame)


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and leave the process with its exit code."""
    signal.signal(signal.SIGINT, _interrupt)
    # A run ends soon and gives everything back at once. To look for circles of objects on the way, and once more at the
    # end, takes a sixth of its time.
    gc.disable()
    atexit.register(gc.freeze)
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
