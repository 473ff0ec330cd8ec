"""Connections are encrypted."""

from collections.abc import Iterator
from typing import Final

from auroraform.policies.remedy import Remove
from auroraform.policies.rule import ERROR, WARNING, ClusterRule, Finding, Severities
from auroraform.policies.subjects import ClusterSubject
from auroraform.schemas.engines import ENGINES
from auroraform.schemas.parameters.written import of_cluster
from auroraform.schemas.referable import Path

_ON: Final = frozenset({"1", "on", "true"})


def _check(subject: ClusterSubject) -> Iterator[Finding]:
    group = subject.cluster.parameter_group
    if group is None:
        # What an existing group says is known to AWS only.
        return
    name, _ = ENGINES[subject.cluster.engine].force_tls
    value = next((row.value for row in group.parameters if row.name.lower() == name), "")
    if value.lower() not in _ON:
        written = next((row.at for row in of_cluster(subject.spec) if row.key == name), None)
        path: Path = written or ("tls", "required")
        yield Finding(path, f"lets clients connect without TLS ({name})", remedy=None if written else Remove(path))


RULE = ClusterRule(
    code="AP203",
    title="Connections without TLS are accepted",
    severity=Severities(production=ERROR, staging=WARNING, development=WARNING),
    rationale="Passwords and data cross networks in clear text, and nobody notices which client does not "
    "encrypt until all must.",
    looks_at="tls.required, and the parameter that refuses clients which do not encrypt",
    fix="delete tls.required: false, and the parameter",
    links=("https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/UsingWithRDS.SSL.html",),
    check=_check,
)
