"""Specs and environments that are valid, over all fields: what hypothesis draws them from."""

from typing import Final

from hypothesis import strategies as st

Spec = dict[str, object]

VERSIONS: Final = {
    "aurora-mysql": ("8.0.mysql_aurora.3.08.0", "8.0.mysql_aurora.3.10.3", "8.4.mysql_aurora.8.4.7"),
    "aurora-postgresql": ("14.22", "15.10", "16.8", "17.5"),
}
LOGS: Final = {
    "aurora-mysql": ("audit", "error", "general", "iam-db-auth-error", "instance", "slowquery"),
    "aurora-postgresql": ("iam-db-auth-error", "instance", "postgresql"),
}
DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
KEY: Final = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
ROLE: Final = "arn:aws:iam::111122223333:role/databases/monitoring"
SECRET: Final = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop/search-AbCdEf"  # noqa: S105 - a name

_ids = st.text("abcdef0123456789", min_size=8, max_size=17)
_flags = st.booleans()
_always = st.sampled_from([True])
# JSON writes what lies beyond as pairs of surrogates, which YAML does not know.
_TEXT: Final = st.characters(max_codepoint=0xD7FF)
_hours = st.integers(0, 23)


def _spelled(texts: st.SearchStrategy[str]) -> st.SearchStrategy[object]:
    """A text in either of its spellings."""
    return texts | texts.map(lambda text: {"value": text})


def _some(prefix: str, low: int, high: int) -> st.SearchStrategy[list[object]]:
    return st.lists(_ids.map(lambda i: f"{prefix}-{i}"), min_size=low, max_size=high, unique=True).flatmap(
        lambda texts: st.tuples(*(_spelled(st.just(text)) for text in texts)).map(list)
    )


@st.composite
def _windows(draw: st.DrawFn) -> Spec:
    """Both windows, half a day apart, or one of them."""
    hour, day = draw(_hours), draw(st.sampled_from(DAYS))
    other = (hour + 12) % 24
    both = {
        "preferredMaintenanceWindow": f"{day}:{hour:02}:00-{day}:{hour:02}:45",
        "preferredBackupWindow": f"{other:02}:15-{other:02}:45",
    }
    keep = draw(st.sets(st.sampled_from(sorted(both)), min_size=1))
    return {name: both[name] for name in sorted(keep)}


@st.composite
def _capacity(draw: st.DrawFn) -> Spec:
    if draw(_flags):
        classes = st.sampled_from(["db.r6g.large", "db.r6g.xlarge", "db.t4g.medium", "db.r7g.2xlarge", "db.r8g.large"])
        members: Spec = {"count": draw(st.integers(1, 16))}
        return {"instances": members | ({"instanceClass": draw(classes)} if draw(_flags) else {})}
    low = draw(st.integers(0, 20).map(lambda n: n / 2))
    high = draw(st.integers(max(2, int(low * 2)), 256).map(lambda n: n / 2))
    pause: Spec = {"secondsUntilAutoPause": draw(st.integers(300, 86_400))} if low == 0 and draw(_flags) else {}
    return {"serverlessV2Scaling": {"minCapacity": low, "maxCapacity": high} | pause}


_DATA_API: Final = st.fixed_dictionaries({"secretArn": _spelled(st.just(SECRET))}, optional={"kmsKeyId": st.just(KEY)})


@st.composite
def _users(draw: st.DrawFn, engine: str) -> Spec:
    """Application users, and what they need beside them."""
    names = draw(
        st.lists(st.sampled_from(["app", "Reports", "constructor", "z" * 32]), min_size=1, max_size=3, unique=True)
    )
    optional: dict[str, st.SearchStrategy[object]] = {
        "roles": st.lists(st.sampled_from(["checkout", "ci+cd@acme", "ci.cd", "ci-cd"]), max_size=3, unique=True),
        "dataApi": _DATA_API,
    }
    if engine == "aurora-postgresql":
        optional["schemas"] = st.sampled_from([["public"], ["audit", "Sales_1"]])
    users = [
        draw(
            st.fixed_dictionaries(
                {
                    "name": st.just(name),
                    "access": st.sampled_from(["readonly", "readwrite", "owner"]),
                    "databases": st.sampled_from([["orders"], ["shop_2", "Main"]]),
                },
                optional=optional,
            )
        )
        for name in names
    ]
    return {"applicationUsers": users, "iamDatabaseAuthenticationEnabled": True, "enableHttpEndpoint": True}


@st.composite
def _associated_roles(draw: st.DrawFn) -> Spec:
    """Roles for S3 that are made, and others that exist, each for one feature."""
    made = st.fixed_dictionaries(
        {"buckets": st.sampled_from([["acme-import"], ["acme.data", "0-9"]])},
        optional={"kmsKeyIds": st.lists(_spelled(st.just(KEY)), max_size=1)},
    )
    given = {
        feature: st.just({"roleArn": ROLE + feature}) for feature in ("lambda", "sageMaker", "comprehend", "bedrock")
    }
    return draw(st.fixed_dictionaries({}, optional={"s3Import": made, "s3Export": made, **given}))


def _subnets_of(path: str) -> list[Spec]:
    return [{"valueFrom": {"kind": "AwsVpc", "name": "main", "fieldPath": path}}, {"value": "subnet-0c"}]


def fields(engine: str) -> dict[str, st.SearchStrategy[object]]:
    """Every field of a spec but the engine and its version, and what it may hold whatever the others are."""
    parameters = st.lists(
        st.fixed_dictionaries(
            {"name": st.text("abcdefghij_", min_size=1, max_size=12), "value": st.text(_TEXT, max_size=20)},
            optional={"applyMethod": st.sampled_from(["immediate", "pending-reboot"])},
        ),
        max_size=5,
        unique_by=lambda row: row["name"],
    )
    return {
        "subnetIds": _some("subnet", 2, 4) | st.sampled_from(["list", "state"]).map(_subnets_of),
        "dbSubnetGroupName": _spelled(st.sampled_from(["shared", "a group_of.1"])),
        "securityGroupIds": _some("sg", 0, 3) | st.just([{"valueFrom": {"name": "app"}}]),
        "associateSecurityGroupIds": _some("sg", 0, 2),
        "allowedCidrBlocks": st.lists(st.integers(0, 255).map(lambda n: f"10.{n}.0.0/16"), max_size=3, unique=True),
        "databaseName": st.sampled_from(["orders", "shop_2", "Main"]),
        "manageMasterUserPassword": _always,
        "masterUserSecretKmsKeyId": _spelled(st.just(KEY)),
        "username": st.sampled_from(["root", "owner", "main_user"]),
        "port": st.integers(1150, 65_535),
        "storageEncrypted": _always,
        "kmsKeyId": _spelled(st.just(KEY)) | st.just({"valueFrom": {"kind": "AwsKmsKey", "name": "main"}}),
        "enabledCloudwatchLogsExports": st.lists(st.sampled_from(LOGS[engine]), unique=True),
        "deletionProtection": _flags,
        "backupRetentionPeriod": st.integers(1, 35),
        "copyTagsToSnapshot": _flags,
        "skipFinalSnapshot": _flags,
        "finalSnapshotIdentifier": st.just("the-last-one"),
        "iamDatabaseAuthenticationEnabled": _flags,
        "enableHttpEndpoint": _flags,
        "associatedRoles": _associated_roles(),
        "parameters": parameters,
        "vpcId": _spelled(st.just("vpc-0a1b2c3d")),
        "engineMode": st.just("provisioned"),
        "storageType": st.sampled_from(["aurora", "aurora-iopt1"]),
        "clusterIdentifier": _ids.map(lambda text: f"own-{text}"),
        "logs": st.fixed_dictionaries({"retentionInDays": st.sampled_from([1, 7, 30, 365, 3653])}),
        "versionPolicy": st.sampled_from(["pinned", "minor"]),
        "deleteAutomatedBackups": _flags,
        "lifecycle": st.fixed_dictionaries({"preventDestroy": _flags}),
        "tls": st.fixed_dictionaries({"required": _flags}),
        "performanceInsights": st.fixed_dictionaries(
            {"enabled": _flags}, optional={"retentionPeriod": st.sampled_from([7, 31, 731]), "kmsKeyId": st.just(KEY)}
        ),
        "monitoring": st.fixed_dictionaries(
            {"interval": st.sampled_from([0, 1, 5, 10, 15, 30, 60])}, optional={"roleArn": st.just(ROLE)}
        ),
        "snapshotIdentifier": st.just("nightly"),
        "replicationSourceIdentifier": st.just("arn:aws:rds:eu-west-1:111122223333:cluster:other"),
        "dbClusterParameterGroupName": st.just("default.group"),
    }


TOGETHER: Final = frozenset(
    {
        *("preferredMaintenanceWindow", "preferredBackupWindow", "instances", "serverlessV2Scaling"),
        "applicationUsers",
    }
)
"""Fields that depend on one another, and are drawn as one."""
_EITHER_OR: Final = (("subnetIds", "dbSubnetGroupName"), ("snapshotIdentifier", "replicationSourceIdentifier"))


@st.composite
def specs(draw: st.DrawFn) -> Spec:
    """A spec that is valid in an environment of `environments`."""
    engine = draw(st.sampled_from(sorted(VERSIONS)))
    optional = fields(engine)
    chosen = draw(st.sets(st.sampled_from(sorted(optional)), max_size=len(optional)))
    for one, other in _EITHER_OR:
        if {one, other} <= chosen:
            chosen.remove(draw(st.sampled_from([one, other])))
    spec: Spec = {"engine": engine, "engineVersion": draw(st.sampled_from(VERSIONS[engine]))}
    spec |= {name: draw(optional[name]) for name in sorted(chosen)}
    return spec | draw(st.just({}) | _windows()) | draw(st.just({}) | _capacity()) | draw(st.just({}) | _users(engine))


_TAGS: Final = st.dictionaries(st.text(_TEXT, max_size=20).map(lambda text: f"t-{text}"), st.text(_TEXT, max_size=20))
_ROLES: Final = st.fixed_dictionaries(
    {"roleArn": st.just(ROLE)},
    optional={"sessionName": st.just("ci+cd@acme"), "externalId": st.just("acme:shop/prod")},
)
_STATES: Final[st.SearchStrategy[Spec]] = st.one_of(
    st.fixed_dictionaries(
        {"backend": st.just("s3"), "bucket": st.just("acme-state"), "dynamodbTable": st.just("locks")},
        optional={
            "region": st.just("us-east-1"),
            "keyPrefix": st.sampled_from(["databases", "a/b=1/c"]),
            "useLockfile": _flags,
            "kmsKeyId": st.sampled_from([KEY, "alias/state"]),
            "assumeRole": _ROLES,
        },
    ),
    st.fixed_dictionaries(
        {"backend": st.just("cloud"), "organization": st.just("acme")},
        optional={
            "hostname": st.just("terraform.acme.example:8443"),
            "workspace": st.just("aurora-{stack}"),
            "project": st.just("data bases"),
        },
    ),
    st.fixed_dictionaries(
        {"backend": st.just("cloud"), "organization": st.just("acme"), "tags": st.just(["db:aurora"])}
    ),
)


@st.composite
def _networks(draw: st.DrawFn) -> Spec:
    network: Spec = {"applicationSecurityGroupIds": draw(_some("sg", 0, 2))}
    if draw(_flags):
        network |= {"vpcTags": draw(_TAGS)} if draw(_flags) else {"vpcId": "vpc-0a1b"}
    return network | ({"subnetTags": draw(_TAGS)} if draw(_flags) else {"subnetIds": draw(_some("subnet", 2, 3))})


ENVIRONMENT_FIELDS: Final[dict[str, st.SearchStrategy[object]]] = {
    "class": st.sampled_from(["staging", "production"]),
    "region": st.sampled_from(["eu-west-1", "us-gov-west-1", "cn-north-1"]),
    "accountId": st.just("111122223333"),
    "state": _STATES,
    "network": _networks(),
    "assumeRole": _ROLES,
    "profile": st.just("shop.prod"),
    "tags": _TAGS,
    "naming": st.sampled_from(["{environment}-{name}", "{name}", "x-{name}-{environment}"]),
    "changes": st.sampled_from(["maintenance-window", "immediate"]),
    "stackPer": st.sampled_from(["environment", "cluster"]),
    "alarms": st.just({"topicArns": ["arn:aws:sns:eu-west-1:111122223333:on-call"]}),
    "references": st.just(
        {
            "AwsKmsKey/main": {"status.outputs.key_arn": {"ssmParameter": "/shop/key-arn"}},
            "AwsVpc/main": {
                "list": ["subnet-0a", "subnet-0b"],
                "state": {"remoteState": {"bucket": "b", "key": "k", "output": "o"}},
            },
            "AwsSecurityGroup/app": {
                "status.outputs.security_group_id": {"lookup": {"securityGroup": {"app": "shop"}}}
            },
        }
    ),
    "defaults": st.just({"backupRetentionPeriod": 21, "tls": {"required": False}}),
    "overrides": st.just({"c0": {"deletionProtection": True}}),
}
_REQUIRED: Final = ("class", "region", "accountId", "state", "network", "references")
"""What an environment must have, and the table that references in specs need."""


def environments() -> st.SearchStrategy[Spec]:
    """The spec of an environment that has subnets, of a class in which volumes must be encrypted."""
    optional = {name: values for name, values in ENVIRONMENT_FIELDS.items() if name not in _REQUIRED}
    return st.fixed_dictionaries({name: ENVIRONMENT_FIELDS[name] for name in _REQUIRED}, optional=optional)
