"""`auroraform init`."""

import shlex
from collections.abc import Callable, Iterable, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Final, NoReturn

import click
from pydantic import TypeAdapter, ValidationError

from auroraform.commands import scaffold
from auroraform.commands.main import EXIT_WRONG
from auroraform.schemas.values import Name, Region

_NEXT_STEPS: Final = (
    "auroraform validate",
    "auroraform bootstrap    # the state bucket and the lock table",
    "auroraform synth        # then commit everything, cdktf.out too",
)


def _checked(adapter: TypeAdapter[str]) -> Callable[[click.Context, click.Parameter, str | None], str | None]:
    """Take what a manifest or an environment would take, for the same reasons."""

    def check(_ctx: click.Context, _param: click.Parameter, value: str | None) -> str | None:
        try:
            return None if value is None else adapter.validate_python(value)
        except ValidationError as error:
            why = error.errors()[0]["ctx"]
            raise click.BadParameter(f'"{value}" {why["what"]}; {why["advice"]}') from None

    return check


@click.command("init")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
@click.option(
    "--name",
    callback=_checked(TypeAdapter(Name)),
    metavar="NAME",
    default="app",
    show_default=True,
    help="Name of the first cluster.",
)
@click.option(
    "--region",
    callback=_checked(TypeAdapter(Region)),
    metavar="REGION",
    default="eu-west-1",
    show_default=True,
    help="AWS Region of all environments.",
)
@click.option(
    "--organization",
    callback=_checked(TypeAdapter(Name)),
    metavar="NAME",
    help="A tag of the cluster, and the beginning of bucket names. [default: none]",
)
def command(folder: Path, name: str, region: str, organization: str | None) -> None:
    """Start an infrastructure repository in DIR.

    It gets one manifest, three environments, a CI workflow and a README. DIR may exist and hold other files; nothing
    is overwritten.
    """
    files = scaffold.render(scaffold.Answers(name, region, organization, version("auroraform")))
    if problems := scaffold.faults(files):
        _refuse("these values do not fit", (f"{p.path}: {p.message}" for p in problems))
    if obstacles := scaffold.in_the_way(folder, files):
        _refuse("these are in the way", ((folder / path).as_posix() for path in obstacles))
    try:
        scaffold.create(folder, files)
    except OSError as error:
        _refuse(f"{error.filename}: {error.strerror}")
    click.echo(_report(folder, files))


def _refuse(why: str, what: Iterable[str] = ()) -> NoReturn:
    click.echo("\n  ".join((f"nothing was written: {why}", *what)), err=True)
    raise SystemExit(EXIT_WRONG)


def _report(folder: Path, files: Mapping[str, str]) -> str:
    todos = [(f"{todo.file}:{todo.line}", todo.text) for todo in scaffold.todos(files)]
    width = max(len(place) for place, _ in todos)
    return "\n".join(
        (
            f"{len(files)} files are now in {folder.as_posix()}:",
            *(f"  {path}" for path in files),
            "",
            "To be replaced before the first plan:",
            *(f"  {place:<{width}}  {text}" for place, text in todos),
            "",
            "Next (README.md says more):",
            f"  cd {shlex.quote(folder.as_posix())}",
            *(f"  {step}" for step in _NEXT_STEPS),
        )
    )
