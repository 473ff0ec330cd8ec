"""The dashboard that people on call look at."""

from typing import Annotated

from auroraform.schemas.models import Model
from auroraform.schemas.scalars import Flag, Text
from auroraform.schemas.values import plain

# Amazon CloudWatch API Reference, "Dashboard Body Structure and Syntax": times relative to now.
TimeRange = Annotated[
    Text,
    plain(
        r"-P(T[1-9][0-9]{0,3}[MH]|[1-9][0-9]{0,3}[DWM])",
        "is not a time range of a dashboard",
        "write it as -PT3H (hours; M for minutes) or -P1D (days; W for weeks, M for months)",
    ),
]


class Dashboard(Model):
    """A CloudWatch dashboard of the cluster, made from its engine, instances and alarms."""

    enabled: Flag | None = None
    """Make the dashboard. If absent: true in staging and production, false in development."""
    start: TimeRange | None = None
    """How far back the dashboard shows when it is opened: `-PT3H` (three hours), `-P1D` (a day). If absent: three
    hours."""
