"""`auroraform sandbox`: the commands. What they do is imported when one is called."""

import signal
from collections.abc import Callable
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final

import click

from auroraform.commands.main import EXIT_FOUND, EXIT_WRONG
from auroraform.commands.options import environments
from auroraform.commands.report import report
from auroraform.commands.settings import Settings

if TYPE_CHECKING:
    from auroraform.commands.sandbox_session import Session

_NEEDED: Final = ("moto", "boto3", "flask")
_MISSING: Final = "the sandbox needs a local AWS, which is not installed: pip install 'auroraform[sandbox]'"


@click.group("sandbox")
def command() -> None:
    """Live the life of a workspace on a local AWS, without an account.

    Terraform gets dummy credentials and one address of this machine, whatever your credentials and profiles are.
    What it makes is kept in the memory of the emulator: it is gone after `down`.
    """


@command.command("up")
@click.pass_obj
def up(settings: Settings) -> None:
    """Start the local AWS, with the buckets and networks that the workspace names."""

    def run(session: "Session") -> None:
        stacks = session.synthesize(())
        emulator = session.up(stacks)
        click.echo(f"a local AWS is up at {emulator.url}; its log is {session.sandbox.log}")

    _run(settings, run)


@command.command("apply")
@environments
@click.pass_obj
def apply(settings: Settings, names: tuple[str, ...]) -> None:
    """Synthesize, and apply the stacks there; starts the local AWS where it is not up."""

    def run(session: "Session") -> None:
        stacks = session.synthesize(names)
        emulator = session.up(stacks)
        session.apply(emulator, stacks, names)

    _run(settings, run)


@command.command("plan")
@environments
@click.pass_obj
def plan(settings: Settings, names: tuple[str, ...]) -> None:
    """Synthesize, and show what apply would do there."""

    def run(session: "Session") -> None:
        stacks = session.synthesize(names)
        session.plan(session.up(stacks), stacks, names)

    _run(settings, run)


@command.command("destroy")
@environments
@click.pass_obj
def destroy(settings: Settings, names: tuple[str, ...]) -> None:
    """Destroy what was applied there; refused where an environment protects it."""

    def run(session: "Session") -> None:
        stacks = session.synthesize(names)
        session.destroy(session.up(stacks), stacks, names)

    _run(settings, run)


@command.command("down")
@click.pass_obj
def down(settings: Settings) -> None:
    """End the local AWS, and with it all that was made there."""
    _run(settings, lambda session: click.echo("it is down" if session.sandbox.stop() else "nothing was up"))


@command.command("try")
@environments
@click.option("--keep", is_flag=True, help="Leave the local AWS up, with what was made.")
@click.pass_obj
def try_(settings: Settings, names: tuple[str, ...], *, keep: bool) -> None:
    """Do all of it once: up, apply, a plan that changes nothing, a table of what was made, down."""
    _run(settings, lambda session: session.try_all(names, keep=keep))


def _run(settings: Settings, run: "Callable[[Session], None]") -> None:
    """Do something in the sandbox; a fault of it becomes a message and an exit code."""
    if not all(find_spec(name) for name in _NEEDED):
        click.echo(f"error: {_MISSING}", err=True)
        raise SystemExit(EXIT_WRONG)
    from auroraform.commands.sandbox_session import InvalidWorkspaceError, Session  # noqa: PLC0415
    from auroraform.sandbox.errors import SandboxError, TerraformFailedError  # noqa: PLC0415

    # Who ends us otherwise means the same, and we have processes to end.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        session = Session(settings)
        with session.sandbox.alone():
            run(session)
    except InvalidWorkspaceError as invalid:
        report(invalid.problems, settings, "nothing was run")
        raise SystemExit(EXIT_WRONG) from None
    except TerraformFailedError as error:
        click.echo(f"error: {error}", err=True)
        raise SystemExit(EXIT_FOUND) from None
    except SandboxError as error:
        click.echo(f"error: {error}", err=True)
        raise SystemExit(EXIT_WRONG) from None
