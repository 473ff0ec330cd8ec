"""Which subnets and security groups belong to which VPC: whatever one cluster uses together is in one."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Final

from auroraform.sandbox.documents import Document, blocks, literal, mapping, texts
from auroraform.sandbox.emulator.network import SecurityGroup, Subnet, Vpc

ENOUGH_SUBNETS: Final = 3
"""As many as a lookup finds: one in each zone."""

_NODE: Final = re.compile(r"\b(?:vpc|subnet)-[a-z0-9]+|\bdata\.aws_\w+\.[\w-]+")
_GROUPS: Final = frozenset({"vpc_security_group_ids", "referenced_security_group_id"})
_GROUP: Final = re.compile(r"sg-[a-z0-9]+")


def made_up(kind: str, what: str) -> str:
    """An id for something of which only is known how it is looked up."""
    return f"{kind}-{sha256(what.encode()).hexdigest()[:8]}"


@dataclass(slots=True)
class Networks:
    """The networks of one Region.

    Attributes:
        zones: the zones of subnets, where they are known.
    """

    zones: dict[str, str] = field(default_factory=dict)
    _parents: dict[str, str] = field(default_factory=dict)
    _tags: dict[str, dict[str, str]] = field(default_factory=dict)
    _groups: dict[str, dict[str, str]] = field(default_factory=dict)

    def read(self, document: Document) -> None:
        """Take up what a stack names."""
        nodes = self._lookups(document)
        uses: dict[str, list[str]] = {}
        for type_, label, content in blocks(document, "resource"):
            for argument, text, _ in texts(content):
                if argument in _GROUPS:
                    self._groups |= {group: {} for group in _GROUP.findall(text) if group not in self._groups}
            if type_ == "aws_db_subnet_group":
                uses.setdefault(label, []).extend(self._nodes(content.get("subnet_ids"), nodes))
            elif type_ in {"aws_db_proxy", "aws_db_proxy_endpoint"}:
                # The label of an endpoint says more than that of its cluster.
                own = label.partition("_")[0]
                uses.setdefault(own, []).extend(self._nodes(content.get("vpc_subnet_ids"), nodes))
            elif type_ == "aws_security_group":
                uses.setdefault(label, []).extend(self._nodes(content.get("vpc_id"), nodes))
            elif type_ == "aws_rds_cluster" and "${" not in (name := str(content.get("db_subnet_group_name", "${"))):
                uses.setdefault(label, []).append(f"group:{name}")
        for together in uses.values():
            self._join(together)

    def vpcs(self) -> tuple[tuple[Vpc, ...], dict[str, str]]:
        """The VPCs, and the VPC of each existing subnet group."""
        members: dict[str, list[str]] = {}
        for node in sorted(self._parents):
            members.setdefault(self._root(node), []).append(node)
        if self._groups and not members:
            members["vpc:"] = []
        made: list[Vpc] = []
        groups: dict[str, str] = {}
        for number, nodes in enumerate(members.values()):
            vpc = self._vpc(nodes, first=number == 0)
            made.append(vpc)
            groups |= {node.removeprefix("group:"): vpc.id for node in nodes if node.startswith("group:")}
        return tuple(made), groups

    def _vpc(self, nodes: list[str], *, first: bool) -> Vpc:
        # A manifest may name subnets of several VPCs, as no rule can know; they go into the first one.
        vpc_id = next((node for node in nodes if node.startswith("vpc-")), made_up("vpc", " ".join(nodes)))
        subnets = [
            Subnet(id=node, availability_zone=self.zones.get(node, "")) for node in nodes if node.startswith("subnet-")
        ]
        looked_up = [node for node in nodes if node.startswith("subnets:")]
        if not subnets and not looked_up:
            looked_up = [f"subnets:{vpc_id}"]
        for node in looked_up:
            ids = (made_up("subnet", f"{node} {n}") for n in range(ENOUGH_SUBNETS))
            subnets += [Subnet(id=id_, tags=self._tags.get(node, {})) for id_ in ids]
        # Rules may name groups of peers, so that any VPC will do.
        groups = self._groups if first else {}
        return Vpc(
            id=vpc_id,
            subnets=tuple(subnets),
            security_groups=tuple(SecurityGroup(id=id_, name=id_, tags=tags) for id_, tags in groups.items()),
            tags={k: v for node in nodes if node.startswith("vpc:") for k, v in self._tags[node].items()},
        )

    def _lookups(self, document: Document) -> dict[str, str]:
        """Take up the data sources, and give the node that stands for each."""
        nodes: dict[str, str] = {}
        found = [*blocks(document, "data")]
        for type_, label, content in found:
            tags = _tags(content)
            name = json.dumps(tags, sort_keys=True)
            if type_ == "aws_vpc":
                nodes[f"data.{type_}.{label}"] = self._node(f"vpc:{name}", tags)
            elif type_ == "aws_security_group":
                self._groups[made_up("sg", name)] = tags
            elif type_ == "aws_db_subnet_group":
                nodes[f"data.{type_}.{label}"] = self._node(f"group:{content['name']}")
            elif type_ == "aws_subnet":
                nodes[f"data.{type_}.{label}"] = self._node(f"data:{name}:{content['id']}")
        for type_, label, content in found:
            if type_ == "aws_subnets":
                within = self._nodes(mapping(content.get("filter")).get("values"), nodes)
                tags = _tags(content)
                node = self._node(f"subnets:{json.dumps(tags, sort_keys=True)}{within}", tags)
                nodes[f"data.{type_}.{label}"] = node
                self._join([node, *within])
        for type_, label, content in found:
            if type_ == "aws_subnet":
                self._join([nodes[f"data.{type_}.{label}"], *self._nodes(content["id"], nodes)])
        return nodes

    def _nodes(self, value: object, lookups: Mapping[str, str]) -> list[str]:
        assert value is None or isinstance(value, str | list)  # noqa: S101 - what we synthesize
        found = (name for text in texts(value) for name in _NODE.findall(text.text))
        return [self._node(lookups.get(name, name)) for name in found]

    def _node(self, name: str, tags: dict[str, str] | None = None) -> str:
        self._parents.setdefault(name, name)
        if tags is not None:
            self._tags[name] = tags
        return name

    def _join(self, nodes: Iterable[str]) -> None:
        roots = [self._root(self._node(node)) for node in nodes]
        for root in roots[1:]:
            self._parents[root] = roots[0]

    def _root(self, node: str) -> str:
        while (parent := self._parents[node]) != node:
            node = parent
        return node


def _tags(content: Document) -> dict[str, str]:
    return {literal(key): literal(str(value)) for key, value in mapping(content.get("tags")).items()}
