"""A submission that could not be judged is listed by every report, and is a mark in none."""

from __future__ import annotations

import json
import re
from xml.etree import ElementTree as ET

import pytest
from msgspec.structs import replace

from nnkata.errors import NEEDS_PERSON, KataError
from nnkata.gradebook.fill import canvas_mapping, moodle_mapping
from nnkata.model import NeedsPerson, Verdicts
from nnkata.reporters import nnkata_reporters

from .make_golden import CANVAS, FILES, MOODLE, ONE_SUBMISSION, RESULT, SOUND, fill, only, report

ENTRY = NeedsPerson(
    "mia.zip", "the archive is damaged: it ends early", "/handed-in/mia.zip", "ask for a new one"
)
MANY = replace(RESULT, needs_person=[ENTRY])
ALONE = only(MANY, "mia.zip")
ALONE = replace(ALONE, needs_person=[ENTRY])


def written(name: str, result: Verdicts) -> str:
    return report(name, result)


@pytest.mark.parametrize("name", sorted(set(FILES) - set(ONE_SUBMISSION)))
def test_a_report_of_many_lists_it(name: str) -> None:
    text = written(name, MANY)
    assert "mia.zip" in text
    assert "the archive is damaged: it ends early" in text
    assert "ask for a new one" in text
    assert not re.search(r"\b0 ?(/|of) ?0\b", text)


@pytest.mark.parametrize("name", sorted(set(FILES) - {"classroom50"}))
def test_a_report_of_one_says_it(name: str) -> None:
    text = written(name, ALONE)
    assert "the archive is damaged: it ends early" in text
    assert "ask for a new one" in text


def test_all_reporters_are_tested() -> None:
    assert set(FILES) == set(nnkata_reporters())


def test_classroom_50_gets_no_result() -> None:
    with pytest.raises(KataError, match="needs a person") as raised:
        written("classroom50", ALONE)
    assert raised.value.exit_code == NEEDS_PERSON


def test_gradescope_is_told_that_its_zero_is_not_a_mark() -> None:
    result = json.loads(written("gradescope", ALONE))
    assert "not a mark" in result["output"]
    assert result["tests"] == []


def test_junit_has_an_error_and_no_points() -> None:
    suite = ET.fromstring(written("junit", ALONE)).find("testsuite")
    assert suite is not None
    assert suite.get("errors") == "1"
    assert "points" not in {p.get("name") for p in suite.iter("property")}


def test_a_mean_is_of_those_with_a_mark() -> None:
    text = written("terminal", replace(SOUND, needs_person=[ENTRY]))
    assert "3 submissions · 1 pass every kata · 54 % on average · 1 needs a person" in text


@pytest.mark.parametrize("export", ["canvas", "moodle"])
def test_a_gradebook_leaves_it_out_and_lists_it(export: str) -> None:
    mapping = canvas_mapping("Week 3 (77)") if export == "canvas" else moodle_mapping(None, None)
    table = CANVAS if export == "canvas" else MOODLE
    before = fill(table, SOUND, mapping)
    after = fill(table, replace(SOUND, needs_person=[ENTRY]), mapping)
    assert after.text == before.text
    more = set(after.left_out) - set(before.left_out)
    assert more == {f"mia.zip: it needs a person: {ENTRY.reason}; {ENTRY.next_step}"}


def test_a_gradebook_is_not_filled_with_points_where_the_policy_failed() -> None:
    result = replace(SOUND, policy_error="the policy `late` failed: ZeroDivisionError")
    with pytest.raises(KataError, match="no scores"):
        fill(CANVAS, result, canvas_mapping("Week 3 (77)"))


def test_a_broken_check_is_never_a_tick_or_full_marks() -> None:
    """All other checks of the kata pass, so its points are all the points that are left."""
    broken = next(v for v in RESULT.verdicts if any(o.outcome == "broken" for o in v.outcomes))
    outcomes = [
        o if o.outcome == "broken" else replace(o, outcome="passed", points=o.max_points)
        for o in broken.outcomes
    ]
    most = sum(o.max_points for o in outcomes)
    verdict = replace(broken, outcomes=outcomes, points=most, max_points=most, score=None)
    for name in FILES:
        if name in ("json", "classroom50"):  # programs read them, check by check
            continue
        text = written(name, replace(only(RESULT, "ada"), verdicts=[verdict]))
        for full in (f"{most}/{most}", f"{most} of {most} points", f"{most} / {most}"):
            assert full not in text, name
        assert "✓ topological-sort" not in text
        assert "broken" in text, name
