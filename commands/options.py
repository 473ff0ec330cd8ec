"""Options that several commands share."""

from pathlib import Path

import click

from auroraform.commands.report import Format

environments = click.option(
    "--env",
    "names",
    multiple=True,
    metavar="NAME",
    help="Only this environment; may be given several times. [default: all]",
)

output_format = click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="For people, or for programs.",
)

problem_format = click.option(
    "--format",
    "format_",
    type=click.Choice([format_.value for format_ in Format]),
    callback=lambda _ctx, _param, value: Format(value),
    default=Format.TEXT.value,
    show_default=True,
    help="How to show problems. json and sarif are documents for programs; github are annotations for its workflows.",
)

output = click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="FOLDER",
    help="Where to write. [default: CDKTF_OUTDIR, else cdktf.out]",
)
