"""Workspaces of any size, whose clusters become twelve resources each, alike in size and different in their texts."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

_MANIFEST: Final = """\
apiVersion: aws.project-planton.org/v1
kind: AwsRdsCluster
metadata:
  name: {name}
  labels: {{team: team-{team}}}
spec:
  engine: aurora-postgresql
  engineVersion: "16.8"
  databaseName: {database}
  instances: {{count: 3}}
  allowedCidrBlocks: [10.{team}.0.0/16]
"""
_ENVIRONMENT: Final = """\
apiVersion: auroraform/v1
kind: Environment
metadata: {{name: {name}}}
spec:
  class: production
  region: eu-west-1
  accountId: "111122223333"
  state: {{backend: s3, bucket: acme-state, dynamodbTable: locks}}
  network:
    vpcId: vpc-0a
    subnetIds: [subnet-0a, subnet-0b, subnet-0c]
    applicationSecurityGroupIds: [sg-0app]
  # The others have no alarms: all make the same resources.
  defaults:
    alarms: {{enabled: false}}
    dashboard: {{enabled: false}}
    events: {{enabled: false}}
"""
_TEAMS: Final = 16


def write(root: Path, clusters: int, environments: Sequence[str] = ("prod",)) -> Path:
    """Write a workspace.

    Args:
        root: its folder; it need not exist.
        clusters: how many manifests it has.
        environments: the names of its environments.
    """
    for folder in ("manifests", "environments"):
        (root / folder).mkdir(parents=True, exist_ok=True)
    for name in environments:
        (root / "environments" / f"{name}.yaml").write_text(_ENVIRONMENT.format(name=name), encoding="utf-8")
    for number in range(clusters):
        write_manifest(root, number)
    return root


def write_manifest(root: Path, number: int, edit: int = 0) -> None:
    """Write one manifest; another `edit` gives it another text."""
    name = f"cluster-{number:04}"
    text = _MANIFEST.format(name=name, team=number % _TEAMS, database=f"data{number}x{edit}")
    (root / "manifests" / f"{name}.yaml").write_text(text, encoding="utf-8")
