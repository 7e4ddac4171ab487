"""JUnit XML for Jenkins, GitLab and others: a submission is a suite, a check is a case.

It is made from verdicts, never from pytest's own report, which contains the text of hidden checks.
Only elements and attributes that the xUnit plugin of Jenkins accepts are used, since it is the
strictest reader. Points are properties of the suite, because a case cannot have properties.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO
from xml.etree import ElementTree as ET

from ..model import NeedsPerson, Outcome, Verdict, Verdicts
from ..sequences import LazySequence
from ..text.sanitize import clip, number, one_line, visible
from .summary import (
    SubmissionSummary,
    needs_person_text,
    outcome_message,
    plain_details,
    protection_line,
    summarize,
)

ELEMENTS = {"failed": "failure", "not_run": "skipped"}
"""The element per outcome; every other failing outcome is an `error`."""


def write(verdicts: Verdicts, out: TextIO) -> None:
    """Write all submissions as one JUnit file.

    It begins with the totals, so each suite is made twice, and only one is in memory.
    """
    root = ET.Element("testsuites", name=f"nnkata {visible(verdicts.course)}")
    submissions = summarize(verdicts)
    suites = LazySequence(submissions, lambda submission: _suite(submission, verdicts))
    _set_counts(root, (case for suite in suites for case in suite.iter("testcase")))
    out.write('<?xml version="1.0" encoding="UTF-8"?>\n')
    begin = ET.tostring(root, encoding="unicode")
    if not suites:
        out.write(f"{begin}\n")
        return
    out.write(f"{begin.removesuffix(' />')}>\n")
    for suite in suites:
        ET.indent(suite, level=1)
        out.write(f"  {ET.tostring(suite, encoding='unicode')}\n")
    out.write("</testsuites>\n")


def _suite(submission: SubmissionSummary, verdicts: Verdicts) -> ET.Element:
    suite = ET.Element("testsuite", name=one_line(submission.name))
    properties = {
        "seed": str(verdicts.seed),
        "engine": verdicts.engine,
        "protection": protection_line(verdicts.protection),
    }
    if submission.has_mark:
        most = str(submission.max_points)
        properties = {"points": str(submission.points), "max_points": most} | properties
    if submission.broken:
        properties["mark"] = submission.points_words
    if verdicts.policy_error is not None:
        properties["policy_error"] = verdicts.policy_error
    if submission.has_score:
        properties["score"] = number(submission.score)
        properties["score_reason"] = "; ".join(submission.reasons)
    for verdict in submission.verdicts:
        for part, digest in verdict.sha256.items():
            properties[f"sha256.{verdict.kata}.{part}"] = digest
        for outcome in verdict.outcomes:
            points = f"{outcome.points} of {outcome.max_points}"
            properties[f"points.{verdict.kata}.{outcome.check}"] = points
        for diagnosis in verdict.diagnoses:
            properties[f"looks_like.{verdict.kata}.{diagnosis.mistake}"] = diagnosis.text
        if verdict.search_ended:
            properties[f"search_ended.{verdict.kata}"] = verdict.search_ended
    for rejection in submission.refused:
        properties[f"refused.{rejection.name}"] = rejection.why
    _add_properties(suite, properties)
    for verdict in submission.verdicts:
        if verdict.load is not None:
            suite.append(_load(verdict))
        for outcome in verdict.outcomes:
            suite.append(_case(verdict, outcome))
    if submission.needs_person is not None:
        suite.append(_unread(submission.needs_person))
    _set_counts(suite, suite.iter("testcase"))
    return suite


def _load(verdict: Verdict) -> ET.Element:
    """Return a case that says why the module could not be loaded; its checks are skipped."""
    assert verdict.load is not None
    case = ET.Element(
        "testcase", classname=one_line(verdict.kata), name="the module loads", time="0"
    )
    ET.SubElement(
        case, "error", type=verdict.load.kind, message=one_line(verdict.load.message)
    ).text = clip(verdict.load.message)
    return case


def _unread(entry: NeedsPerson) -> ET.Element:
    """Return the only case of a submission that could not be judged; it says why."""
    case = ET.Element("testcase", classname="submission", name="it can be judged", time="0")
    message = f"needs a person: {needs_person_text(entry)}"
    ET.SubElement(case, "error", type="needs_person", message=one_line(message)).text = message
    return case


def _case(verdict: Verdict, outcome: Outcome) -> ET.Element:
    case = ET.Element(
        "testcase",
        classname=one_line(verdict.kata),
        name=one_line(outcome.check),
        time=number(outcome.seconds),
    )
    if outcome.outcome != "passed":
        message = one_line(f"{outcome.sentence} {outcome_message(outcome)}")
        kind = ELEMENTS.get(outcome.outcome, "error")
        failure = ET.SubElement(case, kind, type=outcome.outcome, message=message)
        failure.text = plain_details(outcome) or None
    return case


def _add_properties(element: ET.Element, values: dict[str, str]) -> None:
    properties = ET.SubElement(element, "properties")
    for name, value in values.items():
        ET.SubElement(properties, "property", name=one_line(name), value=one_line(value, 1000))


def _set_counts(element: ET.Element, cases: Iterable[ET.Element]) -> None:
    """Set the numbers of cases of an element: all, failed, errors and skipped; and their time."""
    kinds = {"failures": "failure", "errors": "error", "skipped": "skipped"}
    counts = dict.fromkeys(("tests", *kinds), 0)
    seconds = 0.0
    for case in cases:
        counts["tests"] += 1
        seconds += float(case.get("time", "0"))
        for name, kind in kinds.items():
            counts[name] += case.find(kind) is not None
    for name, count in counts.items():
        if name != "skipped" or element.tag == "testsuite":
            element.set(name, str(count))
    element.set("time", number(seconds))
