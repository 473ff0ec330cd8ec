"""`auroraform validate`."""

import click

from auroraform.commands.main import EXIT_WRONG
from auroraform.commands.options import environments
from auroraform.commands.report import report
from auroraform.commands.settings import Settings
from auroraform.schemas.problems import has_errors
from auroraform.stacks import synth


@click.command("validate")
@environments
@click.pass_obj
def command(settings: Settings, names: tuple[str, ...]) -> None:
    """Check manifests and environments; write nothing.

    Every problem of every file is shown at once. Neither Terraform nor AWS is asked.
    """
    outcome = synth.validate(settings.workspace, names)
    report(outcome.problems, settings)
    if has_errors(outcome.problems):
        raise SystemExit(EXIT_WRONG)
    clusters = len({cluster.name for stack in outcome.stacks for cluster in stack.clusters})
    click.echo(
        f"{clusters} cluster{'s' if clusters != 1 else ''} in {len(outcome.stacks)} "
        f"environment{'s' if len(outcome.stacks) != 1 else ''}: valid"
    )
