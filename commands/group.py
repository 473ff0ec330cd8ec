"""`auroraform`: the group of all commands, loaded one by one so that `--help` stays quick."""

from importlib import import_module
from pathlib import Path
from typing import Final

import click

from auroraform.commands.settings import Settings, find_workspace

_COMMANDS: Final = {
    "bootstrap": "Synthesize the stacks that make state buckets and lock tables.",
    "check": "Hold production rules against clusters and environments.",
    "explain": "Show where every value, or a Terraform address, comes from.",
    "init": "Start an infrastructure repository: a manifest, environments, CI.",
    "list": "Show manifests, environments, and stacks with their state.",
    "sandbox": "Apply the workspace on a local AWS, without an account.",
    "schema": "Print JSON Schema of manifests and environments, for editors.",
    "synth": "Synthesize Terraform JSON, one stack per environment.",
    "validate": "Check manifests and environments; write nothing.",
}


class _Commands(click.Group):
    """Imports the module of a command when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return sorted(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in _COMMANDS:
            return None
        command = import_module(f"auroraform.commands.{cmd_name}").command
        assert isinstance(command, click.Command)  # noqa: S101
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl(sorted(_COMMANDS.items()))


def _show_version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:  # noqa: FBT001 - click's signature
    if wanted:
        # Reading metadata costs as much as click itself.
        from importlib.metadata import version  # noqa: PLC0415

        click.echo(f"auroraform {version('auroraform')}")
        ctx.exit()


@click.command(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "-C",
    "--workspace",
    "folder",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="The workspace: the folder with manifests/ and environments/. "
    "[default: AURORAFORM_WORKSPACE, else the context key `workspace` of cdktf.json, else the current folder]",
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_show_version,
    help="Show the version and exit.",
)
@click.pass_context
def cli(ctx: click.Context, folder: Path | None) -> None:
    """AWS Aurora clusters from short YAML manifests, as plain Terraform JSON.

    Exit codes: 0 all is well, 1 a check found something, 2 the input or the call is wrong.
    """
    ctx.obj = Settings(workspace=folder or find_workspace())
