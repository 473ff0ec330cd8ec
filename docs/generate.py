"""Writes what is generated of docs/ and schemas/json/: `make docs`. Tests hold that it is up to date."""

import textwrap
import types
import typing
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from pydantic import BaseModel
from pydantic.fields import FieldInfo

import alarm_page
import dashboard_picture
import feature_page
from auroraform.policies import prose, waivers
from auroraform.policies.bounds import Bounds
from auroraform.policies.registry import built_in
from auroraform.schemas import json_schema
from auroraform.schemas.codes.entries import entry
from auroraform.schemas.codes.prose import markdown
from auroraform.schemas.docstrings import description
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

{sections}This page is made from the models in `schemas/` by `make docs`.
"""

_SECTIONS: Final = (
    "instances",
    "autoscaling",
    "endpoints",
    "network",
    "encryption",
    "credentials",
    "parameters",
    "insights",
    "alarms",
    "lifecycle",
    "backups",
    "schedule",
    "users",
    "proxy",
    "roles",
)
"""The sections of the page of the manifest that people write, from docs/sections/, in their order."""

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


_RULES: Final = """\
# Production rules

`auroraform check` holds these rules against every cluster and environment of a workspace: what a careful database
engineer would stop in review. It looks at what is resolved and at what is synthesized, and asks neither Terraform nor
AWS. It exits with 1 where it finds an error, with `--strict` also where it finds a warning, and with 2 where the
workspace itself is wrong. `auroraform explain AP301` shows one of the rules.

    auroraform check                            every environment; --env prod for one
    auroraform check --strict --format sarif    for code scanning; also concise, json, github, junit
    auroraform check --diff                     show the edits that surely end findings
    auroraform check --fix                      show them and make them; comments and layout stay

A finding stands where the value comes from: in the manifest, in the environment, or in the class's defaults.

Some things never get that far, because `auroraform validate` and `synth` refuse them: a password in a file (AF104),
windows that overlap (AF107), an unencrypted volume outside of development, production's state in a local file, a
public address or a single zone in production (AF109), `0.0.0.0/0` among those who may connect to production (AF114),
Serverless v1 (AF110), a state without a lock (AF101), one state for two environments (AF207).

## Waivers

A rule that does not hold for a cluster is waived, with a reason, an owner, and the last day of that. Waivers stand in
the annotation `auroraform/waive` of a manifest, in `spec.waivers` of an environment, or in `spec.waivers` of
`policies.yaml`; each report shows what they excuse.

<!-- file: manifests/orders.yaml -->
```yaml
apiVersion: aws.project-planton.org/v1
kind: AwsRdsCluster
metadata:
  name: orders
  annotations:
    auroraform/waive: |
      - rule: AP301
        reason: rebuilt from the event log within an hour
        owner: team-checkout
        until: 2027-12-31
spec:
  engine: aurora-postgresql
  engineVersion: "16.8"
  backupRetentionPeriod: 3
```

A waiver takes `clusters` and `environments` too, lists of names; without them it is for all that it can be for.

## Settings

`policies.yaml` beside `manifests/` and `environments/` sets how bad findings are (`ignore`, `warning`, `error`, for all
classes or by class) and the bounds that values are held against.

<!-- file: policies.yaml -->
```yaml
apiVersion: auroraform/v1
kind: Policies
spec:
  rules:
    AP301: {staging: error}
  bounds:
    backupRetentionDays: 10
  waivers: []
```

{bounds}

## Rules of your own

`auroraform check --rules FOLDER` takes Python files with a `RULE` or `RULES` like those in `policies/rules/`; a package
offers some through the entry point `auroraform.rules`. A workspace cannot name any: manifests come from many teams, and
whoever runs the check has more rights than they have.

## The rules

"""


def pages() -> dict[str, str]:
    """The text of each generated page by its file name."""
    return {
        "manifest.md": "\n".join((_page(), *_sections(AwsRdsCluster))),
        "environment.md": "\n".join((_ENVIRONMENT, *_sections(Environment))),
        "errors.md": "\n".join((_ERRORS, *_codes())),
        "alarms.md": alarm_page.page(),
        "features.md": feature_page.page(),
        "rules.md": "\n".join((_RULES.replace("{bounds}", "\n".join(_table(Bounds))), *_rules())),
    }


def schema_files() -> dict[str, str]:
    """The text of each JSON Schema by its file name."""
    return {f"{name}.schema.json": json_schema.text(name) for name in (*json_schema.KINDS, json_schema.ANY)}


def _page() -> str:
    texts = ((DOCS / "sections" / f"{name}.md").read_text(encoding="utf-8") for name in _SECTIONS)
    sections = "".join(f"{text}\n" for text in texts)
    return _MANIFEST.replace("{outputs}", _outputs()).replace("{sections}", sections)


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


def _rules() -> Iterator[str]:
    rules = (*waivers.RULES, *built_in())
    yield "| code | | severity |"
    yield "|---|---|---|"
    for rule in rules:
        yield f"| [{rule.code}](#{rule.code.lower()}) | {rule.title} | {prose.severities(rule)} |"
    for rule in rules:
        yield f"\n## {rule.code}\n\n**{rule.title}.**\n\n{prose.markdown(rule)}"
    yield ""


def _outputs() -> str:
    return textwrap.fill(", ".join(f"`status.outputs.{name}`" for name in OUTPUTS | SECRET_OUTPUT), width=118)


def _sections(model: type[BaseModel], *paths: str) -> Iterator[str]:
    """The section of a model, which may stand in several places, and those of what it holds."""
    places = ", ".join(f"`{path}`" for path in paths)
    yield f"## {places}{_alternative(model)}\n" if places else "## The document\n"
    yield f"{_sentence(model.__doc__)}\n"
    yield from _table(model)
    yield ""
    inner: dict[type[BaseModel], list[str]] = {}
    for name, field in model.model_fields.items():
        for found in _models(field.annotation):
            below = (f"{path}.{field.alias or name}".lstrip(".") for path in paths or ("",))
            inner.setdefault(found, []).extend(below)
    for found, places_of_it in inner.items():
        yield from _sections(found, *places_of_it)


def _table(model: type[BaseModel]) -> Iterator[str]:
    yield "| field | type | absent | meaning |"
    yield "|---|---|---|---|"
    for name, field in model.model_fields.items():
        meaning, _, absent = _sentence(description(model, name)).partition(" If absent: ")
        yield f"| `{field.alias or name}` | {_type(field)} | {_absent(field, absent)} | {meaning} |"


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
    (DOCS / dashboard_picture.FILE).write_text(dashboard_picture.picture(), encoding="utf-8")
    SCHEMAS.mkdir(exist_ok=True)
    for file, text in schema_files().items():
        (SCHEMAS / file).write_text(text, encoding="utf-8")
