"""`auroraform list`."""

import json
import textwrap
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import zip_longest
from typing import Final

import click

from auroraform.commands.cost_shape import document, sections
from auroraform.commands.main import EXIT_WRONG
from auroraform.commands.options import output_format
from auroraform.commands.report import report
from auroraform.commands.settings import Settings
from auroraform.schemas.problems import has_errors
from auroraform.stacks.billing.shape import cost_shape
from auroraform.stacks.inventory import Inventory, ListedManifest, ListedStack, take_inventory

_WIDTH: Final = 100


@click.command("list")
@click.option("--cost-shape", "is_shape", is_flag=True, help="What AWS will bill, by environment; without prices.")
@output_format
@click.pass_obj
def command(settings: Settings, format_: str, *, is_shape: bool) -> None:
    """Show manifests, environments, and stacks with their state.

    What has errors is left out, as far as it cannot be read; the errors are shown, and the exit code is 2.
    """
    if is_shape:
        _show_shape(settings, format_)
        return
    inventory = take_inventory(settings.workspace)
    report(inventory.problems, settings)
    if format_ == "json":
        click.echo(json.dumps(_document(inventory), indent=2, ensure_ascii=False))
    else:
        for section in _sections(inventory, settings):
            click.echo(section)
    if has_errors(inventory.problems):
        raise SystemExit(EXIT_WRONG)


def _show_shape(settings: Settings, format_: str) -> None:
    shape = cost_shape(settings.workspace, date.today())
    report(shape.problems, settings)
    if format_ == "json":
        click.echo(json.dumps(document(shape), indent=2, ensure_ascii=False))
    else:
        click.echo("\n\n".join(sections(shape)))
    if has_errors(shape.problems):
        raise SystemExit(EXIT_WRONG)


def _sections(inventory: Inventory, settings: Settings) -> Iterator[str]:
    parts = {
        "manifests": _aligned((one.name, *_engine(one), settings.shown(one.file)) for one in inventory.manifests),
        "environments": _aligned(
            (one.name, one.spec.class_, one.spec.region, one.spec.account_id, settings.shown(one.file))
            for one in inventory.environments
        ),
        "stacks": list(_stacks(inventory.stacks)),
    }
    filled = {title: lines for title, lines in parts.items() if lines}
    for number, (title, lines) in enumerate(filled.items()):
        yield "\n".join((*([""] if number else []), click.style(title, bold=True), *(f"  {line}" for line in lines)))


def _aligned(rows: Iterable[tuple[str, ...]]) -> list[str]:
    rows = list(rows)
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return ["  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]


def _engine(manifest: ListedManifest) -> tuple[str, str]:
    """Engine and version: once where they are the same everywhere, else with the environments of each."""
    names = {name: engine.name or "?" for name, engine in manifest.engines.items()}
    versions = {name: engine.version or "?" for name, engine in manifest.engines.items()}
    return _by_environment(names), _by_environment(versions)


def _by_environment(values: dict[str, str]) -> str:
    distinct = dict.fromkeys(values.values())
    if len(distinct) <= 1:
        return next(iter(distinct), "-")
    return ", ".join(f"{value} ({' '.join(n for n, v in values.items() if v == value)})" for value in distinct)


def _stacks(stacks: tuple[ListedStack, ...]) -> Iterator[str]:
    width = max((len(stack.name) for stack in stacks), default=0)
    for stack in stacks:
        clusters = textwrap.wrap(", ".join(stack.clusters) or "no clusters", _WIDTH - width, break_on_hyphens=False)
        for name, line in zip_longest([stack.name], [*clusters, stack.state, *_lock(stack)], fillvalue=""):
            yield f"{name:<{width}}  {line}"


def _lock(stack: ListedStack) -> list[str]:
    """What keeps two applies apart; other backends see to that themselves, or do without."""
    locks = [f"the table {stack.lock_table}"] if stack.lock_table else []
    locks += ["an object beside it"] if stack.use_lockfile else []
    return [f"locked through {' and '.join(locks)}"] if locks else []


def _document(inventory: Inventory) -> dict[str, object]:
    return {
        "manifests": [
            {
                "name": one.name,
                "file": one.file,
                "environments": {
                    name: {"engine": engine.name, "engineVersion": engine.version}
                    for name, engine in one.engines.items()
                },
            }
            for one in inventory.manifests
        ],
        "environments": [
            {
                "name": one.name,
                "file": one.file,
                "class": one.spec.class_,
                "region": one.spec.region,
                "accountId": one.spec.account_id,
            }
            for one in inventory.environments
        ],
        "stacks": [
            {
                "name": one.name,
                "environment": one.environment,
                "clusters": list(one.clusters),
                "state": {
                    "backend": one.backend,
                    "location": one.state,
                    "dynamodbTable": one.lock_table,
                    "useLockfile": one.use_lockfile,
                },
            }
            for one in inventory.stacks
        ],
    }
