"""What stacks expect to find in AWS: read from their Terraform JSON, which names all of it.

Where a stack only says how to look something up (in a parameter, in a state of somebody else), what is found there is
made up, by the argument that it is for.
"""

import json
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Final, NamedTuple
from uuid import UUID

from auroraform.sandbox.documents import (
    Document,
    Place,
    arns,
    backend,
    blocks,
    mapping,
    neighbours,
    place_of,
    states_read,
    texts,
)
from auroraform.sandbox.emulator.stock import Source, Stock
from auroraform.sandbox.networks import ENOUGH_SUBNETS, Networks, made_up
from auroraform.schemas.regions import partition_of
from auroraform.stacks.layout import Json

_READ: Final = re.compile(r"data\.(aws_ssm_parameter|terraform_remote_state)\.([\w-]+)\.(?:outputs\.)?([\w-]+)")
_JSON_KEY: Final = re.compile(r'jsondecode\(ephemeral\.(\w+\.[\w-]+)\.\w+\)\["(.+)"\]')
_POLICY: Final = "policy"
_PASSWORD: Final = "sandbox-password"  # noqa: S105 - of databases that do not exist


class Home(NamedTuple):
    """Where something made up is."""

    account: str
    region: str

    def arn(self, service: str, resource: str) -> str:
        """An ARN in this account and Region."""
        region = "" if service == "iam" else self.region
        return f"arn:{partition_of(self.region)}:{service}:{region}:{self.account}:{resource}"


def _key(what: str, home: Home) -> str:
    # Ids of keys are UUIDs.
    return home.arn("kms", f"key/{UUID(sha256(what.encode()).hexdigest()[:32])}")


def _secret(what: str, home: Home) -> str:
    return home.arn("secretsmanager", f"secret:{made_up('sandbox', what)}-AbCdEf")


_ARGUMENTS: Final[tuple[tuple[str, Callable[[str, Home], str]], ...]] = (
    ("subnet_ids", lambda what, _: made_up("subnet", what)),
    ("vpc_id", lambda what, _: made_up("vpc", what)),
    ("vpc_security_group_ids", lambda what, _: made_up("sg", what)),
    ("referenced_security_group_id", lambda what, _: made_up("sg", what)),
    ("prefix_list_id", lambda what, _: made_up("pl", what)),
    ("kms_key_id", _key),
    ("kms_key_arn", _key),
    ("vault_arn", lambda what, home: home.arn("backup", f"backup-vault:{made_up('sandbox', what)}")),
    ("secret_id", _secret),
    ("secret_arn", _secret),
    ("role_arn", lambda what, home: home.arn("iam", f"role/{made_up('sandbox', what)}")),
    ("role", lambda what, _: made_up("sandbox", what)),
    # What is looked up for a policy alone is a secret that an application may read.
    (_POLICY, _secret),
    ("arn", lambda what, home: home.arn("ssm", f"parameter/{made_up('sandbox', what)}")),
    # Of data.aws_subnet, which tells the VPC of a subnet.
    ("id", lambda what, _: made_up("subnet", what)),
)
"""What an argument takes, by the end of its name."""


@dataclass(slots=True)
class Region:
    """What one Region of an account has to have."""

    networks: Networks = field(default_factory=Networks)
    prefix_lists: set[str] = field(default_factory=set)
    buckets: set[str] = field(default_factory=set)
    outputs: dict[str, dict[str, Json]] = field(default_factory=dict)
    """Outputs of the states of others, by bucket and key."""
    tables: set[str] = field(default_factory=set)
    keys: set[str] = field(default_factory=set)
    aliases: set[str] = field(default_factory=set)
    topics: set[str] = field(default_factory=set)
    roles: set[str] = field(default_factory=set)
    parameters: dict[str, str] = field(default_factory=dict)
    secrets: dict[str, str] = field(default_factory=dict)
    snapshots: dict[str, Source] = field(default_factory=dict)
    clusters: dict[str, Source] = field(default_factory=dict)

    def stock(self, place: Place) -> Stock:
        """All of it as one request."""
        vpcs, groups = self.networks.vpcs()
        return Stock(
            account_id=place[0],
            region=place[1],
            vpcs=vpcs,
            subnet_groups=groups,
            prefix_lists=tuple(sorted(self.prefix_lists)),
            buckets=tuple(sorted(self.buckets)),
            objects={path: _state(outputs) for path, outputs in self.outputs.items()},
            tables=tuple(sorted(self.tables)),
            keys=tuple(sorted(self.keys)),
            aliases=tuple(sorted(self.aliases)),
            topics=tuple(sorted(self.topics)),
            roles=tuple(sorted(self.roles)),
            parameters=self.parameters,
            secrets=self.secrets,
            snapshots=tuple(self.snapshots.values()),
            clusters=tuple(self.clusters.values()),
        )


def needs(stacks: Mapping[str, Document], zones: Mapping[str, str] | None = None) -> list[Stock]:
    """What the stacks of a workspace expect, one request for each Region of an account.

    Args:
        stacks: the Terraform JSON of each by its name.
        zones: the Availability Zones of subnets, where they are known.
    """
    regions: defaultdict[Place, Region] = defaultdict(lambda: Region(Networks(dict(zones or {}))))
    near = neighbours(stacks)
    for name, document in stacks.items():
        _Reader(document, near[name], regions).read()
    return [region.stock(place) for place, region in sorted(regions.items())]


class _Reader:
    """Reads what one stack needs."""

    def __init__(self, document: Document, near: Collection[str], regions: defaultdict[Place, Region]) -> None:
        self._place = place_of(document)
        self._regions = regions
        self._region = regions[self._place]
        self._near = near
        self._states = dict(states_read(document))
        self._parameters = {
            label: str(content["name"])
            for type_, label, content in blocks(document, "data")
            if type_ == "aws_ssm_parameter"
        }
        # Policies last: what else a value is for says more about it.
        self._document = mapping(self._filled(mapping(self._filled(document, policies=False)), policies=True))

    def read(self) -> None:
        self._keep_state()
        self._region.networks.read(self._document)
        passwords: dict[str, str] = {}
        for section in ("resource", "data", "ephemeral"):
            for type_, _, content in blocks(self._document, section):
                for argument, text, _ in texts(content):
                    self._text(argument, text)
                    passwords |= {at: json.dumps({key: _PASSWORD}) for at, key in _JSON_KEY.findall(text)}
                if type_ == "aws_rds_cluster":
                    self._source(content)
                if type_ == "aws_rds_export_task":
                    self._exported(content)
                if type_ == "aws_kms_alias" and section == "data":
                    self._region.aliases.add(str(content["name"]))
        for type_, label, content in blocks(self._document, "ephemeral"):
            self._password(str(content.get("secret_id", content.get("arn"))), passwords.get(f"{type_}.{label}"))

    def _keep_state(self) -> None:
        kind, arguments = backend(self._document)
        if kind != "s3":
            return
        role = mapping(arguments.get("assume_role"))
        roles = [arn.place[0] for arn in arns(str(role.get("role_arn", "")))]
        region = self._regions[roles[0] if roles else self._place[0], str(arguments["region"])]
        region.buckets.add(str(arguments["bucket"]))
        if "dynamodb_table" in arguments:
            region.tables.add(str(arguments["dynamodb_table"]))
        if "kms_key_id" in arguments:
            self._text("kms_key_id", str(arguments["kms_key_id"]))

    def _text(self, argument: str, text: str) -> None:
        for arn in arns(text):
            kind, _, name = arn.resource.partition("/")
            if arn.service == "sns":
                self._regions[arn.place].topics.add(arn.resource)
            elif arn.service == "kms" and kind == "key":
                self._regions[arn.place].keys.add(name)
            elif arn.service == "kms":
                self._regions[arn.place].aliases.add(arn.resource)
        if argument.endswith("kms_key_id") and "${" not in text and not text.startswith("arn:"):
            (self._region.aliases if text.startswith("alias/") else self._region.keys).add(text)
        if argument.endswith("role_arn"):
            # Roles are the same in every Region.
            found = ((arn.place[0], arn.resource.rpartition("/")[2]) for arn in arns(text) if arn.service == "iam")
            for account, role in found:
                self._regions[account, self._place[1]].roles.add(role)
        if argument == "role":
            self._region.roles |= {name} if "${" not in (name := _plain(text)) else set()
        if argument == "prefix_list_id" and text.startswith("pl-"):
            self._region.prefix_lists.add(text)

    def _password(self, arn: str, value: str | None) -> None:
        for found in arns(arn):
            region = self._regions[found.place]
            if found.service == "secretsmanager":
                region.secrets[found.text] = value or _PASSWORD
            else:
                # The name of a parameter in a path begins with the slash that its ARN has once.
                name = found.resource.removeprefix("parameter")
                region.parameters[name if "/" in name[1:] else name[1:]] = value or _PASSWORD

    def _source(self, cluster: Document) -> None:
        for argument, kept in (("snapshot_identifier", "snapshots"), ("replication_source_identifier", "clusters")):
            named = str(cluster.get(argument, "${"))
            if "${" in named:
                continue
            source = Source(
                name=named.rsplit(":", 1)[-1],
                engine=str(cluster["engine"]),
                engine_version=str(cluster["engine_version"]),
                storage_encrypted=cluster.get("storage_encrypted") is True,
            )
            place = next((arn.place for arn in arns(named)), self._place)
            getattr(self._regions[place], kept)[source.name] = source

    def _exported(self, task: Document) -> None:
        for arn in arns(str(task["source_arn"])):
            name = arn.resource.removeprefix("cluster-snapshot:")
            # Nobody says what a snapshot is of that is exported only.
            self._regions[arn.place].snapshots.setdefault(
                name, Source(name=name, engine="aurora-postgresql", engine_version="16.8")
            )

    def _filled(self, value: Json, argument: str = "", *, policies: bool, in_list: bool = False) -> Json:
        """A value with what is looked up in its place."""
        if isinstance(value, dict):
            return {key: self._filled(item, key, policies=policies) for key, item in value.items()}
        if isinstance(value, list):
            return [self._filled(item, argument, policies=policies, in_list=True) for item in value]
        if isinstance(value, str) and (policies or not argument.endswith(_POLICY)):
            return _READ.sub(lambda found: self._found(found, argument, in_list=in_list), value)
        return value

    def _found(self, read: re.Match[str], argument: str, *, in_list: bool) -> str:
        kind, label, attribute = read.groups()
        home = Home(*self._place)
        make = next((make for end, make in _ARGUMENTS if argument.endswith(end)), lambda what, _: made_up("text", what))
        if kind == "aws_ssm_parameter":
            name = self._parameters[label]
            return self._region.parameters.setdefault(name, make(name, home))
        if label in self._near:
            return read[0]
        config = mapping(self._states[label]["config"])
        path = f"{config['bucket']}/{config['key']}"
        region = self._regions[self._place[0], str(config["region"])]
        region.buckets.add(str(config["bucket"]))
        outputs = region.outputs.setdefault(path, {})
        if argument.endswith("subnet_ids") and not in_list:
            several: list[Json] = [make(f"{path} {attribute} {number}", home) for number in range(ENOUGH_SUBNETS)]
            value = outputs.setdefault(attribute, several)
        else:
            value = outputs.setdefault(attribute, make(f"{path} {attribute}", home))
        return " ".join(map(str, value)) if isinstance(value, list) else str(value)


def _plain(text: str) -> str:
    """A text of which the only expression has been filled in."""
    return text.removeprefix("${").removesuffix("}") if "." not in text else text


def _state(outputs: Mapping[str, Json]) -> str:
    """A state that has outputs and nothing else."""
    return json.dumps(
        {
            "version": 4,
            "terraform_version": "1.6.0",
            "serial": 1,
            "lineage": "sandbox",
            "outputs": {
                name: {"value": value, "type": ["list", "string"] if isinstance(value, list) else "string"}
                for name, value in outputs.items()
            },
            "resources": [],
        }
    )
