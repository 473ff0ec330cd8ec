"""JSON Schema (2020-12) of the documents, for editors and other tools; made from the models that we validate with.

It is there to help while somebody types. What takes more than one field, one document or one place in a file to see
is not in it, and `auroraform validate` has the last word. Nothing that is valid there is refused here, but for versions
without quotes, which other tools misread.
"""

import json
import types
import typing
from collections.abc import Iterator
from typing import Any, Final

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue, models_json_schema
from pydantic_core import core_schema

from auroraform.schemas import certificates
from auroraform.schemas.docstrings import descriptions
from auroraform.schemas.engines import ENGINES
from auroraform.schemas.environment import Environment
from auroraform.schemas.manifest import AwsRdsCluster
from auroraform.schemas.spec.cluster import AwsRdsClusterSpec

KINDS: Final[dict[str, type[BaseModel]]] = {model.__name__: model for model in (AwsRdsCluster, Environment)}
ANY: Final = "auroraform"
"""The schema of a file that may hold both."""

_DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
_SPEC: Final = AwsRdsClusterSpec.__name__

DOCUMENTS: Final[dict[str, JsonSchemaValue]] = {
    AwsRdsCluster.__name__: {
        "apiVersion": "aws.project-planton.org/v1",
        "kind": "AwsRdsCluster",
        "metadata": {"name": "orders", "labels": {"team": "checkout"}},
        "spec": {"engine": "aurora-postgresql", "engineVersion": "16.8", "databaseName": "orders"},
    },
    Environment.__name__: {
        "apiVersion": "auroraform/v1",
        "kind": "Environment",
        "metadata": {"name": "prod"},
        "spec": {
            "class": "production",
            "region": "eu-west-1",
            "accountId": "333344445555",
            "state": {"backend": "s3", "bucket": "acme-terraform-state-prod", "dynamodbTable": "terraform-locks"},
            "network": {"vpcId": "vpc-0a1b2c3d", "subnetIds": ["subnet-0a", "subnet-0b", "subnet-0c"]},
        },
    },
}
"""One whole document of each kind."""

_KEY: Final = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
FIELDS: Final[dict[tuple[str, str], list[object]]] = {
    (_SPEC, "engineVersion"): [engine.version_example for engine in ENGINES.values()],
    (_SPEC, "subnetIds"): [["subnet-0a1b2c3d", "subnet-4e5f6a7b"]],
    (_SPEC, "allowedCidrBlocks"): [["10.0.0.0/16"]],
    (_SPEC, "kmsKeyId"): [_KEY, {"valueFrom": {"kind": "AwsKmsKey", "name": "orders-key"}}],
    (_SPEC, "subnetTags"): [{"tier": "database"}],
    ("SecurityGroup", "rules"): [{"office": {"cidrIpv4": "10.20.0.0/16", "description": "the office"}}],
    ("SecurityGroup", "egress"): [{"s3": {"prefixListId": "pl-0a1b2c3d", "fromPort": 443}}],
    (_SPEC, "preferredMaintenanceWindow"): ["sun:03:00-sun:04:00"],
    (_SPEC, "preferredBackupWindow"): ["01:00-02:00"],
    ("Instances", "instanceClass"): ["db.r6g.large", "db.serverless"],
    ("Instances", "members"): [{"1": {}, "2": {}, "reporting": {"promotionTier": 15}}],
    ("Instances", "caCertificateIdentifier"): list(certificates.KNOWN),
    ("Network", "availabilityZones"): [{"subnet-0a1b2c3d": "eu-west-1a", "subnet-4e5f6a7b": "eu-west-1b"}],
    ("ReaderSchedule", "schedule"): ["cron(0 6 ? * MON-FRI *)", "rate(12 hours)", "at(2026-12-24T18:00:00)"],
    ("ReaderSchedule", "timezone"): ["Europe/Berlin"],
    ("ReaderSchedule", "startTime"): ["2026-12-24T18:00:00Z"],
    ("EnvironmentSpec", "region"): ["eu-west-1"],
    ("EnvironmentSpec", "accountId"): ["111122223333"],
    ("AssumeRole", "roleArn"): ["arn:aws:iam::111122223333:role/terraform"],
}
"""Examples of fields whose spelling people look up."""


def text(name: str) -> str:
    """The schema of a kind, or of any, as it is printed and committed."""
    # In ASCII, so that no console can spoil it.
    return json.dumps(schema(name), indent=2) + "\n"


def schema(name: str) -> JsonSchemaValue:
    """The schema of documents of a kind, or of any."""
    definitions = _definitions()
    if name == ANY:
        either: JsonSchemaValue = {
            "description": "A manifest of an Aurora cluster, or an environment that clusters run in.",
            # By the kind, so that an editor shows the faults of one schema and not of both.
            "if": {"properties": {"kind": {"const": Environment.__name__}}, "required": ["kind"]},
            "then": {"$ref": _ref(Environment.__name__)},
            "else": {"$ref": _ref(AwsRdsCluster.__name__)},
        }
        return {"$schema": _DIALECT, "title": ANY, **either, "$defs": definitions}
    top = definitions.pop(name)
    used = _used(top, definitions)
    return {
        "$schema": _DIALECT,
        "title": name,
        **top,
        "$defs": {key: value for key, value in definitions.items() if key in used},
    }


def _definitions() -> dict[str, JsonSchemaValue]:
    """The schema of every model by its name."""
    _, made = models_json_schema(
        [(model, "validation") for model in KINDS.values()], by_alias=True, schema_generator=_Generator
    )
    definitions: dict[str, JsonSchemaValue] = {name: _tidied(value) for name, value in made["$defs"].items()}
    for name, example in DOCUMENTS.items():
        definitions[name]["examples"] = [example]
    for (name, field), examples in FIELDS.items():
        definitions[name]["properties"][field]["examples"] = examples
    # Each of these may be one layer of several, and what it lacks stand in another one.
    for model in _layered(AwsRdsClusterSpec):
        definitions[model.__name__].pop("required", None)
    # To the model these two are anything; the workspace holds them against the spec, with places in the file.
    parts = definitions["EnvironmentSpec"]["properties"]
    parts["defaults"] = {"$ref": _ref(_SPEC), "description": parts["defaults"]["description"]}
    parts["overrides"]["additionalProperties"] = {"$ref": _ref(_SPEC)}
    return definitions


class _Generator(GenerateJsonSchema):
    """What pydantic makes, in fewer words."""

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        found = super().model_schema(schema)
        model: type[BaseModel] = schema["cls"]
        for name, text in descriptions(model).items():
            field = found["properties"][model.model_fields[name].alias or name]
            field["description"] = text
        return found

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        inner = self.generate_inner(schema["schema"])
        if not isinstance(inner.get("type"), str) or inner["type"] == "null" or "const" in inner:
            return super().nullable_schema(schema)
        values = {"enum": [*inner["enum"], None]} if "enum" in inner else {}
        return inner | {"type": [inner["type"], "null"]} | values

    def dict_schema(self, schema: core_schema.DictSchema) -> JsonSchemaValue:
        found = super().dict_schema(schema)
        # Keys of one shape: others are faults, and an editor can show them.
        return found | ({"additionalProperties": False} if "patternProperties" in found else {})

    def tagged_union_schema(self, schema: core_schema.TaggedUnionSchema) -> JsonSchemaValue:
        return {"anyOf": [self.generate_inner(choice) for choice in schema["choices"].values()]}


def _layered(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """A model and those that layers are merged into field by field: not items of lists, nor spellings of a text."""
    yield model
    for field in model.model_fields.values():
        for inner in _merged(field.annotation):
            yield from _layered(inner)


def _merged(annotation: object) -> Iterator[type[BaseModel]]:
    """The models that stand in a field, or under the keys of one that is a mapping."""
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    elif origin in {typing.Union, types.UnionType}:
        for argument in arguments:
            yield from _merged(argument)
    elif origin is dict:
        yield from _merged(arguments[1])


_MAPS: Final = frozenset({"properties", "$defs"})


def _tidied(node: Any) -> Any:  # noqa: ANN401 - any JSON
    """Without what says nothing: titles made from names, and defaults that are no constants."""
    if isinstance(node, list):
        return [_tidied(item) for item in node]
    if not isinstance(node, dict):
        return node
    return {
        key: {name: _tidied(inner) for name, inner in value.items()}
        if key in _MAPS
        else " ".join(value.split())
        if key == "description"
        else _tidied(value)
        for key, value in node.items()
        if key != "title" and (key != "default" or isinstance(value, str | int | float))
    }


def _ref(name: str) -> str:
    return f"#/$defs/{name}"


def _used(node: JsonSchemaValue, definitions: dict[str, JsonSchemaValue]) -> set[str]:
    """The names of the definitions that a schema refers to, through others too."""
    found: set[str] = set()
    rest = list(_refs(node))
    while rest:
        if (name := rest.pop()) not in found:
            found.add(name)
            rest += _refs(definitions[name])
    return found


def _refs(node: object) -> Iterator[str]:
    if isinstance(node, dict):
        if isinstance(ref := node.get("$ref"), str):
            yield ref.rpartition("/")[2]
        for value in node.values():
            yield from _refs(value)
    elif isinstance(node, list):
        for item in node:
            yield from _refs(item)
