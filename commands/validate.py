"""`auroraform validate`."""

import click

from auroraform.commands.main import EXIT_WRONG
from auroraform.commands.options import environments, problem_format
from auroraform.commands.report import Format, report
from auroraform.commands.settings import Settings
from auroraform.schemas.problems import has_errors
from auroraform.stacks import synth


@click.command("validate")
@environments
@problem_format
@click.pass_obj
def command(settings: Settings, names: tuple[str, ...], format_: Format) -> None:
    """Check manifests and environments; write nothing.

    Every problem of every file is shown at once. Neither Terraform nor AWS is asked.
    """
    outcome = synth.validate(settings.workspace, names)
    report(outcome.problems, settings, format_=format_)
    if has_errors(outcome.problems):
        raise SystemExit(EXIT_WRONG)
    if format_.is_document:
        return
    clusters = len({cluster.name for stack in outcome.stacks for cluster in stack.clusters})
    places = len({stack.environment_name for stack in outcome.stacks})
    click.echo(f"{clusters} cluster{_s(clusters)} in {places} environment{_s(places)}: valid")


def _s(count: int) -> str:
    return "" if count == 1 else "s"
