"""What named switches of a spec set in its cluster parameter group, by engine."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from auroraform.schemas.engines import ENGINES, EngineName
from auroraform.schemas.spec.cluster import AwsRdsClusterSpec

SLOW_LOG: Final = "slowquery"
"""The log type of Aurora MySQL that slow statements are written to."""
AUDIT_LOG: Final = "audit"
"""The log type of Aurora MySQL that audits are written to."""
AUDIT_LOGS: Final[dict[EngineName, str]] = {"aurora-mysql": AUDIT_LOG, "aurora-postgresql": "postgresql"}
"""By engine, the log type that audits are written to."""

_Settings = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Setting:
    """One parameter that a switch sets.

    Attributes:
        because: why, in words.
        path: the field that asks for it.
        adds: the value is items of a list, which are added to what the list has otherwise.
    """

    name: str
    value: str
    because: str
    path: tuple[str | int, ...]
    adds: bool = False


@dataclass(frozen=True, slots=True)
class _Switches:
    """What is particular to one engine.

    Attributes:
        time_zone: the parameter of that name.
        slow: what turns on that slow statements are written down, beside the threshold.
        slow_threshold: the parameter with the threshold, and its units in a second.
        audit: what writes down logins and changes of structure and rights; statements would hold the data itself.
        audit_libraries: what has to be loaded for it.
    """

    time_zone: str
    slow: _Settings
    slow_threshold: tuple[str, int]
    audit: _Settings
    audit_libraries: str


_SWITCHES: Final[dict[EngineName, _Switches]] = {
    "aurora-mysql": _Switches(
        time_zone="time_zone",
        slow=ENGINES["aurora-mysql"].log_parameters[SLOW_LOG],
        slow_threshold=("long_query_time", 1),
        audit=ENGINES["aurora-mysql"].log_parameters[AUDIT_LOG],
        audit_libraries="",
    ),
    "aurora-postgresql": _Switches(
        time_zone="timezone",
        slow=(),
        slow_threshold=("log_min_duration_statement", 1000),
        audit=(("log_connections", "1"), ("log_disconnections", "1"), ("pgaudit.log", "ddl,role")),
        audit_libraries="pgaudit",
    ),
}


def time_zone_parameter(engine: EngineName) -> str:
    """The parameter that `timeZone` sets."""
    return _SWITCHES[engine].time_zone


def settings(spec: AwsRdsClusterSpec) -> Iterator[Setting]:
    """What the switches of a spec set, each parameter once."""
    seen: set[str] = set()
    for setting in _all(spec):
        if setting.name not in seen:
            seen.add(setting.name)
            yield setting


def _all(spec: AwsRdsClusterSpec) -> Iterator[Setting]:
    engine, switches = ENGINES[spec.engine], _SWITCHES[spec.engine]
    if spec.tls is not None and spec.tls.required:
        yield Setting(*engine.force_tls, "tls.required is true", ("tls", "required"))
    if spec.time_zone is not None:
        yield Setting(switches.time_zone, spec.time_zone, "timeZone", ("timeZone",))
    yield from _slow(spec, switches)
    for index, log_type in enumerate(spec.enabled_cloudwatch_logs_exports or ()):
        for name, value in engine.log_parameters.get(log_type, ()):
            yield Setting(name, value, f"fills the log {log_type}", ("enabledCloudwatchLogsExports", index))
    if spec.auditing is not None and spec.auditing.enabled:
        path = ("auditing", "enabled")
        for name, value in switches.audit:
            yield Setting(name, value, "auditing.enabled is true", path)
        if switches.audit_libraries:
            value = switches.audit_libraries
            yield Setting("shared_preload_libraries", value, "auditing.enabled is true", path, adds=True)


def _slow(spec: AwsRdsClusterSpec, switches: _Switches) -> Iterator[Setting]:
    slow, exports = spec.slow_queries, spec.enabled_cloudwatch_logs_exports or ()
    if slow is None or slow.threshold_seconds is None:
        return
    is_log_exported = slow.enabled is None and SLOW_LOG in exports
    if slow.enabled:
        for name, value in switches.slow:
            yield Setting(name, value, "slowQueries.enabled is true", ("slowQueries", "enabled"))
    if slow.enabled or is_log_exported:
        name, units = switches.slow_threshold
        value = f"{slow.threshold_seconds * units:.3f}".rstrip("0").rstrip(".")
        yield Setting(name, value, "slowQueries.thresholdSeconds", ("slowQueries", "thresholdSeconds"))
