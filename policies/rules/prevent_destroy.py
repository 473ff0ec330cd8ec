"""Terraform refuses plans that destroy."""

from collections.abc import Iterator

from auroraform.policies.rule import ERROR, Finding, Severities, StackRule
from auroraform.policies.subjects import StackSubject


def _check(subject: StackSubject) -> Iterator[Finding]:
    for type_ in ("aws_rds_cluster", "aws_rds_cluster_instance"):
        for label, arguments in subject.resources(type_):
            lifecycle = arguments.get("lifecycle")
            if not isinstance(lifecycle, dict) or lifecycle.get("prevent_destroy") is not True:
                yield Finding((f"{type_}.{label}", "lifecycle", "prevent_destroy"), "is not set")


RULE = StackRule(
    code="AP306",
    title="Terraform may destroy the cluster or an instance",
    severity=Severities(production=ERROR, staging=None, development=None),
    rationale="A change that replaces the cluster is one line in a long plan. RDS protects the cluster and "
    "not its instances: such a plan would delete them all, and then fail.",
    looks_at="lifecycle.prevent_destroy of every cluster and instance, as synthesized",
    fix="leave lifecycle.preventDestroy to the class's default, which is true; to retire the cluster, waive this until "
    "it is gone",
    links=("https://developer.hashicorp.com/terraform/language/meta-arguments/lifecycle",),
    check=_check,
)
