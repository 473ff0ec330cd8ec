"""The steps that `auroraform bootstrap` prints, done as a user does them who answers yes."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Final

from support.terraform import Stack
from support.terraform_discovery import Tool

# What Terraform would ask for.
_UNATTENDED: Final = {
    "init": ("-input=false",),
    "init -migrate-state": ("-input=false", "-force-copy"),
    "apply": ("-input=false", "-auto-approve"),
    "plan": ("-input=false", "-detailed-exitcode"),
}


def follow(printed: str, stack: Stack, tool: Tool, auroraform: Callable[..., object]) -> None:
    """Do what is printed for the one stack of a state bucket.

    Args:
        printed: what `auroraform bootstrap` says.
        stack: the stack in the folder that it has written.
        tool: where this machine keeps its provider.
        auroraform: calls the command line; fails where that does.
    """
    for line in _commands(printed):
        program, *arguments = shlex.split(line)
        if program == "auroraform":
            auroraform(*arguments)
        elif program == "rm":
            for name in arguments[1:]:
                Path(name).unlink(missing_ok=True)
        else:
            chdir, *rest = arguments
            assert (program, chdir) == ("terraform", f"-chdir={stack.folder}")
            mirror = tool.plugins.init_arguments if rest[0] == "init" else ()
            stack.run(*rest, *_UNATTENDED[" ".join(rest)], "-no-color", *mirror)


def _commands(printed: str) -> list[str]:
    """The lines to type, which are indented."""
    return [line.strip() for line in printed.splitlines() if line.startswith("       ")]
