"""Specs that are valid, over all fields: what hypothesis draws them from."""

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


@st.composite
def specs(draw: st.DrawFn) -> Spec:
    """A spec that is valid in an environment with subnets of class staging or production."""
    engine = draw(st.sampled_from(sorted(VERSIONS)))
    parameters = st.lists(
        st.fixed_dictionaries(
            {"name": st.text("abcdefghij_", min_size=1, max_size=12), "value": st.text(_TEXT, max_size=20)},
            optional={"applyMethod": st.sampled_from(["immediate", "pending-reboot"])},
        ),
        max_size=5,
        unique_by=lambda row: row["name"],
    )
    optional: dict[str, st.SearchStrategy[object]] = {
        "subnetIds": _some("subnet", 2, 4),
        "securityGroupIds": _some("sg", 0, 3),
        "associateSecurityGroupIds": _some("sg", 0, 2),
        "allowedCidrBlocks": st.lists(st.integers(0, 255).map(lambda n: f"10.{n}.0.0/16"), max_size=3, unique=True),
        "databaseName": st.sampled_from(["orders", "shop_2", "Main"]),
        "manageMasterUserPassword": _always,
        "masterUserSecretKmsKeyId": st.just(KEY),
        "username": st.sampled_from(["root", "owner", "main_user"]),
        "port": st.integers(1150, 65_535),
        "storageEncrypted": _always,
        "kmsKeyId": _spelled(st.just(KEY)),
        "enabledCloudwatchLogsExports": st.lists(st.sampled_from(LOGS[engine]), unique=True),
        "deletionProtection": _flags,
        "backupRetentionPeriod": st.integers(1, 35),
        "copyTagsToSnapshot": _flags,
        "skipFinalSnapshot": _flags,
        "finalSnapshotIdentifier": st.just("the-last-one"),
        "iamDatabaseAuthenticationEnabled": _flags,
        "parameters": parameters,
        "vpcId": _spelled(st.just("vpc-0a1b2c3d")),
        "engineMode": st.just("provisioned"),
        "storageType": st.sampled_from(["aurora", "aurora-iopt1"]),
        "logs": st.fixed_dictionaries({"retentionInDays": st.sampled_from([1, 7, 30, 365, 3653])}),
        "versionPolicy": st.sampled_from(["pinned", "minor"]),
        "deleteAutomatedBackups": _flags,
        "lifecycle": st.fixed_dictionaries({"preventDestroy": _flags}),
        "tls": st.fixed_dictionaries({"required": _flags}),
        "performanceInsights": st.fixed_dictionaries(
            {"enabled": _flags}, optional={"retentionPeriod": st.sampled_from([7, 31, 731]), "kmsKeyId": st.just(KEY)}
        ),
        "monitoring": st.fixed_dictionaries({"interval": st.sampled_from([0, 1, 5, 10, 15, 30, 60])}),
        "snapshotIdentifier": st.just("nightly"),
        "dbClusterParameterGroupName": st.just("default.group"),
    }
    chosen = draw(st.sets(st.sampled_from(sorted(optional)), max_size=len(optional)))
    spec: Spec = {"engine": engine, "engineVersion": draw(st.sampled_from(VERSIONS[engine]))}
    spec |= {name: draw(optional[name]) for name in sorted(chosen)}
    return spec | draw(st.just({}) | _windows()) | draw(st.just({}) | _capacity())
