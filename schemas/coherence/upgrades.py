"""Declared upgrades to another major version.

Sources: RDS API reference, ModifyDBCluster (AllowMajorVersionUpgrade, DBInstanceParameterGroupName); for what RDS
refuses of groups of another family, mitodl/ol-infrastructure pull request 2413, and issues 6448 and 30605 of
hashicorp/terraform-provider-aws.
"""

from collections.abc import Iterator

from auroraform.schemas.coherence.finding import Finding, Situation
from auroraform.schemas.engines import ENGINES
from auroraform.schemas.problems import Code, Severity
from auroraform.schemas.spec.cluster import AwsRdsClusterSpec
from auroraform.schemas.versions import LINES


def upgrade(spec: AwsRdsClusterSpec, situation: Situation) -> Iterator[Finding]:
    engine, version = ENGINES[spec.engine], spec.engine_version
    if spec.upgrade is None or not engine.accepts_version(version):
        return
    former = spec.upgrade.from_
    if not engine.accepts_version(former) and former not in LINES[engine.name]:
        yield Finding(
            Code.BAD_VALUE,
            ("upgrade", "from"),
            f'"{former}" is not an {engine.title} version',
            f'write the version that the cluster has now, as "{engine.version_example}"',
        )
        return
    if engine.major(former) == engine.major(version):
        yield Finding(
            Code.MAY_BE_REFUSED,
            ("upgrade",),
            f"{former} and {version} are of one major version, so there is no upgrade to declare; nothing comes of it, "
            "as AWS may refuse what goes with one",
            "delete it",
            Severity.WARNING,
        )
        return
    if engine.major(former) > engine.major(version):
        yield Finding(
            Code.CONFLICT,
            ("upgrade", "from"),
            f"{former} is newer than {version}, and RDS does not go back to an older major version",
            "write the older version here, and the newer one as engineVersion",
        )
        return
    if spec.version_policy == "minor":
        yield Finding(
            Code.CONFLICT,
            ("versionPolicy",),
            "Terraform ignores the version, so the upgrade would not happen",
            "write versionPolicy: pinned until the upgrade is done",
        )
    if not situation.is_immediate and spec.upgrade.changes != "immediate":
        yield Finding(
            Code.MAY_BE_REFUSED,
            ("upgrade",),
            f"in {situation.environment} the upgrade waits for the maintenance window, and the parameter groups of the "
            "new version do not: RDS has been known to refuse them until then",
            "write changes: immediate beside from, and apply it in quiet hours",
            Severity.WARNING,
        )


def is_upgrade(spec: AwsRdsClusterSpec) -> bool:
    """Whether an upgrade to another major version is under way."""
    engine = ENGINES[spec.engine]
    return spec.upgrade is not None and engine.major(spec.upgrade.from_) != engine.major(spec.engine_version)
