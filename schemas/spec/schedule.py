"""When the cluster runs."""

from auroraform.schemas.models import Model
from auroraform.schemas.values import Clock, Days, LocalTime


class Schedule(Model):
    """Stops the cluster at a time of every day, and starts it on some days: for development and staging.

    Nobody can use a cluster that is stopped, and Terraform cannot change it: AWS bills its storage and backups, but no
    instances. AWS starts a cluster that was stopped for seven days, and people start one on a day off: it is stopped
    again at the end of that day too.
    """

    time_zone: Clock
    """IANA name of the time zone, such as `Europe/Berlin`; its summer time is heeded."""
    start: LocalTime
    """When the cluster is started, in quotes: `"08:00"`. It takes some minutes."""
    stop: LocalTime
    """When it is stopped, in quotes: `"19:00"`; two hours or more from the start, both ways. An earlier time than that
    of the start is on the next day."""
    days: Days | None = None
    """Days on which it is started, such as `[mon, wed]`. If absent: Monday to Friday."""
