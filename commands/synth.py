"""`auroraform synth`."""

from pathlib import Path

import click

from auroraform.commands.main import EXIT_FOUND, EXIT_WRONG
from auroraform.commands.options import environments
from auroraform.commands.options import output as output_option
from auroraform.commands.report import report
from auroraform.commands.settings import Settings, find_output
from auroraform.schemas.problems import has_errors
from auroraform.stacks.layout import is_script, stack_path
from auroraform.stacks.processes import cores
from auroraform.stacks.receipts import StackSummary
from auroraform.stacks.run import Run, Runner
from auroraform.stacks.store import Store


@click.command("synth")
@environments
@output_option
@click.option(
    "--check",
    "only_check",
    is_flag=True,
    help="Write nothing; exit with 1 and a diff where the output folder is stale, incomplete or has stacks left over.",
)
@click.option(
    "-j",
    "--jobs",
    type=click.IntRange(min=1),
    metavar="N",
    help="How many processes may build at once; the output is the same. [default: the number of cores]",
)
@click.option(
    "--no-cache",
    is_flag=True,
    help="Build everything anew: neither use nor keep what is known from earlier runs.",
)
@click.pass_obj
def command(
    settings: Settings,
    names: tuple[str, ...],
    output: Path | None,
    jobs: int | None,
    *,
    only_check: bool,
    no_cache: bool,
) -> None:
    """Synthesize Terraform JSON, one stack per environment or cluster.

    With any error nothing is written. What is not ours in the output folder is left alone. What has not changed since
    an earlier run is not built again.
    """
    folder = output or find_output()
    store = None if no_cache else Store.open()
    runner = Runner(settings.workspace, folder, names, jobs or cores(), store)
    if only_check:
        _check(settings, folder, runner.compare())
    else:
        _show(settings, folder, runner.synthesize())


def _show(settings: Settings, folder: Path, run: Run) -> None:
    report(run.problems, settings, "nothing was written" if has_errors(run.problems) else "")
    written = run.written
    if written is None:
        raise SystemExit(EXIT_WRONG)
    width = max(len(stack.name) for stack in run.stacks)
    for stack in run.stacks:
        path = stack_path(stack.name)
        state = "written" if path in written.changed else "unchanged"
        click.echo(f"{stack.name:<{width}}  {(folder / path).as_posix()}  {_contents(stack)}, {state}")
    for path in filter(is_script, written.changed):
        click.echo(f"{'':<{width}}  {(folder / path).as_posix()}  users, written: run it once the stack is applied")
    for path in written.removed:
        what = "the users that it makes are" if is_script(path) else "its stack is"
        click.echo(f"removed {(folder / path).as_posix()}: {what} gone from the workspace", err=True)


def _check(settings: Settings, folder: Path, run: Run) -> None:
    report(run.problems, settings)
    if run.differences is None:
        raise SystemExit(EXIT_WRONG)
    for difference in run.differences:
        click.echo(difference.diff, nl=False)
    for difference in run.differences:
        click.echo(f"{difference.fault}: {(folder / difference.path).as_posix()}", err=True)
    if run.differences:
        click.echo("run `auroraform synth` and commit what it writes", err=True)
        raise SystemExit(EXIT_FOUND)
    count = len(run.stacks)
    click.echo(f"{count} stack{'' if count == 1 else 's'} in {folder.as_posix()}: up to date")


def _contents(stack: StackSummary) -> str:
    return f"{stack.clusters} cluster{'s' if stack.clusters != 1 else ''} in {stack.region}"
