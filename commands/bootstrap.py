"""`auroraform bootstrap`."""

import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import click

from auroraform.commands.main import EXIT_WRONG
from auroraform.commands.options import environments
from auroraform.commands.options import output as output_option
from auroraform.commands.report import report
from auroraform.commands.settings import Settings, find_output
from auroraform.schemas.problems import has_errors
from auroraform.stacks import bootstrap
from auroraform.stacks.bootstrap import Bootstrap
from auroraform.stacks.layout import STACK_FILE
from auroraform.stacks.storage import SharedStorage

STEPS: Final = """\
{bucket}, if it does not exist yet (with tofu instead of terraform, if that is yours):

  1. Keep the state of this stack in a local file for now:
       {again} --local-state
  2. Make the bucket and what belongs to it, with credentials of account {account}:
       terraform -chdir={folder} init
       terraform -chdir={folder} apply
  3. Turn to the bucket as the place of the state:
       {again}
  4. Move the state there; answer yes:
       terraform -chdir={folder} init -migrate-state
  5. See that it arrived ("No changes"), and delete the local copy:
       terraform -chdir={folder} plan
       rm -f {folder}/terraform.tfstate {folder}/terraform.tfstate.backup

Once it exists, `terraform init` and `terraform apply` in that folder are all that a change takes.
"""

KEY_ADVICE: Final = """\
Its environments name no KMS key, so Terraform asks for encryption by S3's own. For the bucket's, write in spec.state:
  kmsKeyId: {key}
"""


@click.command("bootstrap")
@environments
@output_option
@click.option(
    "--local-state",
    is_flag=True,
    help="For the first apply, before the bucket exists: keep the state of its own stack in a local file.",
)
@click.pass_context
def command(ctx: click.Context, names: tuple[str, ...], output: Path | None, *, local_state: bool) -> None:
    """Synthesize the stacks that make state buckets and lock tables.

    One stack per bucket that environments name, in the folder bootstrap/ of the output, and the steps that
    bring its own state into the bucket. Nothing is made before you apply it.
    """
    settings: Settings = ctx.obj
    folder = output or find_output()
    made = bootstrap.synthesize(settings.workspace, folder, names, local_state=local_state)
    report(made.problems, settings, "nothing was written" if has_errors(made.problems) else "")
    if has_errors(made.problems):
        raise SystemExit(EXIT_WRONG)
    for line in _summary(made, folder):
        click.echo(line)
    for shared in made.storages:
        click.echo(f"\n{_steps(shared, folder, _again(ctx, shared))}", nl=False)


def _summary(made: Bootstrap, output: Path) -> Iterator[str]:
    for shared in made.storages:
        folder = bootstrap.folder_of(shared)
        state = "written" if any(Path(path).parent == Path(folder) for path in made.changed) else "unchanged"
        where = f"account {shared.common.account_id} in {shared.common.region}"
        yield f"{(output / folder / STACK_FILE).as_posix()}  for {', '.join(shared.environments)}: {where}, {state}"
    for environment in made.without:
        keeper = "HCP Terraform" if environment.model.spec.state.backend == "cloud" else "a local file"
        yield f"nothing to make for {environment.name}: it keeps its state in {keeper}"


def _steps(shared: SharedStorage, output: Path, again: str) -> str:
    folder = shlex.quote((output / bootstrap.folder_of(shared)).as_posix())
    storage = shared.storage
    steps = STEPS.format(bucket=storage.bucket, account=storage.account_id, folder=folder, again=again)
    return steps + ("\n" + KEY_ADVICE.format(key=storage.key_alias_arn) if storage.allows_sse_s3 else "")


def _again(ctx: click.Context, shared: SharedStorage) -> str:
    """This call for one bucket, as it can be typed once more."""
    workspace = ctx.parent.params.get("folder") if ctx.parent else None
    output = ctx.params["output"]
    arguments = ["-C", workspace.as_posix()] if workspace else []
    arguments += ["bootstrap", "--env", shared.environments[0]]
    arguments += ["--output", output.as_posix()] if output else []
    return shlex.join(["auroraform", *arguments])
