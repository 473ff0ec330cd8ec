"""Stacks of environments that keep their states in one bucket, as several people have them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from support.locks import StateBucket
from support.terraform import Stack
from support.terraform_discovery import Tool


@dataclass(frozen=True)
class Checkouts:
    """Synthesized stacks, and the bucket of their states.

    Attributes:
        stacks: the folder of the synthesized stacks.
        work: where the checkouts of people go.
        variables: what sends Terraform to the emulator.
    """

    states: StateBucket
    stacks: Path
    work: Path
    tool: Tool
    variables: Mapping[str, str]

    def clone(self, environment: str, name: str = "mine", variables: Mapping[str, str] | None = None) -> Stack:
        """A stack as somebody has it; another name is another person."""
        folder = self.work / name / environment
        variables = {**self.variables, **(variables or {})}
        return Stack.copy(self.stacks / environment, folder, self.tool, variables, local_state=False)

    def checkout(self, environment: str, name: str = "mine", variables: Mapping[str, str] | None = None) -> Stack:
        """The same, initialized."""
        stack = self.clone(environment, name, variables)
        stack.init()
        return stack

    def addresses(self, key: str) -> set[str]:
        """What a state holds."""
        return {f"{r['type']}.{r['name']}" for r in self.states.state(key)["resources"] if r["mode"] == "managed"}

    def locks(self) -> set[str]:
        """Every state that is locked in either way."""
        files = {key.removesuffix(".tflock") for key in self.states.objects() if key.endswith(".tflock")}
        return files | {id_.removeprefix(f"{self.states.bucket}/") for id_ in self.states.lock_ids()}
