"""Project Planton's `StringValueOrRef`, and where an environment finds what such a reference names.

A value is plain text, `{value: …}`, or `{valueFrom: {kind, name, fieldPath, env}}`.
"""

from typing import Annotated, Final

from pydantic import Discriminator, Tag, model_validator

from auroraform.schemas.expressed import Expressed
from auroraform.schemas.models import Model
from auroraform.schemas.scalars import Text
from auroraform.schemas.values import Region, bad_value, matching, plain

# In angle brackets: pydantic puts the tag into an error's location, where no key of a manifest looks like that.
_TEXT: Final = "<text>"
_VALUE: Final = "<value>"
_REFERENCE: Final = "<valueFrom>"


class ValueFrom(Model):
    """Which field of which other resource holds the value."""

    name: Text
    """The `metadata.name` of the other manifest."""
    kind: Text | None = None
    """The kind of the other manifest. If absent: the kind that the field usually refers to."""
    field_path: Text | None = None
    """The field of the other resource. If absent: the one that the field usually refers to."""
    env: Text | None = None
    """The environment of the other resource. If absent: the one being synthesized."""


class Value(Model):
    """Plain text in the long spelling."""

    value: Text
    """The text itself."""


class Reference(Model):
    """The value stands elsewhere."""

    value_from: ValueFrom
    """Where it stands."""


def _which(value: object) -> str:
    if isinstance(value, Value) or (isinstance(value, dict) and "value" in value):
        return _VALUE
    if isinstance(value, Reference | dict):
        return _REFERENCE
    return _TEXT


TextOrReference = Annotated[
    Annotated[Text, Tag(_TEXT)] | Annotated[Value, Tag(_VALUE)] | Annotated[Reference, Tag(_REFERENCE)],
    Discriminator(_which),
]


def each_value_once(items: tuple[str | Value | Reference, ...]) -> tuple[str | Value | Reference, ...]:
    """A list in which no value stands twice, whatever its spelling."""
    seen: list[str | Reference] = []
    for item in items:
        meant = item.value if isinstance(item, Value) else item
        if meant in seen:
            what = "one reference" if isinstance(meant, Reference) else repr(meant)
            raise bad_value(f"holds {what} twice", "list each value once")
        seen.append(meant)
    return items


EACH_VALUE_ONCE: Final = Expressed(each_value_once, {"uniqueItems": True})


class RemoteState(Model):
    """An output of somebody else's state in S3."""

    bucket: Text
    """Bucket of the state."""
    key: Text
    """Object of the state."""
    region: Region | None = None
    """Region of the bucket. If absent: the environment's."""
    # Becomes part of an expression: a name, and nothing else.
    output: Annotated[
        Text, plain(r"[A-Za-z_][A-Za-z0-9_-]*", "is not the name of an output", "write it as database_key_arn")
    ]
    """Name of the output."""


class FromRemoteState(Model):
    """The value is an output of another Terraform state."""

    remote_state: RemoteState
    """Which output of which state."""


class FromSsmParameter(Model):
    """The value is kept in the Parameter Store of AWS Systems Manager, as plain text."""

    ssm_parameter: Annotated[
        Text, matching(r"[\w./-]+", "is not the name of an SSM parameter", "write it as /shop/database/key-arn")
    ]
    """Name of the parameter."""


class Lookup(Model):
    """Something that AWS is asked for; exactly one of the fields is given."""

    vpc: dict[str, Text] | None = None
    """Tags of a VPC; gives its id. If absent: another field is given."""
    subnets: dict[str, Text] | None = None
    """Tags of subnets; gives the list of their ids. If absent: another field is given."""
    security_group: dict[str, Text] | None = None
    """Tags of a security group; gives its id. If absent: another field is given."""
    kms_alias: Annotated[Text, matching(r"alias/[\w/-]+", "is not a KMS alias", "write it as alias/name")] | None = None
    """Alias of a KMS key; gives the ARN of the key. If absent: another field is given."""

    @model_validator(mode="after")
    def _exactly_one(self) -> "Lookup":
        if len(self.model_fields_set) != 1:
            raise bad_value("does not say what to look up", "give one of vpc, subnets, securityGroup or kmsAlias")
        return self


class FromLookup(Model):
    """The value is looked up at AWS."""

    lookup: Lookup
    """What to look up."""


def _source(value: object) -> str:
    if isinstance(value, dict):
        return next((tag for key, tag in _SOURCES.items() if key in value), "<lookup>")
    for model, tag in (
        (FromRemoteState, "<remoteState>"),
        (FromSsmParameter, "<ssmParameter>"),
        (FromLookup, "<lookup>"),
    ):
        if isinstance(value, model):
            return tag
    return "<texts>" if isinstance(value, list | tuple) else "<text>"


_SOURCES: Final = {"remoteState": "<remoteState>", "ssmParameter": "<ssmParameter>", "lookup": "<lookup>"}

Source = Annotated[
    Annotated[Text, Tag("<text>")]
    | Annotated[tuple[Text, ...], Tag("<texts>")]
    | Annotated[FromRemoteState, Tag("<remoteState>")]
    | Annotated[FromSsmParameter, Tag("<ssmParameter>")]
    | Annotated[FromLookup, Tag("<lookup>")],
    Discriminator(_source),
]
"""Where the environment finds what a reference names: text, a list of texts, or a place to read it from."""


def literal(value: str | Value | Reference | None) -> str | None:
    """The text of a value that is no reference; None where it is one, or absent."""
    if isinstance(value, Value):
        return value.value
    return value if isinstance(value, str) else None
