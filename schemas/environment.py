"""The environment: where clusters run, who may reach them, and which defaults hold there."""

import re
from typing import Annotated, Final, Literal

from pydantic import Field, model_validator
from pydantic.alias_generators import to_camel

from auroraform.schemas.backup import Backup
from auroraform.schemas.budgets import Budget
from auroraform.schemas.encoded import reference_in
from auroraform.schemas.expressed import Expressed, whole
from auroraform.schemas.models import Model
from auroraform.schemas.quiet_hours import FEWEST_MINUTES
from auroraform.schemas.references import EACH_VALUE_ONCE, Source, TextOrReference
from auroraform.schemas.scalars import Flag, Text
from auroraform.schemas.topics import Alarms
from auroraform.schemas.values import (
    ANY_KMS_KEY,
    EACH_ONCE,
    IDENTIFIER,
    AccountId,
    AvailabilityZone,
    Days,
    Name,
    PolicyArn,
    Region,
    RoleArn,
    RolePath,
    SubnetId,
    TimeOfDay,
    bad_value,
    plain,
)
from auroraform.schemas.waivers import Waiver
from auroraform.schemas.windows import MINUTES_A_DAY, minute_of_day

API_VERSION: Final = "auroraform/v1"
KIND: Final = "Environment"

EnvironmentClass = Literal["development", "staging", "production"]


class AssumeRole(Model):
    """A role to take on before talking to AWS."""

    role_arn: RoleArn
    """ARN of the role."""
    session_name: Annotated[
        Text, plain(r"[\w+=,.@-]{2,64}", "is not a session name", "use 2 to 64 letters, digits or +=,.@-")
    ] = "auroraform"
    """Name of the session in CloudTrail. If absent: auroraform."""
    external_id: (
        Annotated[
            Text,
            plain(r"[\w+=,.@:/-]{2,1224}", "is not an external id", "use letters, digits or +=,.@:/-"),
        ]
        | None
    ) = None
    """External id that the role's trust policy asks for. If absent: none is sent."""


_BUCKET: Final = plain(
    r"(?=.{3,63}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*",
    "is not the name of an S3 bucket",
    "use 3 to 63 lower-case letters, digits and hyphens",
)
_TABLE: Final = plain(
    r"[A-Za-z0-9_.-]{3,255}", "is not the name of a DynamoDB table", "use 3 to 255 letters, digits or _.-"
)
_KEY_PREFIX: Final = plain(
    r"[A-Za-z0-9_.=@-]+(/[A-Za-z0-9_.=@-]+)*",
    "is not a prefix for state keys",
    "write it without slashes at the ends, as databases/aurora",
)
_KMS_KEY: Final = plain(ANY_KMS_KEY, "is not a KMS key", "write the ARN of the key")


class S3State(Model):
    """State in S3, locked through a DynamoDB table, an object beside the state, or both."""

    backend: Literal["s3"]
    """`s3`."""
    bucket: Annotated[Text, _BUCKET]
    """Name of the bucket."""
    region: Region | None = None
    """Region of the bucket and the table. If absent: the environment's."""
    key_prefix: Annotated[Text, _KEY_PREFIX] = "auroraform"
    """Folder of the state objects: the key is `<keyPrefix>/<stack>/terraform.tfstate`. If absent: auroraform."""
    dynamodb_table: Annotated[Text, _TABLE] | None = None
    """DynamoDB table for locks. If absent: `useLockfile` must be true."""
    use_lockfile: Flag = False
    """Lock with an object beside the state (Terraform and OpenTofu 1.10 or newer). If absent: false."""
    kms_key_id: Annotated[Text, _KMS_KEY] | None = None
    """KMS key that encrypts the state. If absent: S3's own key."""
    assume_role: AssumeRole | None = None
    """Role for reading and writing state. If absent: the caller's own credentials."""


class LocalState(Model):
    """State in a file beside the stack, for trials: nobody else sees it, and nothing locks it."""

    backend: Literal["local"]
    """`local`."""


def _workspace_pattern(value: str) -> str:
    rest = value.replace("{stack}", "s")
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,90}", rest) or reference_in(rest):
        raise bad_value("is not a pattern of workspace names", 'use letters, digits, "_", "-" and {stack}')
    return value


class CloudState(Model):
    """State in HCP Terraform (or Terraform Enterprise), in one workspace per stack."""

    backend: Literal["cloud"]
    """`cloud`."""
    organization: Annotated[Text, plain(r"[A-Za-z0-9_-]{3,40}", "is not an organization", "use its name")]
    """Organization."""
    hostname: Annotated[Text, plain(r"[A-Za-z0-9.-]+(:\d+)?", "is not a host name", "write it as app.terraform.io")] = (
        "app.terraform.io"
    )
    """Host. If absent: app.terraform.io."""
    workspace: Annotated[Text, Expressed(_workspace_pattern, whole(r"([A-Za-z0-9_-]|\{stack\})+"))] | None = None
    """Name of the workspace, from `{stack}`. If absent: `{stack}`, or the workspaces that `tags` name."""
    tags: (
        Annotated[
            tuple[
                Annotated[
                    Text, plain(r"[\w:-]+", "is not a tag of a workspace", "use letters, digits, colons, _ and -")
                ],
                ...,
            ],
            EACH_ONCE,
        ]
        | None
    ) = None
    """Tags of the workspaces, instead of a name. If absent: `workspace` holds."""
    project: Annotated[Text, plain(r"[\w -]{3,40}", "is not a project", "use its name")] | None = None
    """Project of the workspaces. If absent: the organization's default project."""

    @model_validator(mode="after")
    def _name_or_tags(self) -> "CloudState":
        if self.workspace is not None and self.tags is not None:
            raise bad_value("names a workspace and tags", "keep workspace or tags (Terraform takes one of the two)")
        return self


State = Annotated[S3State | CloudState | LocalState, Field(discriminator="backend")]


class Network(Model):
    """The network that clusters of the environment live in: ids, or tags for Terraform to look them up by."""

    vpc_id: TextOrReference | None = None
    """VPC of the subnets. If absent: looked up by `vpcTags`, else from the first subnet."""
    vpc_tags: dict[str, Text] | None = None
    """Tags of the VPC, of which there must be one. If absent: `vpcId` holds."""
    subnet_ids: Annotated[tuple[TextOrReference, ...], EACH_VALUE_ONCE] | None = None
    """Subnets for clusters whose manifest names none. If absent: looked up by `subnetTags`, else every manifest must
    name its own."""
    subnet_tags: dict[str, Text] | None = None
    """Tags of the subnets, looked up in the VPC if that is known. If absent: `subnetIds` holds."""
    availability_zones: dict[SubnetId, AvailabilityZone] | None = None
    """The Availability Zone of each subnet by its id, those of `subnetIds` and any that manifests name. If absent: not
    known here, and RDS places every instance."""
    application_security_group_ids: Annotated[tuple[TextOrReference, ...], EACH_VALUE_ONCE] = ()
    """Security groups of the applications: they may connect to every cluster here that has a security group made.
    Networks and prefix lists can be let in by `defaults.securityGroup.rules`. If absent: none."""

    @model_validator(mode="after")
    def _ids_or_tags(self) -> "Network":
        for ids, tags in (("vpc_id", "vpc_tags"), ("subnet_ids", "subnet_tags")):
            if getattr(self, ids) is not None and getattr(self, tags) is not None:
                raise bad_value(f"gives both {to_camel(ids)} and {to_camel(tags)}", "keep one of the two")
        return self


class Iam(Model):
    """What holds for every IAM role that is made."""

    permissions_boundary: PolicyArn | None = None
    """ARN of the policy that bounds what roles may ever be allowed, where the account asks for one. If absent: none."""
    path: RolePath | None = None
    """Path of the roles, such as `/databases/`. Changing it later makes each role anew. If absent: `/`."""


class QuietHours(Model):
    """When clusters may be disturbed, in UTC: windows that manifests leave out are spread over these hours.

    Where clocks change twice a year, name the hours that are quiet in summer and in winter: 22:00 to 5:00 in Berlin is
    21:00 to 4:00 UTC in winter and 20:00 to 3:00 UTC in summer, so write 21:00 to 3:00.
    """

    start: TimeOfDay
    """When they begin, in UTC and in quotes: `"21:00"`."""
    end: TimeOfDay
    """When they end, in UTC and in quotes; two hours later or more, and possibly on the next day: `"03:00"`."""
    days: Days = ("mon", "tue", "wed", "thu")
    """Days, in UTC, on which they begin; maintenance is on one of them, backups are on all days. If absent: Monday to
    Thursday, before working days."""

    @model_validator(mode="after")
    def _long_enough(self) -> "QuietHours":
        if (minute_of_day(self.end) - minute_of_day(self.start)) % MINUTES_A_DAY < FEWEST_MINUTES:
            raise bad_value("leaves too little room for two windows", 'name two hours or more, as "21:00" to "03:00"')
        return self


def _naming(value: str) -> str:
    rest = value.replace("{environment}", "e").replace("{name}", "n")
    if "{name}" not in value:
        raise bad_value("does not contain {name}", 'write it as "{environment}-{name}"')
    if "{" in rest or "}" in rest:
        raise bad_value("holds an unknown placeholder", "use {environment} and {name}")
    # Names are identifiers themselves, so that one letter stands for any of them.
    if re.fullmatch(IDENTIFIER, rest) is None:
        raise bad_value(
            "makes no identifiers that RDS takes",
            "use lower-case letters, digits and single hyphens beside the placeholders, a letter first",
        )
    return value


class EnvironmentSpec(Model):
    """Where clusters run, and which defaults hold there."""

    class_: Annotated[EnvironmentClass, Field(alias="class")]
    """`development`, `staging` or `production`: which layer of defaults holds."""
    region: Region
    """AWS Region, such as `eu-west-1`."""
    account_id: AccountId
    """The only AWS account that Terraform may touch here, in quotes."""
    state: State
    """Where Terraform keeps its state."""
    assume_role: AssumeRole | None = None
    """Role for all AWS calls. If absent: the caller's own credentials."""
    profile: Annotated[Text, plain(r"[\w.@+-]+", "is not the name of a profile", "use its name")] | None = None
    """Profile of the AWS configuration files. If absent: the caller's own credentials."""
    network: Network = Network()
    """The network that clusters live in. If absent: every manifest names its own subnets."""
    tags: dict[str, Text] = Field(default_factory=dict)
    """Tags of everything in the environment, beside `environment` and `managed-by`. If absent: only those two."""
    naming: Annotated[
        Text, Expressed(_naming, whole(r"([a-z0-9-]|\{environment\})*\{name\}([a-z0-9-]|\{(environment|name)\})*"))
    ] = "{environment}-{name}"
    """Pattern of cluster identifiers, from `{environment}` and `{name}`. If absent: `{environment}-{name}`."""
    changes: Literal["maintenance-window", "immediate"] | None = None
    """When modifications reach clusters and instances (`apply_immediately`). If absent: immediate in
    development, in the maintenance window elsewhere."""
    quiet_hours: QuietHours | None = None
    """When clusters may be disturbed. If absent: the nights of the Region that working days follow, from 23:00 to 5:00
    in its winter time (midnight to six in summer)."""
    iam: Iam = Iam()
    """What holds for every IAM role that is made. If absent: roles have no boundary and the path `/`."""
    stack_per: Literal["environment", "cluster"] = "environment"
    """One stack and state for the whole environment, or one for each cluster, named `<environment>-<cluster>`.
    If absent: environment."""
    alarms: Alarms = Alarms()
    """Who is told when something is wrong. If absent: nobody."""
    budget: Budget | None = None
    """How much a month of everything here may cost, and who is told. With `stackPer: cluster`, say it of each cluster.
    If absent: nobody is."""
    backup: Backup | None = None
    """What AWS Backup saves, where to, and how that is proved. If absent: clusters have the backups of Aurora alone,
    in their own account and Region."""
    references: dict[str, dict[str, Source]] = Field(default_factory=dict)
    """What `valueFrom` references resolve to, by `Kind/name` and field path. If absent: only clusters of the workspace
    can be referred to."""
    defaults: dict[str, object] = Field(default_factory=dict)
    """Part of a cluster's spec, for every cluster here; the manifest wins over it. If absent: the class's defaults."""
    waivers: tuple[Waiver, ...] = ()
    """Exceptions from production rules, for clusters here. If absent: none beside those of the workspace and of
    manifests."""
    overrides: dict[str, dict[str, object]] = Field(default_factory=dict)
    """Part of a cluster's spec by the cluster's name; wins over the manifest. If absent: the manifest stands."""


class EnvironmentMetadata(Model):
    """Who the environment is."""

    name: Name
    """Name of the environment: the stack, its folder and its state key carry it."""


class Environment(Model):
    """A place where clusters run."""

    api_version: Literal["auroraform/v1"]
    """`auroraform/v1`."""
    kind: Literal["Environment"]
    """`Environment`."""
    metadata: EnvironmentMetadata
    """Who the environment is."""
    spec: EnvironmentSpec
    """What the environment is."""
