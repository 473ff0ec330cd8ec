"""The page of alarms: the table in schemas/alarms/, and what to do when one rings, from docs/runbooks.yaml."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter
from pydantic.alias_generators import to_camel

from auroraform.schemas.alarms.table import ROWS, Row

_FILE: Final = Path(__file__).parent / "runbooks.yaml"

_HEAD: Final = """\
# Alarms

Every cluster in staging and production has CloudWatch alarms that fit it: an alarm is made where it makes sense, and
its threshold follows from the instance class, the range of Serverless v2 or the engine. Development has none unless
`alarms.enabled: true` asks for them. `auroraform explain orders --env prod alarms` shows every threshold and where it
comes from; [manifest.md](manifest.md#alarms) shows how to change one.

**Who is told.** `critical` wakes somebody, `warning` is read in working hours. Each severity has one alarm over its
alarms (`<identifier>-critical`, `<identifier>-warning`), and that one alone tells the topics of the environment, when
it begins and when it ends: one incident tells once, however many alarms see it. Which they are shows in the console,
and in the reason of the message. In staging all are warnings.

**What it costs.** CloudWatch bills by alarm: about 15 metric alarms and two composite ones for each cluster.

**Stopped and paused clusters** report nothing. Only `writer` and `readers` take that for a failure, and they are not
made where instances may pause (a Serverless v2 minimum of 0). A cluster that is stopped by hand rings;
one that a `schedule` stops does not ([cost.md](cost.md#stopped-at-night)).

**Roles, not instances.** Alarms are for the writer, the readers, the cluster or its proxy, whichever instances these
are, and a failover changes none of them. A threshold is that of the smallest instance of its role: of the one that
writes by preference and those that take over first, or of the readers.

**Your own runbooks.** The description of each alarm ends with a link: a page of AWS, or your own with
`alarms.runbookUrl: https://…#{alarm}`, in which `{alarm}` becomes the key of the alarm. This page has an anchor for
each.

Nothing here replaces a look at what users see. Sources of metrics and thresholds are named in
`schemas/alarms/table.py`; this page is made from it and from `docs/runbooks.yaml` by `make docs`.
"""


class Runbook(BaseModel):
    """What to do when an alarm rings."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    means: str
    look: str
    do: str


def runbooks() -> dict[str, Runbook]:
    loaded = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return TypeAdapter(dict[str, Runbook]).validate_python(loaded)


def page() -> str:
    return "\n".join(_lines())


def _lines() -> Iterator[str]:
    yield _HEAD
    yield "## The alarms\n"
    yield "| alarm | metric | tells | for | made for | severity |"
    yield "|---|---|---|---|---|---|"
    for row in ROWS:
        cells = (f"[{row.key}](#{row.key})", f"`{row.metric}`{_of(row)}", _limit(row), _time(row), row.applies.words)
        yield f"| {' | '.join(cells)} | {row.severity} |"
    for row in ROWS:
        yield from _section(row, runbooks()[row.key])
    yield ""


def _section(row: Row, runbook: Runbook) -> Iterator[str]:
    yield f"\n## {row.key}\n"
    yield f"**{_sentence(row.title)} is {_limit(row)}.** {row.why}\n"
    yield f"- **It means:** {runbook.means.strip()}"
    yield f"- **Look first:** {runbook.look.strip()}"
    yield f"- **Then:** {runbook.do.strip()}"
    yield f"- **Change it:** `alarms.{to_camel(row.field)}`. More: <{row.page}>"


def _of(row: Row) -> str:
    return f", {row.statistic.lower()}, {row.role.value.lower() or 'cluster'}"


def _limit(row: Row) -> str:
    if callable(row.threshold):
        return f"{row.comparison} the maximum of the range"
    text = f"{row.comparison} {row.threshold:.12g} {row.unit}"
    if row.share is not None:
        text = f"{row.comparison} {row.threshold:g} percent of the {row.share.what}"
    if row.of_serverless is not None:
        text += f", {row.of_serverless:g} of that of Serverless v2"
    return f"{text}, or not reported" if row.missing == "breaching" else text


def _time(row: Row) -> str:
    minutes = row.period * row.evaluation_periods // 60
    return f"{minutes // 60} h" if minutes % 60 == 0 else f"{minutes} min"


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
