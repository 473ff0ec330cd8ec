"""Terraform JSON of stacks, read."""

import re
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from auroraform.stacks.layout import Json

Document = dict[str, Json]
Place = tuple[str, str]
"""An account and a Region."""

_ARN: Final = re.compile(r"arn:aws[a-z-]*:([a-z0-9-]+):([a-z0-9-]*):(\d{12}):([^\s\"}]+)")


class Arn(NamedTuple):
    """The parts of an ARN that say where something is."""

    text: str
    service: str
    place: Place
    resource: str


class Text(NamedTuple):
    """A text of a block, and the argument that it is for."""

    argument: str
    text: str
    in_list: bool


def arns(text: str) -> Iterator[Arn]:
    """Every ARN in a text."""
    for found in _ARN.finditer(text):
        service, region, account, resource = found.groups()
        yield Arn(found[0], service, (account, region), resource)


def blocks(document: Document, section: str) -> Iterator[tuple[str, str, Document]]:
    """The blocks of a section such as `resource`: type, label and content."""
    for type_, labels in mapping(document.get(section)).items():
        for label, content in mapping(labels).items():
            yield type_, label, mapping(content)


def texts(value: Json, argument: str = "", *, in_list: bool = False) -> Iterator[Text]:
    """Every text in a value."""
    if isinstance(value, str):
        yield Text(argument, value, in_list)
    elif isinstance(value, list):
        for item in value:
            yield from texts(item, argument, in_list=True)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from texts(item, key)


def mapping(value: Json) -> Document:
    """A block; empty where there is none. CDKTF wraps some in a list."""
    first = value[0] if isinstance(value, list) and value else value
    return first if isinstance(first, dict) else {}


def literal(text: str) -> str:
    """A text as AWS sees it: in Terraform's, `$${` stands for `${`."""
    return text.replace("$${", "${").replace("%%{", "%{")


def backend(document: Document) -> tuple[str, Document]:
    """The type and the arguments of the place where a stack keeps its state."""
    terraform = mapping(document["terraform"])
    if "cloud" in terraform:
        return "cloud", mapping(terraform["cloud"])
    kind, arguments = next(iter(mapping(terraform["backend"]).items()))
    return kind, mapping(arguments)


def provider(document: Document) -> Document:
    """The arguments of the AWS provider."""
    return mapping(mapping(document["provider"])["aws"])


def place_of(document: Document) -> Place:
    """The account and the Region of a stack."""
    arguments = provider(document)
    (account,) = (text.text for text in texts(arguments["allowed_account_ids"]))
    return account, str(arguments["region"])


def states_read(document: Document) -> Iterator[tuple[str, Document]]:
    """The states of others that a stack reads, by the labels of their data sources."""
    for type_, label, content in blocks(document, "data"):
        if type_ == "terraform_remote_state":
            yield label, content


def neighbours(stacks: Mapping[str, Document]) -> dict[str, dict[str, str]]:
    """For each stack, which of its remote states are those of other stacks: stacks by label."""
    homes = {_home(name, *backend(document)): name for name, document in stacks.items()}
    return {
        name: {
            label: homes[home]
            for label, content in states_read(document)
            if (home := _home(label, str(content["backend"]), mapping(content["config"]))) in homes
        }
        for name, document in stacks.items()
    }


def in_order(stacks: Mapping[str, Document]) -> list[str]:
    """The names of stacks, each after those whose state it reads."""
    near = neighbours(stacks)
    ordered: dict[str, None] = {}

    def visit(name: str) -> None:
        # A circle of stacks is refused before anything is synthesized.
        for other in near[name].values():
            visit(other)
        ordered[name] = None

    for name in sorted(stacks):
        visit(name)
    return list(ordered)


def _home(label: str, kind: str, arguments: Document) -> tuple[str, ...]:
    if kind == "s3":
        return str(arguments["bucket"]), str(arguments["key"])
    # A state in a file or in HCP Terraform is read only under the name of its stack.
    return ("other", label)
