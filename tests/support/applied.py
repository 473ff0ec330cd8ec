"""A development stack with the cluster `orders`, as it is in a local AWS after it was applied."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from auroraform.sandbox.emulator.network import Subnet, Vpc
from auroraform.sandbox.emulator.process import Emulator
from auroraform.stacks.synth import synthesize
from support.terraform import Stack
from support.terraform_discovery import Tool
from support.workspaces import Files, environment, manifest

NETWORK: Final = Vpc(
    id="vpc-0a",
    subnets=tuple(Subnet(id=f"subnet-0{az}", cidr=f"10.0.{n}.0/24") for n, az in enumerate("abc")),
)
"""The network of the environments that `support.workspaces` writes."""


@dataclass(frozen=True)
class Orders:
    """The workspace, and the stack that was applied from it."""

    files: Files
    stack: Stack

    def changes(self) -> dict[str, tuple[str, ...]]:
        """What a plan would do."""
        plan = self.stack.plan()
        found = self.stack.show(plan).actions()
        assert plan.changed == bool(found)
        return found

    def write(self, spec: str) -> None:
        """Synthesize another manifest into the stack's folder."""
        self.files.write(manifests__orders=manifest(spec))
        output = self.files.root.parent / "out"
        assert synthesize(self.files.root, output).written is not None
        (self.stack.folder / "cdk.tf.json").write_bytes((output / "stacks/dev/cdk.tf.json").read_bytes())


def applied_orders(emulator: Emulator, folder: Path, tool: Tool, spec: str, *, where: str = "") -> Orders:
    """Apply a manifest with this spec in an empty account.

    Args:
        emulator: the local AWS, of any account.
        folder: an empty folder.
        tool: Terraform or OpenTofu.
        spec: YAML that is added to the manifest's spec.
        where: YAML that is added to the environment's spec.
    """
    emulator.reset()
    emulator.seed(NETWORK)
    files = Files(folder / "workspace")
    files.write(
        manifests__orders=manifest(spec),
        # moto forgets descriptions of ingress rules.
        environments__dev=environment("dev", "development", spec=where)
        .replace("111122223333", emulator.account_id)
        .replace("    applicationSecurityGroupIds: [sg-0app]\n", ""),
    )
    assert synthesize(files.root, folder / "out").written is not None
    stack = Stack.copy(folder / "out/stacks/dev", folder / "dev", tool, emulator.environment())
    stack.init()
    stack.apply()
    return Orders(files, stack)
