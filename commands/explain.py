"""`auroraform explain`."""

import json
import re

import click

from auroraform.commands.explained import document, reasons, text
from auroraform.commands.main import EXIT_WRONG
from auroraform.commands.options import output_format
from auroraform.commands.report import report
from auroraform.commands.settings import Settings
from auroraform.policies import prose, waivers
from auroraform.policies.registry import all_rules
from auroraform.schemas.codes.prose import describe
from auroraform.schemas.problems import Code, has_errors
from auroraform.stacks.explanation.explain import explain, explain_address


@click.command("explain")
@click.argument("subject", metavar="MANIFEST|ADDRESS|CODE")
@click.argument("path", required=False, default="")
@click.option(
    "--env", "environment", metavar="NAME", help="The environment. [default: the only one; of an address, all]"
)
@output_format
@click.pass_obj
def command(settings: Settings, subject: str, path: str, environment: str | None, format_: str) -> None:
    """Show where every value of a cluster comes from.

    For each value of MANIFEST in an environment: the layer, the file and line, and what it overrode. PATH, such as
    instances.count, narrows that to a field or a group of fields.

    Of a Terraform ADDRESS, such as aws_rds_cluster_instance.orders_1: the manifest, field and line that made it.

    Of the CODE of a problem or a rule, such as AF102 or AP301: what it means and why, with an example that fails and
    one that passes.
    """
    if re.fullmatch(r"[A-Z]{2,10}[0-9]+", subject):
        if path or format_ != "text":
            raise click.UsageError(f"{subject} is a code: it has no PATH, and is explained in text alone")
        _explain_code(subject)
        return
    # No manifest has a dot in its name, and every address has one.
    is_address = "." in subject
    if is_address and path:
        raise click.UsageError(f"{subject} is an address, and an address has no PATH")
    answer = (
        explain_address(settings.workspace, subject, environment)
        if is_address
        else explain(settings.workspace, subject, environment, path)
    )
    report(answer.problems, settings)
    if answer.is_partial:
        click.echo("the workspace has errors, which may hide more of this address: see auroraform validate", err=True)
    if answer.explanations:
        if format_ == "json":
            found = document(answer.explanations)
            shown = {"address": subject, "madeBy": found} if is_address else found[0]
            click.echo(json.dumps(shown, indent=2, ensure_ascii=False))
        else:
            if is_address:
                click.echo(f"{reasons(subject, answer.explanations)}\n")
            click.echo(text(answer.explanations, settings))
    if has_errors(answer.problems):
        raise SystemExit(EXIT_WRONG)


def _explain_code(subject: str) -> None:
    known = {code.value: code for code in Code}
    if subject in known:
        click.echo(describe(known[subject]))
        return
    rules = {rule.code: rule for rule in (*waivers.RULES, *all_rules())}
    if subject not in rules:
        raise click.UsageError(f"there is no code {subject}; docs/errors.md and docs/rules.md list all")
    click.echo(prose.describe(rules[subject]))
