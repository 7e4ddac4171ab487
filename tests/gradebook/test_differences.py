"""`kata gradebook diff` says whose mark differs, and which check, person or rule made it so."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from nnkata.gradebook.differences import MarkChange, compare
from nnkata.gradebook.records import GradebookSnapshot, GradedSubmission, Student
from nnkata.model import LoadFailure

from .results import RUN, graded, unread, verdict
from .test_marks import note, snapshot


def one(*done: GradedSubmission, **more: Any) -> GradebookSnapshot:
    return snapshot(*((submission, RUN, 0) for submission in done), **more)


def changes(old: GradebookSnapshot, new: GradebookSnapshot) -> dict[str, MarkChange]:
    """Return the changes by kata; "" is the whole mark."""
    found = compare(old, new)
    assert len({change.student for change in found.changes}) <= 1
    return {change.kata: change for change in found.changes}


ADA = graded("ada", verdict("ada", "one", "passed", "failed"), verdict("ada", "two", "passed"))


def test_equal_marks_are_not_listed() -> None:
    slower = replace(ADA, verdicts=[replace(v, blame="x") for v in ADA.verdicts])
    found = compare(one(ADA), one(slower))
    assert (found.students, found.changes) == (1, [])


def test_a_check_with_another_outcome_is_the_reason() -> None:
    new = graded("ada", verdict("ada", "one", "failed", "timeout"), ADA.verdicts[1])
    found = changes(one(ADA), one(new))
    assert (found["one"].old, found["one"].new) == (1.0, 0.0)
    assert found["one"].why == ["test_1: passed → failed", "test_2: failed → timeout"]
    assert (found[""].old, found[""].new) == (2.0, 1.0)
    assert "two" not in found


def test_another_module_and_changed_checks_are_reasons() -> None:
    other = verdict("ada", "one", "passed", "passed", "failed")
    other = replace(other, sha256={"module": "m2", "checks": "c2"})
    found = changes(one(ADA), one(graded("ada", other, ADA.verdicts[1])))
    assert found["one"].why == [
        "the module is different",
        "the checks changed",
        "test_2: failed → passed",
        "test_3: new, failed",
    ]


def test_a_module_that_does_not_load_any_more_is_a_reason() -> None:
    broken = replace(
        verdict("ada", "one", "not_run", "not_run"), load=LoadFailure("syntax", "line 3")
    )
    found = changes(one(ADA), one(graded("ada", broken, ADA.verdicts[1])))
    assert found["one"].why[0] == "the module could not be loaded: syntax"


def test_an_override_is_a_reason_and_so_is_its_end() -> None:
    plain, corrected = one(ADA), one(ADA, notes=(note("ada", 2.0, "one"),))
    assert changes(plain, corrected)["one"].why == ["override 2 by ann: w"]
    assert changes(corrected, plain)["one"].why == ["the override 2 by ann does not count any more"]
    whole = one(ADA, notes=(note("ada", 0.0),))
    assert changes(plain, whole)[""].why == ["override 0 by ann: w"]


def test_a_rule_for_scores_is_a_reason() -> None:
    late = [replace(v, score=v.points * 0.9, score_reason="1 day late") for v in ADA.verdicts]
    found = changes(one(ADA), one(replace(ADA, verdicts=late)))
    assert found["one"].why == ["score: 1 day late"]
    back = changes(one(replace(ADA, verdicts=late)), one(ADA))
    assert back["one"].why == ["score: no scoring rule any more (before: 1 day late)"]


def test_who_needs_a_person_now_is_listed_with_the_reason() -> None:
    found = changes(one(ADA), one(unread("ada")))
    assert (found[""].old, found[""].new) == (2.0, None)
    assert "now: it needs a person: the archive is damaged; ask for a new one" in found[""].why


def test_who_is_in_one_of_both_only_is_listed() -> None:
    found = changes(one(), one(ADA))
    assert found[""].why[-1] == "before: unknown"
    assert found["one"].why == ["before: no results"]


def test_a_result_and_a_gradebook_are_matched_by_the_roster() -> None:
    roster = [Student(id="4711", github="ada")]
    better = graded("week-1-ada", verdict("ada", "one", "passed", "passed"), ADA.verdicts[1])
    (whole, kata) = compare(one(ADA), one(better, roster=roster)).changes
    assert (whole.student, whole.old, whole.new, kata.kata) == ("4711", 2.0, 3.0, "one")
