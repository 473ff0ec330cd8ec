"""`auroraform schema`."""

import click

from auroraform.schemas import json_schema


@click.command("schema")
@click.option(
    "--kind",
    type=click.Choice(tuple(json_schema.KINDS)),
    help="The schema of this kind of document. [default: one for files that hold either]",
)
def command(kind: str | None) -> None:
    """Print JSON Schema of manifests and environments, for editors.

    docs/editor.md says how an editor is told of it.
    """
    click.echo(json_schema.text(kind or json_schema.ANY), nl=False)
