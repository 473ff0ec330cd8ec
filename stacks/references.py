"""What `valueFrom` references resolve to: clusters of the workspace first, then the environment's table."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Final

from auroraform.schemas.environment import EnvironmentSpec
from auroraform.schemas.manifest import KIND as CLUSTER
from auroraform.schemas.outputs import GROUP_OUTPUT, MADE_LAST, OUTPUTS, SECRET_OUTPUT, expression
from auroraform.schemas.problems import Place
from auroraform.schemas.referable import Referable
from auroraform.schemas.references import (
    FromLookup,
    FromRemoteState,
    FromSsmParameter,
    Reference,
    Source,
    TextOrReference,
    Value,
)
from auroraform.schemas.resolved.expressions import Expression, Lookup
from auroraform.schemas.shape import suggest
from auroraform.stacks.backend import remote_state
from auroraform.stacks.cycles import Use

_OUTPUT_PATH: Final = "status.outputs."


@dataclass(frozen=True, slots=True)
class Found:
    """What one value is: text, or an expression.

    Attributes:
        key: tells it from others where its value may be unknown: the text, or the name of what is referred to.
        is_list: the expression gives a list.
    """

    value: str
    key: str
    is_list: bool = False


@dataclass(frozen=True, slots=True)
class Unresolved:
    """Why a reference resolves to nothing, and what would have."""

    message: str
    help: str


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The other clusters and environments of a workspace.

    Attributes:
        environments: every environment that is whole.
        targets: the environments of each cluster.
        lacks_group: whether no security group is made in an environment for a cluster.
    """

    environments: dict[str, EnvironmentSpec]
    targets: dict[str, frozenset[str]]
    lacks_group: Callable[[str, str], bool]

    def stack_of(self, environment: str, cluster: str) -> str:
        """The stack that a cluster is in."""
        is_alone = self.environments[environment].stack_per == "cluster"
        return f"{environment}-{cluster}" if is_alone else environment


@dataclass(frozen=True, slots=True)
class References:
    """Resolves the references of one stack, and keeps the lookups that they need.

    Attributes:
        stack: the stack that the values are for.
        environment: the environment of the stack.
        uses: what clusters of the stack wait for.
    """

    stack: str
    environment: str
    neighbours: Neighbours
    lookups: dict[tuple[str, str], Lookup] = field(default_factory=dict)
    uses: list[Use] = field(default_factory=list)

    @property
    def region(self) -> str:
        """The Region of the stack."""
        return self.neighbours.environments[self.environment].region

    def note(self, cluster: str, reference: Reference, referable: Referable, place: Place, path: str) -> None:
        """Keep what a reference to another cluster makes one wait for, to find circles.

        Within a stack that is the other cluster, and only what is made of it; across stacks it is the whole stack, as
        one of them has to be applied before the other can be planned.
        """
        source = reference.value_from
        kind, output = self.target(reference, referable)
        if kind != CLUSTER or source.name not in self.neighbours.targets:
            return
        environment = source.env or self.environment
        if environment not in self.neighbours.targets[source.name]:
            # Resolves to nothing, which is told elsewhere.
            return
        stack = self.neighbours.stack_of(environment, source.name)
        if stack != self.stack:
            self.uses.append(Use(f"the stack {self.stack}", f"the stack {stack}", place, path))
        elif referable.is_awaited and OUTPUTS.get(output.removeprefix(_OUTPUT_PATH), ("",))[0] == MADE_LAST:
            self.uses.append(Use(f"{cluster} in {environment}", f"{source.name} in {environment}", place, path))

    def resolve(self, value: TextOrReference, referable: Referable) -> tuple[Found, ...] | Unresolved:
        """What a value stands for: one thing, or, where the table lists texts, each of them."""
        if isinstance(value, str):
            return (Found(value, value),)
        if isinstance(value, Value):
            return (Found(value.value, value.value),)
        kind, path = self.target(value, referable)
        if kind == CLUSTER and value.value_from.name in self.neighbours.targets:
            return self._cluster(value, path)
        return self._table(value, kind, path, is_secret=referable.is_secret)

    def add(self, lookup: Lookup) -> Lookup:
        """Keep a lookup for the stack: the same one once, another one of the same label under a label of its own."""
        label, number = lookup.label, 1
        while (known := self.lookups.setdefault((lookup.type, label), replace(lookup, label=label))).arguments != (
            lookup.arguments
        ):
            number += 1
            label = f"{lookup.label}_{number}"
        return known

    @staticmethod
    def target(reference: Reference, referable: Referable) -> tuple[str, str]:
        """The kind and the field that a reference means."""
        source = reference.value_from
        return source.kind or referable.target.kind, source.field_path or referable.target.field

    def _cluster(self, reference: Reference, path: str) -> tuple[Found, ...] | Unresolved:
        source = reference.value_from
        environment = source.env or self.environment
        places = self.neighbours.targets[source.name]
        if environment not in places:
            return Unresolved(
                f"the cluster {source.name} is not in the environment {environment}",
                f"it is in {', '.join(sorted(places)) or 'none'}",
            )
        name = path.removeprefix(_OUTPUT_PATH)
        outputs = OUTPUTS | SECRET_OUTPUT
        if name not in outputs:
            near = suggest(name, outputs)
            return Unresolved(
                f'a cluster has no field "{path}"',
                f"did you mean {_OUTPUT_PATH}{near}?"
                if near
                else f"it has {_listed(_OUTPUT_PATH + o for o in outputs)}",
            )
        if name == GROUP_OUTPUT and self.neighbours.lacks_group(environment, source.name):
            return Unresolved(
                f"no security group is made for the cluster {source.name} in {environment}: "
                "its securityGroup.managed is false",
                "name one of its associateSecurityGroupIds",
            )
        key = "-".join((*(() if environment == self.environment else (environment,)), source.name, name))
        stack = self.neighbours.stack_of(environment, source.name)
        if stack == self.stack:
            return (Found(Expression(expression(source.name, outputs[name])), key),)
        spec = self.neighbours.environments[environment]
        arguments = remote_state(stack, spec)
        if arguments is None:
            return Unresolved(
                f"the state of the stack {stack} is chosen by tags and cannot be read from here",
                "give its environment a state.workspace instead of state.tags",
            )
        state = self.add(Lookup(type="terraform_remote_state", label=stack, arguments=arguments))
        return (Found(state.attribute(f"outputs.{source.name}_{name}"), key),)

    def _table(self, reference: Reference, kind: str, path: str, *, is_secret: bool) -> tuple[Found, ...] | Unresolved:
        source = reference.value_from
        environment = source.env or self.environment
        spec = self.neighbours.environments.get(environment)
        if spec is None:
            return Unresolved(
                f'there is no environment "{environment}"',
                f"the environments are {_listed(self.neighbours.environments)}",
            )
        target = f"{kind}/{source.name}"
        fields = spec.references.get(target)
        if fields is None:
            known = {*spec.references, *(f"{CLUSTER}/{name}" for name in self.neighbours.targets)}
            near = suggest(target, known)
            return Unresolved(
                f"nothing in the environment {environment} says what {target} is",
                f"did you mean {near}?"
                if near
                else f"add it to `references` of the environment; what can be referred to is {_listed(known)}",
            )
        if path not in fields:
            near = suggest(path, fields)
            return Unresolved(
                f'the environment {environment} does not say what the field "{path}" of {target} is',
                f"did you mean {near}?" if near else f"`references` has {_listed(fields)} for it",
            )
        return self._found(fields[path], f"{kind}-{source.name}", f"{target} {path}", is_secret=is_secret)

    def _found(self, source: Source, key: str, what: str, *, is_secret: bool) -> tuple[Found, ...]:
        if isinstance(source, str):
            return (Found(source, source),)
        if isinstance(source, tuple):
            return tuple(Found(text, text) for text in source)
        label = _label(what)
        if isinstance(source, FromSsmParameter):
            lookup = self.add(Lookup(type="aws_ssm_parameter", label=label, arguments={"name": source.ssm_parameter}))
            # The plain `value` counts as a secret and would hide what refers to it in every plan.
            return (Found(lookup.attribute("value" if is_secret else "insecure_value"), key),)
        if isinstance(source, FromRemoteState):
            state = source.remote_state
            region = state.region or self.region
            config = {"bucket": state.bucket, "key": state.key, "region": region}
            lookup = self.add(
                Lookup(type="terraform_remote_state", label=label, arguments={"backend": "s3", "config": config})
            )
            return (Found(lookup.attribute(f"outputs.{state.output}"), key),)
        return (self._looked_up(source, label, key),)

    def _looked_up(self, source: FromLookup, label: str, key: str) -> Found:
        asked = source.lookup
        if asked.kms_alias is not None:
            lookup = Lookup(type="aws_kms_alias", label=label, arguments={"name": asked.kms_alias})
            return Found(self.add(lookup).attribute("target_key_arn"), key)
        if asked.subnets is not None:
            lookup = Lookup(type="aws_subnets", label=label, arguments={"tags": asked.subnets})
            return Found(self.add(lookup).attribute("ids"), key, is_list=True)
        kind, tags = ("aws_vpc", asked.vpc) if asked.vpc is not None else ("aws_security_group", asked.security_group)
        return Found(self.add(Lookup(type=kind, label=label, arguments={"tags": tags})).attribute("id"), key)


def _label(text: str) -> str:
    """A Terraform label that is made from a name and tells it from others."""
    return re.sub(r"[^A-Za-z0-9]+", "_", text).strip("_")


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(names))
