"""The maintenance window and the backup window."""

from auroraform.schemas.members import members
from auroraform.schemas.quiet_hours import QuietHours, Windows
from auroraform.schemas.quiet_hours import windows as derived
from auroraform.schemas.windows import DAYS, minute_of_day
from auroraform.stacks.parts.context import Context
from auroraform.stacks.parts.schedule import running_hours


def quiet_hours(context: Context) -> QuietHours:
    """When the clusters of the environment may be disturbed."""
    written = context.where.quiet_hours
    if written is None:
        return QuietHours.of_region(context.where.region)
    days = (DAYS.index(day) for day in written.days)
    return QuietHours.between(days, minute_of_day(written.start), minute_of_day(written.end))


def windows(context: Context) -> Windows:
    """The windows: those that the spec says, and what follows for the others.

    A cluster with a schedule is stopped at night, when there is neither maintenance nor a backup.
    """
    spec, running = context.spec, running_hours(context)
    return derived(
        context.identifier,
        (running and running.quiet()) or quiet_hours(context),
        maintenance=spec.preferred_maintenance_window,
        backup=spec.preferred_backup_window,
        of_instances=[text for one in members(spec) if (text := one.written.preferred_maintenance_window) is not None],
    )
