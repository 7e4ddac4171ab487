"""JUnit XML for Jenkins, GitLab and others: a submission is a suite, a check is a case.

It is made from verdicts, never from pytest's own report, which carries the hidden checks' text.
Only elements and attributes are used that the strictest reader knows, the xUnit plugin of Jenkins:
points are properties of the suite, as a case has none.
"""

from __future__ import annotations

from typing import TextIO
from xml.etree import ElementTree as ET

from ..model import Outcome, Verdict, Verdicts
from ..text.sanitize import clip, number, one_line, visible
from .summary import Standing, held, plain_details, said, standings

ELEMENTS = {"failed": "failure", "not_run": "skipped"}
"""How an outcome is written; every other that did not pass is an `error`."""


def write(verdicts: Verdicts, out: TextIO) -> None:
    """Write all submissions as one JUnit file."""
    root = ET.Element("testsuites", name=f"nnkata {visible(verdicts.course)}")
    for standing in standings(verdicts):
        root.append(_suite(standing, verdicts))
    _count(root)
    ET.indent(root)
    out.write('<?xml version="1.0" encoding="UTF-8"?>\n')
    out.write(ET.tostring(root, encoding="unicode") + "\n")


def _suite(standing: Standing, verdicts: Verdicts) -> ET.Element:
    suite = ET.Element("testsuite", name=one_line(standing.name))
    properties = {
        "points": str(standing.points),
        "max_points": str(standing.max_points),
        "seed": str(verdicts.seed),
        "engine": verdicts.engine,
        "protection": held(verdicts.protection),
    }
    if standing.judged:
        properties["score"] = number(standing.score)
        properties["score_reason"] = "; ".join(standing.reasons)
    for verdict in standing.verdicts:
        for part, digest in verdict.sha256.items():
            properties[f"sha256.{verdict.kata}.{part}"] = digest
        for outcome in verdict.outcomes:
            points = f"{outcome.points} of {outcome.max_points}"
            properties[f"points.{verdict.kata}.{outcome.check}"] = points
        for diagnosis in verdict.diagnoses:
            properties[f"looks_like.{verdict.kata}.{diagnosis.mistake}"] = diagnosis.text
    for refused in standing.refused:
        properties[f"refused.{refused.name}"] = refused.why
    _add_properties(suite, properties)
    for verdict in standing.verdicts:
        if verdict.load is not None:
            suite.append(_load(verdict))
        for outcome in verdict.outcomes:
            suite.append(_case(verdict, outcome))
    _count(suite)
    return suite


def _load(verdict: Verdict) -> ET.Element:
    """Return a case that says why the module could not be loaded, as all else is skipped."""
    assert verdict.load is not None
    case = ET.Element(
        "testcase", classname=one_line(verdict.kata), name="the module loads", time="0"
    )
    ET.SubElement(
        case, "error", type=verdict.load.kind, message=one_line(verdict.load.message)
    ).text = clip(verdict.load.message)
    return case


def _case(verdict: Verdict, outcome: Outcome) -> ET.Element:
    case = ET.Element(
        "testcase",
        classname=one_line(verdict.kata),
        name=one_line(outcome.check),
        time=number(outcome.seconds),
    )
    if outcome.outcome != "passed":
        message = one_line(": ".join(filter(None, [outcome.sentence, said(outcome)])))
        kind = ELEMENTS.get(outcome.outcome, "error")
        found = ET.SubElement(case, kind, type=outcome.outcome, message=message)
        found.text = plain_details(outcome) or None
    return case


def _add_properties(element: ET.Element, values: dict[str, str]) -> None:
    properties = ET.SubElement(element, "properties")
    for name, value in values.items():
        ET.SubElement(properties, "property", name=one_line(name), value=one_line(value, 1000))


def _count(element: ET.Element) -> None:
    """Write how many cases there are below an element, and how many did not pass."""
    cases = list(element.iter("testcase"))
    element.set("tests", str(len(cases)))
    for name, kind in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        if name != "skipped" or element.tag == "testsuite":
            element.set(name, str(sum(case.find(kind) is not None for case in cases)))
    element.set("time", number(sum(float(case.get("time", "0")) for case in cases)))
