"""Findings as JUnit XML, which CI services show as tests: one for each rule, else one for each code of a problem."""

from collections.abc import Iterator
from typing import Final
from xml.etree import ElementTree as ET

from auroraform.commands.reports.report import Report, excuse, one_line, sentence
from auroraform.schemas.problems import Problem, Severity

_NAME: Final = "auroraform"


def render(report: Report) -> str:
    """One suite: a rule fails with errors, and passes with warnings, which are told in its output."""
    suite = ET.Element("testsuite", name=_NAME)
    for case in _cases(report):
        suite.append(case)
    suite.set("tests", str(len(suite)))
    suite.set("failures", str(len(suite.findall("testcase/failure"))))
    suite.set("skipped", str(len(suite.findall("testcase/skipped"))))
    ET.indent(suite)
    return ET.tostring(suite, encoding="unicode", xml_declaration=True)


def _cases(report: Report) -> Iterator[ET.Element]:
    titles = {code: rule.title for code, rule in report.rules.items()}
    titles |= {str(problem.code): problem.message for problem in report.problems if problem.code not in titles}
    for code, title in sorted(titles.items()):
        case = ET.Element("testcase", classname=_NAME, name=f"{code} {one_line(title)}")
        mine = [problem for problem in report.problems if problem.code == code]
        for problem in mine:
            text = _text(problem, report)
            if problem.severity is Severity.ERROR:
                ET.SubElement(case, "failure", message=one_line(sentence(problem)), type=code).text = text
            else:
                ET.SubElement(case, "system-out").text = text
        excused = [(problem, waiver) for problem, waiver in report.waived if problem.code == code]
        if excused and not mine:
            said = "; ".join(one_line(f"{sentence(problem)}: {excuse(waiver)}") for problem, waiver in excused)
            ET.SubElement(case, "skipped", message=said)
        yield case


def _text(problem: Problem, report: Report) -> str:
    place = problem.place
    where = f"{report.sources.shown(place.file)}{f':{place.line}:{place.column}' if place.line else ''}"
    lines = (f"{problem.severity} {where}", sentence(problem), problem.help and f"help: {problem.help}")
    return "\n".join(one_line(line) for line in lines if line)
