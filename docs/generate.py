"""Writes the generated pages of docs/ and schemas/json/: `make docs`. Tests hold that they are up to date."""

import textwrap
import types
import typing
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from auroraform.schemas import json_schema
from auroraform.schemas.codes.entries import entry
from auroraform.schemas.codes.prose import markdown
from auroraform.schemas.environment import Environment
from auroraform.schemas.manifest import AwsRdsCluster
from auroraform.schemas.outputs import OUTPUTS, SECRET_OUTPUT
from auroraform.schemas.problems import Code
from auroraform.schemas.references import Reference, Value

DOCS: Final = Path(__file__).parent
SCHEMAS: Final = DOCS.parent / "schemas" / "json"

_MANIFEST: Final = """\
# The manifest

A manifest describes one Aurora cluster. It is compatible with Project Planton's `AwsRdsCluster`: every field of
its `spec` is here, with the same name and meaning. The fields from `clusterIdentifier` on are auroraform's own.

A value comes from the first of these that sets it: the environment's `overrides`, the manifest, the environment's
`defaults`, the defaults of the environment's class, the base defaults (`stacks/layers/`). `null` undoes what
earlier layers set and puts the class's default back. `auroraform explain` shows where each value came from.

## Files

A workspace holds `manifests/**` and `environments/*`, as .yaml, .yml or .json; several documents in a file are fine.
A file may have 1,000,000 bytes, 40 levels, and 50,000 values once its aliases are expanded; beyond that it is refused
(AF005). Anchors and aliases are fine; merge keys and tags are not (AF004). Files are UTF-8, with or without a byte
order mark (AF001). A symbolic link is followed where it leads to something inside the workspace, and refused
otherwise (AF009), unless AURORAFORM_LINKS=follow is in the environment of whoever runs the tool.

All text is literal: nothing in it means anything to Terraform, `${…}` and `%{…}` included.

## References

Where the type says *reference*, a value has three spellings: plain text, `{value: …}`, and

```yaml
valueFrom: {kind: AwsKmsKey, name: orders-key, fieldPath: status.outputs.key_arn, env: prod}
```

Only `name` is required; the kind and field path that are left out are those that the field usually refers to, and `env`
is the environment being synthesized. A reference resolves to another cluster of the workspace (`kind: AwsRdsCluster`;
within a stack directly, else through the other stack's state), or to what the environment's `references` say:

```yaml
references:
  AwsVpc/shop:
    status.outputs.vpc_id: vpc-0a1b2c3d                                      # text
    status.outputs.private_subnets.[*].id: [subnet-0a, subnet-0b]            # a list of texts
  AwsKmsKey/orders-key:
    status.outputs.key_arn: {ssmParameter: /shop/orders/key-arn}             # plain text in the Parameter Store
  AwsSecurityGroup/apps:
    status.outputs.security_group_id: {lookup: {securityGroup: {Name: apps}}}  # by tags
  AwsSecurityGroup/batch:
    status.outputs.security_group_id:
      remoteState: {bucket: acme-network, key: network.tfstate, output: batch_group}
```

The fields of a cluster are {outputs}.

## Logs and insight

```yaml
apiVersion: aws.project-planton.org/v1
kind: AwsRdsCluster
metadata: {name: orders}
spec:
  engine: aurora-postgresql
  engineVersion: "16.8"
  enabledCloudwatchLogsExports: [postgresql, iam-db-auth-error]
  logs:
    retentionInDays: 731
    kmsKeyId: arn:aws:kms:eu-west-1:333344445555:key/1234abcd-12ab-34cd-56ef-1234567890ab
    adoptExisting: [postgresql]
  databaseInsights: {mode: advanced}
  monitoring: {interval: 15}
```

Each exported log has a log group, which is made before the cluster: RDS would make it without a retention. In
production the log groups outlive their cluster (`skipDestroy`), as the last days of a database are those that people
ask for; each line still ends with the retention. A cluster that is made anew under the same identifier finds them in
its way: CloudWatch makes no group that exists, and the apply ends before the cluster is made. `adoptExisting` names the
log types whose groups Terraform shall import instead; once that is done, the list does no more. What does not exist
cannot be imported, and the plan says so. The policy of a key must let `logs.<region>.amazonaws.com` use it.

Performance Insights and the mode of Database Insights are settings of the cluster, and instances have what it has,
those that autoscaling adds too. Enhanced Monitoring is said for each instance, because one that says nothing asks for
none. The provider sends no insights when it restores a snapshot: a restored cluster gets them with the second apply.
With a provider older than 6.10, turn on the advanced mode in the same apply as the longer `retentionPeriod` (which it
brings along where none is written): for the mode alone that provider leaves the retention out, and RDS refuses it.

## Windows, endings and support

```yaml
apiVersion: auroraform/v1
kind: Environment
metadata: {name: prod}
spec:
  class: production
  region: eu-central-1
  accountId: "333344445555"
  state: {backend: s3, bucket: acme-terraform-state-prod, dynamodbTable: terraform-locks}
  network: {vpcId: vpc-0a1b2c3d, subnetIds: [subnet-0a, subnet-0b, subnet-0c]}
  quietHours: {start: "21:00", end: "03:00", days: [mon, tue]}
  iam: {path: /databases/, permissionsBoundary: "arn:aws:iam::333344445555:policy/boundary"}
---
apiVersion: aws.project-planton.org/v1
kind: AwsRdsCluster
metadata: {name: orders}
spec:
  engine: aurora-postgresql
  engineVersion: "16.8"
  preferredBackupWindow: 02:00-02:30
  timeouts: {create: 4h, update: 3h}
```

A window that nobody writes lies in the environment's `quietHours`. Which minutes of them follows from the cluster's
identifier: always the same for one cluster, others for others, and never over the window that is written. Where that
one fills the quiet hours, the next free time after them is taken. `auroraform explain orders preferredBackupWindow`
shows it.

The final snapshot of a deleted cluster stays, and no second one can have its name. So Terraform makes a name when it
creates a cluster (`prod-orders-20260131235959-final`), shows it in that plan, and keeps it in the state: the next
cluster of the identifier has another. A `finalSnapshotIdentifier` that is written is taken as it is. A cluster that Terraform
did not create but import has no name yet, and every plan fails until the manifest says one: without it, the deletion
would fail after that of the instances.

Some fields are looked at once, when the cluster is created: later edits of `snapshotIdentifier`,
`engineLifecycleSupport` and `logs.logGroupClass` change nothing, as RDS and CloudWatch cannot change them, or only by
making things anew. The default of `engineLifecycleSupport` is the one that leaves the day of a major upgrade to you, at
a price from the end of standard support on; the other one lets AWS upgrade by itself.

This page is made from the models in `schemas/` by `make docs`.
"""

_ENVIRONMENT: Final = """\
# The environment

An environment is a place where clusters run: an AWS account and Region, a network, and the class that picks the
defaults. Each becomes one Terraform stack with a state of its own.

This page is made from the models in `schemas/` by `make docs`.
"""

_ERRORS: Final = """\
# Problems and their codes

Every problem has a code. A released code keeps its meaning, and its number is not used again. `auroraform explain
AF102` prints what is here, and [problems-json.md](problems-json.md) says how programs read problems.

Errors stop the work with exit code 2, and nothing is written; warnings do not.

The examples show what matters. What they leave out is a workspace without faults: a cluster `orders` and an environment
`prod`, as in the README. Where a call matters, it stands behind `$`; else it is `auroraform validate`.

This page is made from `schemas/codes/` by `make docs`.
"""


def pages() -> dict[str, str]:
    """The text of each generated page by its file name."""
    return {
        "manifest.md": "\n".join((_MANIFEST.replace("{outputs}", _outputs()), *_sections(AwsRdsCluster, ""))),
        "environment.md": "\n".join((_ENVIRONMENT, *_sections(Environment, ""))),
        "errors.md": "\n".join((_ERRORS, *_codes())),
    }


def schema_files() -> dict[str, str]:
    """The text of each JSON Schema by its file name."""
    return {f"{name}.schema.json": json_schema.text(name) for name in (*json_schema.KINDS, json_schema.ANY)}


def _codes() -> Iterator[str]:
    yield "| code | | |"
    yield "|---|---|---|"
    for code in Code:
        about = entry(code)
        yield f"| [{code}](#{code.lower()}) | {about.severity} | {about.title} |"
    for code in Code:
        about = entry(code)
        yield f"\n## {code}\n\n{about.severity.capitalize()}: **{about.title}.**\n\n{markdown(about)}"
    yield ""


def _outputs() -> str:
    return textwrap.fill(", ".join(f"`status.outputs.{name}`" for name in OUTPUTS | SECRET_OUTPUT), width=118)


def _sections(model: type[BaseModel], path: str) -> Iterator[str]:
    yield f"## `{path}`{_alternative(model)}\n" if path else "## The document\n"
    yield f"{_sentence(model.__doc__)}\n"
    yield "| field | type | absent | meaning |"
    yield "|---|---|---|---|"
    inner: list[tuple[type[BaseModel], str]] = []
    for name, field in model.model_fields.items():
        key = field.alias or name
        meaning, _, absent = _sentence(field.description).partition(" If absent: ")
        yield f"| `{key}` | {_type(field)} | {_absent(field, absent)} | {meaning} |"
        inner += [(found, f"{path}.{key}".lstrip(".")) for found in _models(field.annotation)]
    yield ""
    for found, where in inner:
        yield from _sections(found, where)


def _alternative(model: type[BaseModel]) -> str:
    """What tells a model from the others that may stand in its place."""
    field = model.model_fields.get("backend")
    return f" ({typing.get_args(field.annotation)[0]})" if field else ""


def _sentence(text: str | None) -> str:
    return " ".join((text or "").split()).replace("|", "\\|")


def _absent(field: FieldInfo, text: str) -> str:
    return "**required**" if field.is_required() else text.rstrip(".")


def _models(annotation: object) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        # The long spellings of text are described once, at the top of the page.
        if annotation not in _SPELLINGS:
            yield annotation
        return
    for argument in typing.get_args(annotation):
        yield from _models(argument)


_SPELLINGS: Final[dict[type[BaseModel], str]] = {Value: "`{value: …}`", Reference: "reference"}
_NAMES: Final[dict[object, str]] = {
    str: "text",
    bool: "true or false",
    int: "whole number",
    float: "number",
    object: "anything",
}


def _type(field: FieldInfo) -> str:
    return _describe(field.annotation)


def _describe(annotation: object) -> str:
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is typing.Literal:
        return " or ".join(f"`{value}`" for value in arguments)
    if origin is typing.Annotated:
        return _describe(arguments[0])
    if origin in {typing.Union, types.UnionType}:
        described = dict.fromkeys(_describe(a) for a in arguments if a is not type(None))
        return " or ".join(described)
    if origin is tuple:
        return f"list of {_describe(arguments[0])}"
    if origin is dict:
        return f"mapping of text to {_describe(arguments[1])}"
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return _SPELLINGS.get(annotation, "mapping")
    return _NAMES[annotation]


if __name__ == "__main__":
    for file, text in pages().items():
        (DOCS / file).write_text(text, encoding="utf-8")
    SCHEMAS.mkdir(exist_ok=True)
    for file, text in schema_files().items():
        (SCHEMAS / file).write_text(text, encoding="utf-8")
