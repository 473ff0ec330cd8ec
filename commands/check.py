"""`auroraform check`."""

from datetime import date
from functools import partial
from pathlib import Path

import click

from auroraform.commands.main import EXIT_FOUND, EXIT_WRONG
from auroraform.commands.options import environments, problem_format
from auroraform.commands.report import Format, report
from auroraform.commands.settings import Settings
from auroraform.policies import waivers
from auroraform.policies.check import Checker, Outcome
from auroraform.policies.fixing import apply, edits
from auroraform.policies.registry import BadRuleError, all_rules
from auroraform.policies.rule import AnyRule
from auroraform.schemas.problems import has_errors
from auroraform.stacks.processes import build, cores
from auroraform.stacks.store import Store


@click.command("check")
@environments
@problem_format
@click.option("--strict", is_flag=True, help="Exit with 1 on warnings too.")
@click.option(
    "--rules",
    "folder",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="Rules of your own: Python files with a RULE or RULES. Rules of installed packages are found by themselves.",
)
@click.option("--fix", "is_fixing", is_flag=True, help="Show the edits that surely end findings, and make them.")
@click.option("--diff", "is_showing", is_flag=True, help="Show those edits, and make none.")
@click.pass_obj
def command(
    settings: Settings,
    names: tuple[str, ...],
    format_: Format,
    folder: Path | None,
    *,
    strict: bool,
    is_fixing: bool,
    is_showing: bool,
) -> None:
    """Hold production rules against every cluster and environment.

    What a careful database engineer would stop in review. `auroraform explain AP301` tells about a rule; docs/rules.md
    has all of them, and how to waive one.
    """
    try:
        rules = all_rules(folder)
    except BadRuleError as error:
        raise click.UsageError(str(error)) from error
    checker = Checker(settings.workspace, names, rules, date.today(), partial(build, jobs=cores()), Store.open())
    outcome = checker.run()
    if is_fixing or is_showing:
        _edit(outcome, settings, write=is_fixing and not is_showing)
        outcome = checker.run() if is_fixing and not is_showing else outcome
    standing = [one.problem for one in outcome.standing]
    waived = [(one.problem, one.waiver) for one in outcome.waived if one.waiver is not None]
    report(
        (*outcome.problems, *standing),
        settings,
        format_=format_,
        waived=waived,
        rules=(*waivers.RULES, *rules),
    )
    if has_errors(outcome.problems):
        raise SystemExit(EXIT_WRONG)
    if has_errors(standing) or (strict and (standing or outcome.problems)):
        raise SystemExit(EXIT_FOUND)
    if not format_.is_document and not standing:
        click.echo(_all_well(outcome, rules))


def _edit(outcome: Outcome, settings: Settings, *, write: bool) -> None:
    if outcome.workspace is None:
        return
    for edit in edits(outcome.found, outcome.workspace):
        click.echo(edit.diff, nl=False)
        if write:
            try:
                apply(settings.workspace, edit)
            except OSError as error:
                raise click.ClickException(f"{settings.shown(edit.file)} cannot be edited: {error}") from error
            count = len(edit.fixed)
            click.echo(f"{settings.shown(edit.file)}: {count} finding{_s(count)} fixed", err=True)


def _all_well(outcome: Outcome, rules: tuple[AnyRule, ...]) -> str:
    clusters, places = len(outcome.clusters), len(outcome.environments)
    return (
        f"{clusters} cluster{_s(clusters)} in {places} environment{_s(places)}: nothing found by {len(rules)} "
        f"rule{_s(len(rules))}"
    )


def _s(count: int) -> str:
    return "" if count == 1 else "s"
