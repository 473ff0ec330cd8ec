"""What fuzzing found: each brought validation down once."""

from typing import Final

from auroraform.schemas.problems import has_errors
from support.workspaces import Files, manifest

REFERENCE: Final = "kmsKeyId: {valueFrom: {kind: AwsRdsCluster, name: orders, env: prox, fieldPath: x}}"


def test_a_reference_to_a_cluster_in_an_unknown_environment(files: Files) -> None:
    assert has_errors(files.problems(manifests__reports=manifest(REFERENCE, name="reports")))
