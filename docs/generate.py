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

## Application users

The master user may do everything, and is for emergencies. Applications and people are users of their own, with no more
rights than they need:

```yaml
spec:
  engine: aurora-postgresql
  engineVersion: "16.8"
  databaseName: orders
  applicationUsers:
    - {name: orders_app, access: readwrite, roles: [checkout-service]}
    - {name: migrations, access: owner, schemas: [public, audit]}
    - {name: reports, access: readonly, databases: [orders, archive]}
```

A user consists of two halves, and needs both.

**The right to be that user** is an IAM policy, `aws_iam_policy.orders_reports`, with `rds-db:connect` for this user of
this cluster and nothing else. Attach it to the role of the application: by its ARN, the output
`<cluster>_user_<name>_policy_arn`, or by `roles` here. The application then logs in with a token of IAM in place of a
password, and with TLS.

**The user itself** is made by an SQL script beside the stack, `cdktf.out/stacks/<stack>/sql/<cluster>.sql`, which is
reviewed like the stack. No password is in it. Run it as the master user once the cluster is there, and again whenever
it has changed; its head says how. It makes what is missing and takes back what an access no longer grants, so that it
can be run any number of times. It owns what the users in it may do with databases, schemas, tables and sequences: what
somebody granted by hand is taken back. It drops nothing. A user that is deleted from the manifest loses its policy, and
with it the way in; drop it in the database when nothing belongs to it any more.

| access | Aurora PostgreSQL | Aurora MySQL |
|---|---|---|
| `readonly` | reads tables and sequences | reads, sees how views are made |
| `readwrite` | reads and changes rows, draws from sequences, makes temporary tables | the same, and runs routines |
| `owner` | everything with tables and sequences; makes tables, and schemas | everything in the database |

On Aurora PostgreSQL the script also says who may do what with tables that are made later, by the master user or by an
`owner`; makes schemas that are missing; and closes the schema `public`, in which everybody could make tables before
version 15, unless somebody else has tables there. Who owns a table can do anything to it whatever the access is, so a
user that is no `owner` any more is listed at the end of the run with what it owns. So is everything else that the
master user has no right to grant. Databases are not made: `databaseName` is the first one, and others are yours.

Clusters that replicate another one get policies and no script, as their users come with the data.

### Through the Data API

The Data API takes no token of IAM. It logs in with the name and password in a secret, and who calls it must be allowed
to use the API on the cluster and to read the secret. A user with `dataApi` gets just that policy:

```yaml
spec:
  engine: aurora-postgresql
  engineVersion: "16.8"
  databaseName: orders
  enableHttpEndpoint: true
  instances: {instanceClass: db.r6g.large}
  applicationUsers:
    - name: search
      access: readonly
      dataApi:
        secretArn: arn:aws:secretsmanager:eu-west-1:111122223333:secret:orders/search-AbCdEf
```

The secret is yours: with `username: search` and a `password`, and with rotation if you like. The script makes the user
without a password (Aurora MySQL: locked), and says how to give it the one in the secret. Do not name the secret of the
master user there: whoever may use it may do everything.

## Roles that the cluster takes

To read from and write to S3, call Lambda functions or ask models, a cluster takes a role, one for each feature. For S3
it is made: RDS can take it for this cluster alone, and it may do what the feature needs with these buckets.

```yaml
spec:
  engine: aurora-postgresql
  engineVersion: "16.8"
  associatedRoles:
    s3Import: {buckets: [acme-import]}
    s3Export:
      buckets: [acme-export]
      kmsKeyIds: ["arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"]
    lambda: {roleArn: "arn:aws:iam::111122223333:role/orders-lambda"}
```

Aurora PostgreSQL knows each role by the name of its feature, and the extensions `aws_s3`, `aws_lambda` and `aws_ml` use
it. Aurora MySQL has no such names: it takes the roles that parameters name (`aws_default_s3_role`, one for both ways,
`aws_default_lambda_role` and so on), which are set in the parameter group that is made. On a cluster that is there
already they take effect when an instance restarts, and users need the matching role in the database, such as
`GRANT AWS_LOAD_S3_ACCESS TO …`.

The cluster also needs a way to the service. Its security group lets nothing out by itself; a gateway endpoint for S3 in
its VPC, for example, needs a rule for the endpoint's prefix list.

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
