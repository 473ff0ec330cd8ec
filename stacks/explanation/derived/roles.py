"""Roles that the cluster takes."""

from collections.abc import Iterator

from auroraform.schemas.coherence.roles import roles
from auroraform.schemas.resolved.backups import ExportRole
from auroraform.schemas.resolved.insights import MonitoringRole
from auroraform.schemas.resolved.proxy import ProxyRole
from auroraform.schemas.resolved.roles import MadeRole
from auroraform.schemas.resolved.schedule import SchedulerRole
from auroraform.schemas.role_features import role_key
from auroraform.stacks.explanation.derived.rule import derived
from auroraform.stacks.explanation.origins import spec_row
from auroraform.stacks.explanation.rows import Row
from auroraform.stacks.explanation.subject import Subject, Whole


def feature_rows(subject: Subject, whole: Whole, key: str) -> list[Row]:
    """What asks for a role: one feature, or two of Aurora MySQL."""
    features = [feature for feature in roles(whole.spec) if role_key(whole.spec.engine, feature) == key]
    return [spec_row(subject, ("associatedRoles", feature)) for feature in features]


def of_environment(
    subject: Subject, path: str, role: MadeRole | MonitoringRole | ExportRole | ProxyRole | SchedulerRole
) -> Iterator[Row]:
    """What the environment says of a role that is made."""
    for name, field, value in (
        ("rolePath", "path", role.path),
        ("rolePermissionsBoundary", "permissionsBoundary", role.permissions_boundary),
    ):
        if value is not None:
            place = subject.in_environment("iam", field)
            yield derived(f"{path}.{name}", value, f"iam.{field} of the environment", place)


def associated_roles(subject: Subject, whole: Whole) -> Iterator[Row]:
    for role in whole.cluster.associated_roles:
        if isinstance(role.role, MadeRole):
            rows = feature_rows(subject, whole, role.key)
            reason = f"made for the buckets of {' and '.join(row.path for row in rows)}"
            yield derived(f"associatedRoles.{role.key}.roleName", role.role.name, reason, rows[0].place)
            yield from of_environment(subject, f"associatedRoles.{role.key}", role.role)
