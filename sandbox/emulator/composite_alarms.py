"""The gap of composite alarms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from moto.cloudwatch.models import Alarm
from moto.cloudwatch.responses import CloudWatchResponse

from auroraform.sandbox.emulator.patching import add_calls, define, replace

if TYPE_CHECKING:
    from moto.core.responses import ActionResult

_SUPPRESSION = {
    "ActionsSuppressor": "actions_suppressor",
    "ActionsSuppressorWaitPeriod": "actions_suppressor_wait_period",
    "ActionsSuppressorExtensionPeriod": "actions_suppressor_extension_period",
}


def provide_composite_alarms() -> None:
    """moto lacks the call that makes an alarm of alarms, though it keeps and lists such alarms."""

    def put_composite_alarm(self: CloudWatchResponse) -> ActionResult:
        # moto's call reads everything else that the two kinds have in common.
        answer = self.put_metric_alarm()
        alarm = self.cloudwatch_backend.alarms[self._get_param("AlarmName")]
        for parameter, attribute in _SUPPRESSION.items():
            replace(alarm, attribute, self._get_param(parameter))
        return answer

    # Requests and answers name the rule differently from moto.
    define(Alarm, "alarm_rule", lambda self: self.rule)
    add_calls(CloudWatchResponse, put_composite_alarm)
