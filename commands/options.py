"""Options that several commands share."""

import click

environments = click.option(
    "--env",
    "names",
    multiple=True,
    metavar="NAME",
    help="Only this environment; may be given several times. [default: all]",
)
