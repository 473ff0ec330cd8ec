"""`auroraform synth`."""

from pathlib import Path

import click

from auroraform.commands.main import EXIT_FOUND, EXIT_WRONG
from auroraform.commands.options import environments
from auroraform.commands.options import output as output_option
from auroraform.commands.report import report
from auroraform.commands.settings import Settings, find_output
from auroraform.schemas.problems import has_errors
from auroraform.stacks import synth
from auroraform.stacks.render import stack_path
from auroraform.stacks.resolve import ResolvedStack


@click.command("synth")
@environments
@output_option
@click.option(
    "--check",
    "only_check",
    is_flag=True,
    help="Write nothing; exit with 1 and a diff where the output folder is stale, incomplete or has stacks left over.",
)
@click.pass_obj
def command(settings: Settings, names: tuple[str, ...], output: Path | None, *, only_check: bool) -> None:
    """Synthesize Terraform JSON, one stack per environment or cluster.

    With any error nothing is written. What is not ours in the output folder is left alone.
    """
    folder = output or find_output()
    if only_check:
        _check(settings, folder, names)
        return
    outcome = synth.synthesize(settings.workspace, folder, names)
    report(outcome.problems, settings, "nothing was written" if has_errors(outcome.problems) else "")
    written = outcome.written
    if written is None:
        raise SystemExit(EXIT_WRONG)
    width = max(len(stack.name) for stack in outcome.stacks)
    for stack in outcome.stacks:
        path = stack_path(stack.name)
        state = "written" if path in written.changed else "unchanged"
        click.echo(f"{stack.name:<{width}}  {(folder / path).as_posix()}  {_contents(stack)}, {state}")
    for path in written.removed:
        click.echo(f"removed {(folder / path).as_posix()}: its stack is gone from the workspace", err=True)


def _check(settings: Settings, folder: Path, names: tuple[str, ...]) -> None:
    outcome = synth.compare(settings.workspace, folder, names)
    report(outcome.problems, settings)
    if outcome.differences is None:
        raise SystemExit(EXIT_WRONG)
    for difference in outcome.differences:
        click.echo(difference.diff, nl=False)
    for difference in outcome.differences:
        click.echo(f"{difference.fault}: {(folder / difference.path).as_posix()}", err=True)
    if outcome.differences:
        click.echo("run `auroraform synth` and commit what it writes", err=True)
        raise SystemExit(EXIT_FOUND)
    count = len(outcome.stacks)
    click.echo(f"{count} stack{'' if count == 1 else 's'} in {folder.as_posix()}: up to date")


def _contents(stack: ResolvedStack) -> str:
    clusters = len(stack.clusters)
    return f"{clusters} cluster{'s' if clusters != 1 else ''} in {stack.environment.region}"
