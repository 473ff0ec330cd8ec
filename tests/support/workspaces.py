"""Workspaces for tests: small ones that are valid, so that a test writes only what it is about."""

import textwrap
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from auroraform.schemas.problems import Problem
from auroraform.schemas.resolved.cluster import ResolvedCluster
from auroraform.schemas.resolved.network import SecurityGroup
from auroraform.stacks.synth import Outcome, validate

MANIFEST: Final = """\
apiVersion: aws.project-planton.org/v1
kind: AwsRdsCluster
metadata:
  name: orders
spec:
  engine: aurora-postgresql
  engineVersion: "16.8"
"""

ENVIRONMENT: Final = """\
apiVersion: auroraform/v1
kind: Environment
metadata:
  name: {name}
spec:
  class: {class_}
  region: eu-west-1
  accountId: "111122223333"
  state: {{backend: s3, bucket: acme-state, dynamodbTable: locks}}
  network:
    vpcId: vpc-0a
    subnetIds: [subnet-0a, subnet-0b, subnet-0c]
    applicationSecurityGroupIds: [sg-0app]
"""


def environment(name: str = "prod", class_: str = "production", *, spec: str = "") -> str:
    """An environment; `spec` is YAML that is added to its spec."""
    return ENVIRONMENT.format(name=name, class_=class_) + _indented(spec)


def manifest(spec: str = "", *, name: str = "orders", metadata: str = "") -> str:
    """A manifest of Aurora PostgreSQL; `spec` and `metadata` are YAML that is added to these."""
    text = MANIFEST.replace("name: orders", f"name: {name}\n{_indented(metadata)}".rstrip())
    return text + _indented(spec)


def _indented(yaml: str) -> str:
    return textwrap.indent(textwrap.dedent(yaml).strip("\n"), "  ") + "\n" if yaml.strip() else ""


@dataclass(frozen=True)
class Files:
    """A folder that tests write workspaces into."""

    root: Path

    def write(self, **files: str) -> Path:
        """Write files: `manifests__orders="…"` becomes manifests/orders.yaml."""
        for name, text in files.items():
            path = self.root / f"{name.replace('__', '/')}.yaml"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return self.root

    def minimal(self, **files: str) -> Path:
        """One manifest (orders) and one environment (prod), and whatever replaces or joins them."""
        return self.write(**{"manifests__orders": manifest(), "environments__prod": environment()} | files)

    def outcome(self, **files: str) -> Outcome:
        """What validation finds in the minimal workspace with these files."""
        return validate(self.minimal(**files))

    def problems(self, **files: str) -> tuple[Problem, ...]:
        return self.outcome(**files).problems

    def cluster(self, **files: str) -> ResolvedCluster:
        """The one resolved cluster of the minimal workspace with these files, which are without faults."""
        outcome = self.outcome(**files)
        assert lines(outcome.problems) == []
        ((cluster,),) = (stack.clusters for stack in outcome.stacks)
        return cluster

    def security_group(self, **files: str) -> SecurityGroup:
        """The managed security group of that cluster."""
        return managed_group(self.cluster(**files))


def managed_group(cluster: ResolvedCluster) -> SecurityGroup:
    """The security group that is made for a cluster."""
    assert cluster.security_group is not None
    return cluster.security_group


def lines(problems: tuple[Problem, ...]) -> list[str]:
    """Problems as comparable lines, everything of them included."""
    return [f"{p.place} {p.severity}[{p.code}] {p.path}: {p.message} -> {p.help}" for p in problems]
