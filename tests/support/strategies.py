"""Specs and environments that are valid, over all fields: what hypothesis draws them from."""

from typing import Final

from hypothesis import strategies as st
from pydantic.alias_generators import to_camel

from auroraform.schemas.alarms.table import ROWS, Role
from auroraform.schemas.regions import partition_of

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
SECRET: Final = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:databases/orders-AbCdEf"  # noqa: S105 - its name
PARAMETER: Final = "arn:aws:ssm:eu-west-1:111122223333:parameter/orders/password"
SNAPSHOT: Final = "arn:aws:rds:eu-west-1:111122223333:cluster-snapshot:nightly"
TOPIC: Final = "arn:aws:sns:eu-west-1:111122223333:on-call"
BOUNDARY: Final = "arn:aws:iam::111122223333:policy/boundaries/databases"
ROLE: Final = "arn:aws:iam::111122223333:role/databases/monitoring"

_ids = st.text("abcdef0123456789", min_size=8, max_size=17)
_flags = st.booleans()
_always = st.sampled_from([True])
# JSON writes what lies beyond as pairs of surrogates, which YAML does not know.
_TEXT: Final = st.characters(max_codepoint=0xD7FF)
_hours = st.integers(0, 23)


def in_region(text: str, region: str) -> str:
    """Text with the ARNs of what must be in the Region of an environment as they would be there."""
    text = text.replace("arn:aws:backup:eu-west-1:", f"arn:{partition_of(region)}:backup:{region}:")
    for arn in (KEY, SECRET, PARAMETER, TOPIC, SNAPSHOT):
        _, _, service, _, rest = arn.split(":", 4)
        text = text.replace(arn, f"arn:{partition_of(region)}:{service}:{region}:{rest}")
    return text


def fitting(specs: list[Spec], environment: Spec) -> list[Spec]:
    """Specs without what the class of an environment rules out."""
    ruled_out = {"schedule"} if environment["class"] == "production" else set()
    return [{name: value for name, value in spec.items() if name not in ruled_out} for spec in specs]


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


_CLASSES: Final = ("db.r6g.large", "db.r6g.xlarge", "db.t4g.medium", "db.r7g.2xlarge", "db.r8g.large")
_AUTHORITIES: Final = st.sampled_from(["rds-ca-rsa2048-g1", "rds-ca-rsa4096-g1", "rds-ca-ecc384-g1"])


def _member(classes: tuple[str, ...]) -> st.SearchStrategy[Spec]:
    """What may be said of an instance alone, but for its zone, which depends on the environment."""
    fields = {
        "instanceClass": st.sampled_from(classes),
        "promotionTier": st.integers(0, 15),
        "preferredMaintenanceWindow": st.sampled_from(DAYS).map(lambda day: f"{day}:03:00-{day}:03:30"),
        "caCertificateIdentifier": _AUTHORITIES,
        "publiclyAccessible": st.just(False),  # noqa: FBT003 - a value, not a switch
        "dbParameterGroupName": st.sampled_from(["default.aurora", "long-queries"]),
    }
    return st.fixed_dictionaries(
        {}, optional={name: values for name, values in fields.items() if classes or name != "instanceClass"}
    )


@st.composite
def _members(draw: st.DrawFn, classes: tuple[str, ...]) -> Spec:
    """Members by key: two that are never in one zone, and others."""
    keys = st.text("abcdefghijklmnopqrstuvwxyz0123456789", min_size=1, max_size=15).filter(
        lambda key: key != "constructor"
    )
    others: Spec = {**draw(st.dictionaries(keys, _member(classes), max_size=5))}
    return others | {key: draw(_member(())) for key in ("1", "2")}


@st.composite
def _capacity(draw: st.DrawFn) -> Spec:
    shared = draw(
        st.fixed_dictionaries(
            {},
            optional={
                "caCertificateIdentifier": _AUTHORITIES,
                "publiclyAccessible": st.just(False),  # noqa: FBT003 - a value, not a switch
                "rolling": _flags,
            },
        )
    )
    if draw(_flags):
        number: Spec = {"count": draw(st.integers(1, 16))} if draw(_flags) else {"members": draw(_members(_CLASSES))}
        class_: Spec = {"instanceClass": draw(st.sampled_from(_CLASSES))} if draw(_flags) else {}
        return {"instances": number | shared | class_}
    low = draw(st.integers(0, 20).map(lambda n: n / 2))
    high = draw(st.integers(max(2, int(low * 2)), 256).map(lambda n: n / 2))
    pause: Spec = {"secondsUntilAutoPause": draw(st.integers(300, 86_400))} if low == 0 and draw(_flags) else {}
    members: Spec = {"members": draw(_members((*_CLASSES, "db.serverless")))} if draw(_flags) else {}
    return {"serverlessV2Scaling": {"minCapacity": low, "maxCapacity": high} | pause, "instances": shared | members}


@st.composite
def _readers(draw: st.DrawFn) -> Spec:
    """Autoscaling whose bounds fit whatever the number of instances is."""
    bounds = {"minCapacity": draw(st.integers(0, 15)), "maxCapacity": 15}
    schedules = st.dictionaries(
        st.sampled_from(["morning", "evening", "x2"]),
        st.fixed_dictionaries(
            {
                "schedule": st.sampled_from(["cron(0 6 ? * MON-FRI *)", "rate(12 hours)", "at(2031-12-24T18:00:00)"]),
                "minCapacity": st.integers(0, 15),
            },
            optional={
                "timezone": st.sampled_from(["Europe/Berlin", "Etc/GMT+9", "UTC"]),
                "maxCapacity": st.just(15),
                "startTime": st.just("2031-01-01T00:00:00Z"),
                "endTime": st.just("2031-12-31T23:59:59+01:00"),
            },
        ),
        max_size=2,
    )
    metrics = {"averageCpuUtilization": st.floats(1, 100), "averageDatabaseConnections": st.integers(1, 100_000)}
    kept = draw(st.sets(st.sampled_from(sorted(metrics)), min_size=1))
    optional = {
        "scaleInCooldown": st.integers(0, 86_400),
        "scaleOutCooldown": st.integers(0, 86_400),
        "disableScaleIn": _flags,
        "schedules": schedules,
    }
    return bounds | draw(st.fixed_dictionaries({name: metrics[name] for name in sorted(kept)}, optional=optional))


# Every cluster has an instance of this key.
_BUDGETS: Final = st.fixed_dictionaries(
    {
        "limitAmount": st.integers(1, 10_000) | st.just(99.5),
        "subscriberEmailAddresses": st.lists(
            st.sampled_from(["databases@example.com", "f.inance+x@acme.co.uk"]), min_size=1, unique=True
        ),
    },
    optional={
        "limitUnit": st.sampled_from(["USD", "CNY"]),
        "actual": st.lists(st.sampled_from([50, 80, 99.9, 120]), max_size=4, unique=True),
        "forecasted": st.lists(st.sampled_from([100, 150]), min_size=1, unique=True),
    },
)
_SCHEDULES: Final = st.fixed_dictionaries(
    {
        "timeZone": st.sampled_from(["Europe/Berlin", "Pacific/Auckland", "America/St_Johns", "UTC"]),
        "start": st.sampled_from(["05:30", "08:00"]),
        "stop": st.sampled_from(["03:00", "19:15", "23:59"]),
    },
    optional={"days": st.sets(st.sampled_from(DAYS), min_size=1).map(sorted)},
)
"""Of classes in which clusters may be stopped."""
_MEMBERS: Final = st.just(["1"])
_ENDPOINTS: Final = st.dictionaries(
    st.sampled_from(["reports", "queries", "r2-d2", "a", "b", "c"]),
    st.sampled_from(["READER", "ANY"]).flatmap(
        lambda type_: (
            st.fixed_dictionaries({"type": st.just(type_)})
            | st.fixed_dictionaries({"type": st.just(type_), "members": _MEMBERS})
            | st.fixed_dictionaries({"type": st.just(type_), "excludedMembers": _MEMBERS})
        )
    ),
    max_size=5,
)


@st.composite
def _security(draw: st.DrawFn) -> Spec:
    """Rules of every kind, of which no two are the same; those of IPv6 beside what they need."""
    network_type = draw(st.sampled_from([None, "IPV4", "DUAL"]))
    sources: list[Spec] = [
        {"cidrIpv4": "192.168.0.0/16"},
        {"prefixListId": "pl-0a1b"},
        {"prefixListId": {"valueFrom": {"kind": "AwsVpc", "name": "main", "fieldPath": "state"}}},
        {"securityGroupId": {"value": "sg-rule"}},
        {"self": True},
    ]
    if network_type == "DUAL":
        sources.append({"cidrIpv6": "2001:DB8::/32"})

    def rules(ports: st.SearchStrategy[Spec]) -> Spec:
        chosen = draw(st.lists(st.sampled_from(range(len(sources))), max_size=4, unique=True))
        names = draw(st.permutations(["office", "batch-2", "x", "e"]))
        words = st.text("az 09._:/()#,@[]+=&;{}!$*-", min_size=1, max_size=20)
        about: st.SearchStrategy[Spec] = st.fixed_dictionaries({}, optional={"description": words})
        return {name: sources[index] | draw(ports) | draw(about) for name, index in zip(names, chosen, strict=False)}

    some: st.SearchStrategy[Spec] = st.sampled_from([{"fromPort": 443}, {"fromPort": 1, "toPort": 65_535}])
    group: Spec = {"rules": rules(st.just({}) | some), "egress": rules(some)}
    kept = draw(st.sets(st.sampled_from(sorted(group))))
    group = {name: group[name] for name in sorted(kept)} | ({"managed": True} if draw(_flags) else {})
    return {"securityGroup": group} | ({"networkType": network_type} if network_type else {})


_UNMANAGED: Final[Spec] = {"securityGroup": {"managed": False}, "associateSecurityGroupIds": ["sg-own"]}
"""Existing groups only, which have no use for fields that let somebody in."""
_SOURCES: Final = ("securityGroupIds", "allowedCidrBlocks")


_KEYS: Final = st.fixed_dictionaries(
    {"create": _flags},
    optional={
        "uses": st.sets(
            st.sampled_from(["volume", "performanceInsights", "masterUserSecret"]), min_size=1, max_size=3
        ).map(sorted),
        "description": st.text(_TEXT, min_size=1, max_size=20),
        "alias": st.sampled_from(["alias/orders", "alias/databases/orders_1"]),
        "enableKeyRotation": _always,
        "rotationPeriodInDays": st.integers(90, 2560),
        "multiRegion": _flags,
        "administrators": st.lists(st.just(ROLE), max_size=1),
        "deletionProtection": _flags,
        "deletionWindowInDays": st.integers(7, 30),
    },
)
_PASSWORDS: Final = st.one_of(
    *(
        st.fixed_dictionaries(
            {name: _spelled(st.sampled_from(texts))},
            optional={"jsonKey": st.sampled_from(["password", "a-b.c_1"]), "version": st.integers(1, 99)},
        )
        for name, texts in (("secretArn", (SECRET,)), ("ssmParameter", (PARAMETER, "/orders/password", "password")))
    )
)
_ROTATIONS: Final = st.fixed_dictionaries(
    {},
    optional={
        "rotation": st.one_of(
            st.fixed_dictionaries(
                {"automaticallyAfterDays": st.integers(1, 1000)}, optional={"rotateImmediately": _flags}
            ),
            st.fixed_dictionaries(
                {"scheduleExpression": st.sampled_from(["rate(4 hours)", "rate(999 days)", "cron(0 4 ? * SUN#1 *)"])},
                optional={"duration": st.sampled_from(["1h", "4h"])},
            ),
        )
    },
)


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


_SEVERITIES: Final = st.sampled_from(["critical", "warning"])
_ALARM: Final = {
    "enabled": _flags,
    "period": st.sampled_from([60, 300, 3600]),
    # CloudWatch looks back for seven days, and the longest period of the table is a day.
    "evaluationPeriods": st.integers(1, 7),
    "severity": _SEVERITIES,
}
_ALARMS: Final = st.fixed_dictionaries(
    {"enabled": _flags},
    optional={
        "severity": _SEVERITIES,
        "runbookUrl": st.just("https://wiki.acme.example/databases?alarm={alarm}"),
        **{
            to_camel(row.field): st.fixed_dictionaries(
                {},
                optional=_ALARM
                | {"threshold": st.floats(1, 100)}
                | ({"total": st.integers(1, 1000)} if row.share is not None and row.role is not Role.CLUSTER else {}),
            )
            for row in ROWS
        },
    },
)


def _subnets_of(path: str) -> list[Spec]:
    return [{"valueFrom": {"kind": "AwsVpc", "name": "main", "fieldPath": path}}, {"value": "subnet-0c"}]


def _names(first: str) -> st.SearchStrategy[str]:
    """Names of parameters, which nobody knows; by their first letter none is in two groups."""
    return st.text("abcdefghij_.", max_size=9).map(lambda text: f"{first}0{text}")


def _parameter_values() -> st.SearchStrategy[object]:
    return st.text(_TEXT, max_size=20) | st.integers() | st.booleans()


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
        "clusterParameters": st.dictionaries(_names("c"), _parameter_values(), max_size=3),
        "instanceParameters": st.dictionaries(_names("i"), _parameter_values(), max_size=3),
        "slowQueries": st.fixed_dictionaries(
            {}, optional={"enabled": _always, "thresholdSeconds": st.integers(1, 3_600_000).map(lambda ms: ms / 1000)}
        ),
        "auditing": st.fixed_dictionaries({"enabled": _always}),
        "timeZone": st.sampled_from(["UTC", "Europe/Paris", "asia/tokyo"]),
        "upgrade": st.fixed_dictionaries(
            {"from": st.just({"aurora-mysql": "5.7", "aurora-postgresql": "13.9"}[engine])},
            optional={"changes": st.sampled_from(["maintenance-window", "immediate"])},
        ),
        "vpcId": _spelled(st.just("vpc-0a1b2c3d")),
        "engineMode": st.just("provisioned"),
        "storageType": st.sampled_from(["aurora", "aurora-iopt1"]),
        "subnetTags": st.just({"tier": "isolated", "${a}": "%{b}"}),
        "clusterIdentifier": _ids.map(lambda text: f"own-{text}"),
        "logs": st.fixed_dictionaries(
            {"retentionInDays": st.sampled_from([1, 7, 30, 365, 3653])},
            optional={
                "kmsKeyId": _spelled(st.just(KEY)),
                "logGroupClass": st.sampled_from(["STANDARD", "INFREQUENT_ACCESS"]),
                "skipDestroy": _flags,
                "adoptExisting": st.just([]),
            },
        ),
        "engineLifecycleSupport": st.sampled_from(
            ["open-source-rds-extended-support", "open-source-rds-extended-support-disabled"]
        ),
        "timeouts": st.dictionaries(
            st.sampled_from(["create", "update", "delete"]), st.sampled_from(["30m", "2h30m", "24h", "90m1s", "3600s"])
        ),
        "versionPolicy": st.sampled_from(["pinned", "minor"]),
        "deleteAutomatedBackups": _flags,
        "kmsKey": _KEYS,
        "passwordFrom": _PASSWORDS,
        "masterUserSecret": _ROTATIONS,
        "lifecycle": st.fixed_dictionaries({"preventDestroy": _flags}),
        "tls": st.fixed_dictionaries({"required": _flags}),
        "performanceInsights": st.fixed_dictionaries(
            {"enabled": _flags}, optional={"retentionPeriod": st.sampled_from([7, 31, 731]), "kmsKeyId": st.just(KEY)}
        ),
        "databaseInsights": st.just({"mode": "standard"}),
        "monitoring": st.fixed_dictionaries(
            {"interval": st.sampled_from([0, 1, 5, 10, 15, 30, 60])}, optional={"roleArn": st.just(ROLE)}
        ),
        "dashboard": st.fixed_dictionaries(
            {"enabled": _flags}, optional={"start": st.sampled_from(["-PT3H", "-PT90M", "-P1D", "-P2W"])}
        ),
        "events": _EVENTS,
        "alarms": _ALARMS,
        "readerAutoscaling": _readers(),
        "backups": _backups(engine),
        "endpoints": _ENDPOINTS,
        "schedule": _SCHEDULES,
        "budget": _BUDGETS,
        "snapshotIdentifier": st.just("nightly"),
        "replicationSourceIdentifier": st.just("arn:aws:rds:eu-west-1:111122223333:cluster:other"),
        "dbClusterParameterGroupName": st.just("shared"),
    }


def _backups(engine: str) -> st.SearchStrategy[Spec]:
    """Snapshots that anybody may have, and exports with a key that is named."""
    part = "shop.orders" if engine == "aurora-mysql" else "shop.public.orders"
    export = {"bucket": st.just("acme-archive"), "kmsKeyId": st.just(KEY)}
    optional = {
        "prefix": st.sampled_from(["aurora", "a/b/c"]),
        "roleArn": st.just(ROLE),
        "exportOnly": st.lists(st.sampled_from(["shop", part]), unique=True),
    }
    exports = st.fixed_dictionaries(export | {"snapshotArn": st.just(SNAPSHOT)}, optional=optional)
    keys = st.sampled_from(["a", "before17", "0", "export"])
    return st.fixed_dictionaries(
        {},
        optional={
            "plan": _flags,
            "snapshots": st.dictionaries(keys, st.just({}), max_size=2),
            "exports": st.dictionaries(keys, exports, max_size=2),
        },
    )


def _told(*categories: str) -> st.SearchStrategy[dict[str, str]]:
    return st.dictionaries(st.sampled_from(categories), st.sampled_from(["critical", "warning", "none"]))


_EVENTS: Final = st.fixed_dictionaries(
    {},
    optional={
        "enabled": _flags,
        "clusterCategories": _told("creation", "failover", "maintenance"),
        "instanceCategories": _told("availability", "low storage", "read replica", "security patching"),
    },
)


@st.composite
def _together(draw: st.DrawFn, spec: Spec) -> Spec:
    """What some fields may hold only because others hold what they do."""
    found: Spec = {}
    logs, exports = spec.get("logs"), spec.get("enabledCloudwatchLogsExports")
    if isinstance(logs, dict) and isinstance(exports, list) and exports:
        found["logs"] = logs | {"adoptExisting": draw(st.lists(st.sampled_from(exports), unique=True))}
    insights = spec.get("performanceInsights")
    if isinstance(insights, dict) and insights["enabled"] and insights.get("retentionPeriod") in {None, 731}:
        found["databaseInsights"] = {"mode": draw(st.sampled_from(["standard", "advanced"]))}
    return found


TOGETHER: Final = frozenset(
    {
        *("preferredMaintenanceWindow", "preferredBackupWindow", "instances", "serverlessV2Scaling"),
        *("networkType", "securityGroup"),
        *("applicationUsers", "proxy"),
    }
)
"""Fields that depend on one another, and are drawn as one."""
_EITHER_OR: Final = (
    ("subnetIds", "dbSubnetGroupName"),
    ("subnetIds", "subnetTags"),
    ("dbSubnetGroupName", "subnetTags"),
    ("snapshotIdentifier", "replicationSourceIdentifier"),
    ("schedule", "replicationSourceIdentifier"),
    ("kmsKey", "kmsKeyId"),
    ("kmsKey", "performanceInsights"),
    ("kmsKey", "masterUserSecretKmsKeyId"),
    *(
        (one, other)
        for one in ("passwordFrom", "replicationSourceIdentifier")
        for other in ("masterUserSecret", "masterUserSecretKmsKeyId")
    ),
    ("passwordFrom", "replicationSourceIdentifier"),
    ("passwordFrom", "manageMasterUserPassword"),
    *(("dbClusterParameterGroupName", name) for name in ("parameters", "clusterParameters", "timeZone", "auditing")),
    # Terraform would ignore the new version.
    ("upgrade", "versionPolicy"),
)


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
    spec |= draw(_together(spec))
    spec |= draw(st.just({}) | _windows()) | draw(st.just({}) | _capacity())
    security = draw(st.just({}) | _security() | st.just(_UNMANAGED))
    if security is _UNMANAGED:
        spec = {name: value for name, value in spec.items() if name not in _SOURCES}
    spec |= security
    if draw(st.booleans()):
        spec |= draw(_users(engine))
    if draw(st.booleans()):
        spec["proxy"] = draw(_proxy(engine, spec))
    return spec if "instanceParameters" in spec else _with_instance_group(spec, draw(st.none() | st.just("shared")))


_PASSWORD_TYPES: Final = {
    "aurora-mysql": ("MYSQL_CACHING_SHA2_PASSWORD", "MYSQL_NATIVE_PASSWORD"),
    "aurora-postgresql": ("POSTGRES_SCRAM_SHA_256", "POSTGRES_MD5"),
}


@st.composite
def _proxy(draw: st.DrawFn, engine: str, spec: Spec) -> Spec:
    """A proxy for the rest of a spec."""
    modes, types = st.sampled_from(["REQUIRED", "DISABLED"]), st.sampled_from(_PASSWORD_TYPES[engine])
    own = {"iamAuth": modes, "clientPasswordAuthType": types}
    secret = st.fixed_dictionaries({"secretArn": _spelled(st.just(SECRET))}, optional=own | {"kmsKeyId": st.just(KEY)})
    pool = {
        "maxConnectionsPercent": st.integers(50, 100),
        "maxIdleConnectionsPercent": st.integers(0, 50),
        "connectionBorrowTimeout": st.integers(0, 300),
        "initQuery": st.sampled_from(["SET x=1, y=2", "${a} %{b}"]),
        **({"sessionPinningFilters": st.just(["EXCLUDE_VARIABLE_SETS"])} if engine == "aurora-mysql" else {}),
    }
    has_master = "passwordFrom" not in spec and "replicationSourceIdentifier" not in spec
    is_managed = spec.get("securityGroup") != _UNMANAGED["securityGroup"]
    instances = spec.get("instances")
    has_readers = isinstance(instances, dict) and (instances.get("count", 1) != 1 or "members" in instances)
    needed: dict[str, st.SearchStrategy[object]] = {}
    optional = own | {
        "name": st.just("pool"),
        "requireTls": _always,
        "idleClientTimeout": st.integers(1, 28_800),
        "debugLogging": _flags,
        "pool": st.fixed_dictionaries({}, optional=pool),
        "readOnlyEndpoint": _flags if has_readers else st.just(False),  # noqa: FBT003 - a value, not a switch
        "roleArn": st.just(ROLE),
        **(
            {"securityGroupIds": _some("sg", 0, 2), "allowedCidrBlocks": st.just(["10.0.0.0/16"])} if is_managed else {}
        ),
        **({"masterUser": _always} if has_master else {}),
    }
    (optional if has_master else needed)["secrets"] = st.lists(secret, min_size=1, max_size=1)
    (needed if "dbSubnetGroupName" in spec else optional)["subnetIds"] = _some("subnet", 2, 3)
    (optional if is_managed else needed)["associateSecurityGroupIds"] = _some("sg", 1, 2)
    return {**draw(st.fixed_dictionaries(needed, optional=optional))}


def _with_instance_group(spec: Spec, name: str | None) -> Spec:
    instances = spec.get("instances", {})
    assert isinstance(instances, dict)
    return spec | ({"instances": instances | {"dbParameterGroupName": name}} if name else {})


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


_CRONS: Final = st.sampled_from(["cron(0 3 * * ? *)", "cron(30 5 ? * SUN *)"])
_ZONES: Final = st.sampled_from(["UTC", "Europe/Berlin"])
_VAULTS: Final = st.sampled_from(["444455556666", "999900001111"]).map(
    lambda account: f"arn:aws:backup:eu-west-1:{account}:backup-vault:aurora"
)
_BACKUP: Final = st.fixed_dictionaries(
    {
        "rules": st.dictionaries(
            st.sampled_from(["daily", "monthly", "c-1"]),
            st.fixed_dictionaries(
                {"schedule": _CRONS, "retentionDays": st.integers(30, 400)},
                optional={
                    "timezone": _ZONES,
                    "startWindowMinutes": st.integers(60, 240),
                    "completionWindowMinutes": st.integers(300, 10_080),
                    "continuous": st.just(False),  # noqa: FBT003 - a value, not a switch
                    "copies": st.lists(
                        st.fixed_dictionaries(
                            {"vaultArn": _VAULTS}, optional={"retentionDays": st.integers(1, 36_500)}
                        ),
                        max_size=2,
                        unique_by=lambda copy: copy["vaultArn"],
                    ),
                },
            ),
            min_size=1,
        )
    },
    optional={
        "restoreTesting": st.fixed_dictionaries(
            {"schedule": _CRONS},
            optional={
                "timezone": _ZONES,
                "startWindowHours": st.integers(1, 168),
                "selection": st.sampled_from(["latest", "random"]),
                "selectionWindowDays": st.integers(1, 365),
                "validationWindowHours": st.integers(1, 168),
            },
        )
    },
)
_VAULT: Final = st.fixed_dictionaries(
    {},
    optional={
        "kmsKeyId": st.just(KEY),
        "lock": st.fixed_dictionaries(
            {"minRetentionDays": st.integers(1, 30)},
            optional={
                "maxRetentionDays": st.integers(400, 36_500),
                "compliance": st.just({"changeableForDays": 3}),
            },
        ),
    },
)


ENDPOINTS: Final = {
    "team": ("email", "team@acme.example"),
    "phone": ("sms", "+441632960123"),
    "pager": ("https", {"valueFrom": {"kind": "AwsKmsKey", "name": "main", "fieldPath": "status.outputs.key_arn"}}),
    "chat": ("lambda", "arn:aws:lambda:eu-west-1:111122223333:function:chat:live"),
    "archive": ("sqs", "arn:aws:sqs:eu-west-1:111122223333:archive"),
}


def _subscribed(protocol: str, endpoint: object) -> st.SearchStrategy[Spec]:
    return st.fixed_dictionaries(
        {"protocol": st.just(protocol), "endpoint": st.just(endpoint)},
        optional={"severities": st.sampled_from([["critical"], ["warning"], ["warning", "critical"]])},
    )


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
    "quietHours": st.fixed_dictionaries(
        {"start": st.just("22:30"), "end": st.sampled_from(["00:30", "03:15", "22:00"])},
        optional={"days": st.lists(st.sampled_from(DAYS), min_size=1, unique=True)},
    ),
    "iam": st.fixed_dictionaries(
        {}, optional={"permissionsBoundary": st.just(BOUNDARY), "path": st.sampled_from(["/", "/databases/aurora/"])}
    ),
    "alarms": st.fixed_dictionaries(
        {},
        optional={
            **{
                f"{severity}opicArns": st.sampled_from([[TOPIC], [f"{TOPIC}_2", TOPIC]])
                for severity in ("t", "criticalT", "warningT")
            },
            "topics": st.fixed_dictionaries(
                {},
                optional={
                    "kmsKeyId": st.just(KEY),
                    "subscriptions": st.fixed_dictionaries(
                        {}, optional={name: _subscribed(*one) for name, one in ENDPOINTS.items()}
                    ),
                },
            ),
        },
    ),
    "backup": st.tuples(
        _BACKUP, st.just({}) | st.just({"vaultName": "Default"}) | _VAULT.map(lambda vault: {"vault": vault})
    ).map(lambda both: both[0] | both[1]),
    "budget": _BUDGETS,
    "waivers": st.just([{"rule": "AP505", "reason": "a trial", "owner": "shop", "until": "2027-02-26"}]),
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


@st.composite
def environments(draw: st.DrawFn) -> Spec:
    """The spec of an environment that has subnets, of a class in which volumes must be encrypted."""
    optional = {name: values for name, values in ENVIRONMENT_FIELDS.items() if name not in _REQUIRED}
    spec: Spec = draw(st.fixed_dictionaries({name: ENVIRONMENT_FIELDS[name] for name in _REQUIRED}, optional=optional))
    if spec.get("stackPer") == "cluster":
        spec.pop("budget", None)
    network = spec["network"]
    assert isinstance(network, dict)
    if "subnetIds" in network and draw(_flags):
        subnets = [one if isinstance(one, str) else one["value"] for one in network["subnetIds"]]
        zones = [f"{spec['region']}{letter}" for letter in "abc"]
        known = dict(zip(subnets, zones, strict=False))
        spec["network"] = network | {"availabilityZones": known}
        if "overrides" not in spec:
            # One of the zones where all subnets are known, and any where they are not.
            spec["overrides"] = {
                "c0": {"instances": {"members": {"1": {}, "2": {}, "z": {"availabilityZone": zones[0]}}}}
            }
    return spec
