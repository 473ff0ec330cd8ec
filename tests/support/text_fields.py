"""Every place of the manifest language that takes text, found in its schema, so that a new field is not forgotten."""

import copy
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from auroraform.schemas.json_schema import DOCUMENTS, schema

ITEM: Final = "[]"
VALUE: Final = "*"
KEY: Final = "<key>"
"""A key that the author chooses, where `VALUE` is what stands under it."""

Path_ = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TextField:
    """A place for text in a document of a kind."""

    kind: str
    path: Path_

    def __str__(self) -> str:
        return f"{self.kind}.{'.'.join(self.path)}"


def text_fields(kind: str) -> list[TextField]:
    """The places of a kind's documents, each of which says something of its own.

    Parts of a spec in an environment are a manifest's fields, and one field stands for all that take references.
    """
    whole = schema(kind)
    found = dict.fromkeys(_paths(whole, whole["$defs"], ()))
    return [
        TextField(kind, path)
        for path in found
        if path[:2] not in {("spec", "defaults"), ("spec", "overrides")}
        and ("valueFrom" not in path or path[:2] == ("spec", "kmsKeyId"))
    ]


def _paths(node: dict[str, Any], definitions: dict[str, Any], path: Path_) -> Iterator[Path_]:
    if "$ref" in node:
        node = definitions[node["$ref"].rpartition("/")[2]]
    for choices in ("anyOf", "oneOf", "allOf"):
        for choice in node.get(choices, ()):
            yield from _paths(choice, definitions, path)
    types = node.get("type", ())
    if "string" in ([types] if isinstance(types, str) else types) and not {"enum", "const"} & set(node):
        yield path
    for name, inner in node.get("properties", {}).items():
        yield from _paths(inner, definitions, (*path, name))
    if isinstance(items := node.get("items"), dict):
        yield from _paths(items, definitions, (*path, ITEM))
    for values in (node.get("additionalProperties"), *node.get("patternProperties", {}).values()):
        if isinstance(values, dict):
            yield (*path, KEY)
            yield from _paths(values, definitions, (*path, VALUE))


_ROLE: Final = {"roleArn": "arn:aws:iam::111122223333:role/r"}
_SECRET: Final = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:s-AbCdEf"  # noqa: S105 - a name
_RULE: Final = {"schedule": "cron(0 3 * * ? *)", "retentionDays": 35}
_SNAPSHOT: Final = "arn:aws:rds:eu-west-1:111122223333:cluster-snapshot:s"
_BESIDE: Final[dict[Path_, dict[str, Any]]] = {
    ("spec", "state", "bucket"): {"backend": "s3", "dynamodbTable": "locks"},
    ("spec", "state", "organization"): {"backend": "cloud"},
    **{
        ("spec", "state", name): {"backend": "cloud", "organization": "acme"}
        for name in ("hostname", "workspace", "tags", "project")
    },
    **{
        ("spec", "state", name): {"backend": "s3", "bucket": "acme-state", "dynamodbTable": "locks"}
        for name in ("region", "keyPrefix", "dynamodbTable", "kmsKeyId", "assumeRole")
    },
    **{(*path, "assumeRole", "sessionName"): _ROLE for path in (("spec",), ("spec", "state"))},
    **{(*path, "assumeRole", "externalId"): _ROLE for path in (("spec",), ("spec", "state"))},
    ("spec", "readerAutoscaling", "schedules"): {"maxCapacity": 5},
    **{
        ("spec", "readerAutoscaling", "schedules", VALUE, name): {"schedule": "cron(0 6 * * ? *)", "minCapacity": 2}
        for name in ("schedule", "timezone", "startTime", "endTime")
    },
    **{("spec", "endpoints", VALUE, name): {"type": "ANY"} for name in ("members", "excludedMembers")},
    ("spec", "events"): {"enabled": True},
    ("spec", "alarms", "topics", "subscriptions", VALUE, "endpoint"): {"protocol": "email"},
    **{
        ("spec", "schedule", name): {"timeZone": "UTC", "start": "08:00", "stop": "19:00"}
        for name in ("timeZone", "start", "stop")
    },
    ("spec", "quietHours", "start"): {"end": "12:00"},
    ("spec", "quietHours", "end"): {"start": "00:00"},
    ("spec", "applicationUsers"): {"enableHttpEndpoint": True},
    **{
        ("spec", "applicationUsers", ITEM, name): {"name": "app", "access": "readonly", "databases": ["orders"]}
        for name in ("name", "databases", "schemas", "dataApi", "roles")
    },
    ("spec", "applicationUsers", ITEM, "dataApi", "kmsKeyId"): {"secretArn": _SECRET},
    ("spec", "proxy", "secrets", ITEM, "kmsKeyId"): {"secretArn": _SECRET},
    ("spec", "associatedRoles", "s3Import", "kmsKeyIds"): {"buckets": ["acme-import"]},
    ("spec", "associatedRoles", "s3Export", "kmsKeyIds"): {"buckets": ["acme-export"]},
    **{("spec", "waivers", ITEM, name): {"rule": "AP505"} for name in ("reason", "owner", "clusters", "environments")},
    ("spec", "parameters", ITEM, "name"): {"value": "x"},
    ("spec", "parameters", ITEM, "value"): {"name": "x"},
    ("spec", "securityGroup", "rules", VALUE, "description"): {"self": True},
    ("spec", "securityGroup", "egress", VALUE, "description"): {"self": True, "fromPort": 443},
    **{
        ("spec", "securityGroup", "egress", VALUE, name): {"fromPort": 443}
        for name in ("cidrIpv4", "cidrIpv6", "prefixListId", "securityGroupId")
    },
    **{("spec", "kmsKey", name): {"create": True} for name in ("description", "alias", "administrators")},
    ("spec", "passwordFrom", "jsonKey"): {
        "secretArn": "arn:aws:secretsmanager:eu-west-1:111122223333:secret:orders-AbCdEf"
    },
    ("spec", "backup", "vaultName"): {"rules": {"a": _RULE}},
    ("spec", "backup", "vault"): {"rules": {"a": _RULE}},
    ("spec", "backup", "restoreTesting"): {"rules": {"a": _RULE}},
    **{("spec", "backup", "rules", VALUE, name): _RULE for name in ("schedule", "timezone", "copies")},
    ("spec", "backup", "restoreTesting", "timezone"): {"schedule": _RULE["schedule"]},
    **{
        ("spec", "backups", "exports", VALUE, name): {
            "bucket": "acme-archive",
            "kmsKeyId": "arn:aws:kms:eu-west-1:111122223333:key/k",
            **({} if name in {"snapshot", "snapshotArn"} else {"snapshotArn": _SNAPSHOT}),
        }
        for name in ("snapshot", "snapshotArn", "bucket", "prefix", "kmsKeyId", "roleArn", "exportOnly")
    },
    ("spec", "masterUserSecret", "rotation", "duration"): {"automaticallyAfterDays": 30},
    **{
        ("spec", "references", VALUE, VALUE, "remoteState", name): {"bucket": "b", "key": "k", "output": "o"}
        for name in ("bucket", "key", "region", "output")
    },
}
"""What some fields need beside them; the schema tells it in other words, or not at all."""
_UNDER_KEYS: Final[dict[Path_, Any]] = {
    ("spec", "references", VALUE): {"ssmParameter": "/key"},
    ("spec", "endpoints"): {"type": "ANY"},
    ("spec", "readerAutoscaling", "schedules"): {"schedule": "rate(1 day)", "minCapacity": 2},
    ("spec", "instances", "members"): {},
    ("spec", "backup", "rules"): _RULE,
    ("spec", "backups", "snapshots"): {},
    ("spec", "backups", "exports"): {
        "bucket": "acme-archive",
        "kmsKeyId": "arn:aws:kms:eu-west-1:111122223333:key/k",
        "snapshotArn": _SNAPSHOT,
    },
    ("spec", "securityGroup", "rules"): {"self": True},
    ("spec", "securityGroup", "egress"): {"self": True, "fromPort": 443},
    ("spec", "network", "availabilityZones"): "eu-west-1a",
    **{("spec", "events", f"{source}Categories"): "critical" for source in ("cluster", "instance")},
    ("spec", "alarms", "topics", "subscriptions"): {"protocol": "email", "endpoint": "team@acme.example"},
}
"""What stands under keys of the author's, where it is not just text."""
_INSTEAD_OF: Final = {"vpcTags": "vpcId", "subnetTags": "subnetIds"}


def workspace(folder: Path, field: TextField, text: str) -> Path:
    """A workspace with the text in one field, and what the field needs to be used."""
    documents = {kind: copy.deepcopy(document) for kind, document in DOCUMENTS.items()}
    _put(documents[field.kind], field.path, text)
    _connect(documents["AwsRdsCluster"], documents["Environment"])
    # As JSON, which is read by the same reader; the texts are in ASCII.
    for name, kind in (("manifests/orders.json", "AwsRdsCluster"), ("environments/prod.json", "Environment")):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(json.dumps(documents[kind]), encoding="utf-8")
    return folder


def _put(document: Any, path: Path_, text: str) -> None:  # noqa: ANN401 - any JSON
    node = document
    for index, step in enumerate(path):
        here = path[: index + 1]
        following = path[index + 1 : index + 2]
        inner: Any = text if not following else [] if following == (ITEM,) else {}
        if step == ITEM:
            # A list of subnets needs two.
            node += [inner, "subnet-0b"] if path[index - 1] == "subnetIds" else [inner]
            node = inner
            continue
        if here[:-1] == ("spec", "state"):
            node.clear()
        node.pop(_INSTEAD_OF.get(step), None)
        node |= _BESIDE.get(here, {})
        name = _key(path, index, text)
        if step == KEY:
            node[name] = copy.deepcopy(_UNDER_KEYS.get(here[:-1], "x"))
        elif not (isinstance(inner, dict) and isinstance(node.get(name), dict)):
            node[name] = inner
        node = node[name]


def _key(path: Path_, index: int, text: str) -> str:
    if path[index] not in {KEY, VALUE}:
        return path[index]
    chosen = text if path[index] == KEY else "k"
    return f"Kind/{chosen}" if path[index - 1] == "references" else chosen


def _connect(manifest: Any, environment: Any) -> None:  # noqa: ANN401 - any JSON
    """Let a reference find something, and what can be found be referred to."""
    key, table = manifest["spec"].get("kmsKeyId"), environment["spec"].get("references")
    if isinstance(key, dict) and "valueFrom" in key:
        source = {"kind": "AwsKmsKey", "name": "k", "fieldPath": "status.outputs.key_arn"} | key["valueFrom"]
        key["valueFrom"] = source
        found = {source["fieldPath"]: {"ssmParameter": "/key"}}
        environment["spec"]["references"] = {f"{source['kind']}/{source['name']}": found}
    elif table is not None:
        ((target, fields),) = table.items()
        if not isinstance(fields, dict):
            fields = table[target] = {"k": {"ssmParameter": "/key"}}
        kind, _, name = target.partition("/")
        ((path, source),) = fields.items()
        is_list = isinstance(source, dict) and "subnets" in source.get("lookup", {})
        value = {"valueFrom": {"kind": kind, "name": name, "fieldPath": path}}
        manifest["spec"] |= {"subnetIds": [value]} if is_list else {"associateSecurityGroupIds": [value]}
