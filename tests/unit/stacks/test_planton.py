"""Project Planton's published PostgreSQL example: its three references resolve, its two faults are told, nothing else.

The other published examples are golden cases.
"""

from pathlib import Path
from typing import Final

from auroraform.schemas.resolved.network import VpcOfSubnetGroup
from support.workspaces import Files, environment, lines, managed_group, manifest

EXAMPLE: Final = (Path(__file__).parents[2] / "data" / "planton" / "postgresql.yaml").read_text(encoding="utf-8")
KEY: Final = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab"
TABLE: Final = f"""
references:
  AwsVpc/my-vpc: {{status.outputs.db_subnet_group: databases}}
  AwsSecurityGroup/db-ingress: {{status.outputs.security_group_id: sg-0ingress}}
  AwsKmsKey/aurora-key: {{status.outputs.key_arn: "{KEY}"}}
"""

UNQUOTED: Final = (
    "manifests/orders.yaml:17:18 warning[AF108] spec.engineVersion: read here as the text 14.6; other tools read the"
    ' number 14.6 -> put it in quotes: "14.6"'
)
UPGRADE: Final = (
    "manifests/orders.yaml:26:7 error[AF102] spec.enabledCloudwatchLogsExports[1]: Aurora PostgreSQL has no log type"
    ' "upgrade"; RDS for PostgreSQL has -> delete it; there are iam-db-auth-error, instance, postgresql'
)
OVERLAP: Final = (
    "manifests/orders.yaml:29:26 error[AF107] spec.preferredBackupWindow: the backup window 02:00-03:00 overlaps the"
    " maintenance window wed:02:00-wed:03:00; RDS refuses that -> move one of them: the backup window recurs every day"
)


def test_its_faults_are_told_and_nothing_else(files: Files) -> None:
    problems = files.problems(manifests__orders=EXAMPLE, environments__prod=environment(spec=TABLE))
    assert lines(problems) == [UNQUOTED, UPGRADE, OVERLAP]


def test_the_rest_of_the_file_is_reported_on_as_well(files: Files) -> None:
    broken = EXAMPLE.replace("name: aurora-key", "name: aurora-keys").replace("Period: 7", "Period: 7\n  port: 80")
    problems = files.problems(manifests__orders=broken, environments__prod=environment(spec=TABLE))
    assert [(p.code, p.path) for p in problems] == [
        ("AF108", "spec.engineVersion"),
        ("AF102", "spec.port"),
    ], "a wrong value comes before the rules between fields"
    problems = files.problems(
        manifests__orders=broken.replace("port: 80", "port: 5433"), environments__prod=environment(spec=TABLE)
    )
    assert [(p.code, p.path) for p in problems] == [
        ("AF108", "spec.engineVersion"),
        ("AF301", "spec.kmsKeyId"),
        ("AF102", "spec.enabledCloudwatchLogsExports[1]"),
        ("AF107", "spec.preferredBackupWindow"),
    ]


def test_without_its_two_faults_it_becomes_a_cluster(files: Files) -> None:
    mended = EXAMPLE.replace("    - upgrade\n", "").replace("02:00-03:00\n  copy", "04:00-05:00\n  copy")
    outcome = files.outcome(manifests__orders=mended, environments__prod=environment(spec=TABLE))
    assert lines(outcome.problems) == [UNQUOTED]
    ((cluster,),) = (stack.clusters for stack in outcome.stacks)
    assert (cluster.engine_version, cluster.db_subnet_group_name, cluster.kms_key_id) == ("14.6", "databases", KEY)
    assert managed_group(cluster).vpc == VpcOfSubnetGroup("databases")
    assert [source.referenced_security_group_id for source in managed_group(cluster).ingress] == [
        "sg-0ingress",
        "sg-0app",
    ]


def test_its_references_need_a_table(files: Files) -> None:
    problems = files.problems(manifests__orders=EXAMPLE)
    assert [(p.code, p.path) for p in problems if p.code == "AF301"] == [
        ("AF301", "spec.dbSubnetGroupName"),
        ("AF301", "spec.securityGroupIds[0]"),
        ("AF301", "spec.kmsKeyId"),
    ]


def test_warnings_keep_no_cluster_back(files: Files) -> None:
    outcome = files.outcome(manifests__orders=manifest().replace('"16.8"', '"16.99"'))
    assert [(p.code, p.is_error) for p in outcome.problems] == [("AF111", False)]
    assert [cluster.engine_version for stack in outcome.stacks for cluster in stack.clusters] == ["16.99"]
