"""Whose a submission is, and what mark a student has; what is unknown is never a zero."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from nnkata.errors import KataError
from nnkata.gradebook.marks import Marks, compute_marks, find_subject
from nnkata.gradebook.records import (
    GradebookSnapshot,
    GradedSubmission,
    GradingRun,
    KataResult,
    Note,
    Student,
    SubmissionRecord,
    has_broken_check,
)
from nnkata.gradebook.roster import find_owners, read_roster

from .results import LATER, RUN, graded, unread, verdict

NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)
ADA = Student(id="4711", name="Ada Lovelace", email="ada@x.org", github="ada-l", moodle="501")
BEN = Student(id="4712", name="Ben", email="ben@x.org", github="ben", moodle="502", canvas="12")
ROSTER = [ADA, BEN]


def snapshot(
    *done: tuple[GradedSubmission, GradingRun, int], notes: tuple[Note, ...] = (), **more: Any
) -> GradebookSnapshot:
    """Return a snapshot of submissions, each graded in a run on some day."""
    records = {
        one.submission: SubmissionRecord(
            name=one.submission,
            katas={
                v.kata: KataResult(
                    verdict=v, run=run.id, position=place, broken=has_broken_check(v),
                    recorded_at=NOON + timedelta(days=day), policy_error=one.policy_error,
                )
                for place, v in enumerate(one.verdicts)
            },
            needs_person=one.needs_person,
            run=run.id,
            recorded_at=NOON + timedelta(days=day),
        )
        for one, run, day in done
    }  # fmt: skip
    return GradebookSnapshot(
        source="marks.db", course="tiny", submissions=records, notes=list(notes), **more
    )


def passed(name: str, *katas: str) -> GradedSubmission:
    return graded(name, *(verdict(name, kata, "passed", "failed") for kata in katas))


def by_student(marks: Marks) -> dict[str, tuple[float | None, str]]:
    return {student.id: (student.mark, student.why) for student in marks.students}


@pytest.mark.parametrize(
    ("name", "owner"),
    [
        ("4711", "4711"),
        ("4711.zip", "4711"),
        ("ADA@x.org", "4711"),
        ("ada-l", "4711"),
        ("week-3-ada-l", "4711"),
        ("week-3-ben", "4712"),
        ("Ada Lovelace_501_assignsubmission_file", "4711"),
        ("Participant_502_assignsubmission_file_net.zip", "4712"),
        ("benbenson_12_98765_net.zip", "4712"),
        ("benbenson_LATE_12_98765_net-1.zip", "4712"),
        ("lovelaceada_4711_98765_net.zip", "4711"),
        ("12", "4712"),
        ("week-3-ada-l-main.zip", "4711"),
        ("week-3-ben-master", "4712"),
        ("4711 (1).zip", "4711"),
        ("4711.py", "4711"),
        ("benbenson_12_98765_softmax-1.py", "4712"),
    ],
)
def test_a_download_belongs_to_the_student_whose_number_or_login_is_in_its_name(
    name: str, owner: str
) -> None:
    assert find_owners([name], ROSTER).by_submission == {name: owner}


@pytest.mark.parametrize(
    "name",
    ["Ada Lovelace", "ada", "471", "week3ben", "someone_4713_98765_net.zip", "501_x_1_net.zip",
     "X_502", "assignsubmission", "ben-1"],
)  # fmt: skip
def test_nothing_is_guessed(name: str) -> None:
    owners = find_owners([name], ROSTER)
    assert owners.by_submission == {}
    assert owners.unmatched == {name: "no student of the roster matches it"}


def test_a_name_that_matches_two_students_is_neithers() -> None:
    two = [Student(id="1", github="ada-l"), Student(id="2", github="l")]
    owners = find_owners(["week-ada-l"], two)
    assert owners.unmatched == {"week-ada-l": "it matches 1, 2 of the roster"}


def test_a_participant_may_be_written_as_moodle_does() -> None:
    roster = [Student(id="ada", moodle="Participant 501")]
    name = "Participant_501_assignsubmission_file_"
    assert find_owners([name], roster).by_submission == {name: "ada"}


def test_a_roster_is_read_in_any_language(tmp_path: Path) -> None:
    file = tmp_path / "liste.csv"
    file.write_text("\ufeffMatrikelnummer;Vorname;Anmeldename\n4711;Ada;ada-l\n\n4712;Ben;ben\n")
    students = read_roster(
        file, {"id": "Matrikelnummer", "name": "Vorname", "github": "Anmeldename"}
    )
    assert students == [
        Student(id="4711", name="Ada", github="ada-l"),
        Student(id="4712", name="Ben", github="ben"),
    ]


def test_a_roster_of_github_classroom_is_read_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "classroom_roster.csv"
    file.write_text('"identifier","github_username","github_id","name"\n"s1","ada","9","Ada"\n')
    assert read_roster(file, {}) == [Student(id="s1", name="Ada", github="ada")]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name,mail\nAda,a@x\n", "no column `id`"),
        ("id,name\n,Ada\n", "row 2 has no id"),
        ("id,name\n1,Ada\n1,Ben\n", "row 3: the id 1 is in the file twice"),
        ("id,name\n1\n", "row 2 has 1 cells, not 2"),
        ("id,email\n1,a@x\n2,A@x\n", "1 and 2 have the same email: a@x"),
    ],
)
def test_a_roster_that_cannot_be_used_is_refused_with_its_row(
    text: str, said: str, tmp_path: Path
) -> None:
    (tmp_path / "r.csv").write_text(text)
    with pytest.raises(KataError, match=said):
        read_roster(tmp_path / "r.csv", {})


def test_students_without_a_submission_are_listed_and_have_no_mark() -> None:
    marks = compute_marks(snapshot((passed("4711", "one"), RUN, 0), roster=ROSTER))
    assert by_student(marks) == {"4711": (1.0, ""), "4712": (None, "no submission")}
    assert marks.no_marks() == ["4712: no submission"]


def test_a_submission_of_nobody_is_listed() -> None:
    marks = compute_marks(snapshot((passed("eve", "one"), RUN, 0), roster=ROSTER))
    assert marks.unmatched == {"eve": "no student of the roster matches it"}
    assert "eve: no student of the roster matches it" in marks.no_marks()


def test_who_lacks_a_kata_has_no_mark() -> None:
    marks = compute_marks(
        snapshot((passed("ada", "one", "two"), RUN, 0), (passed("ben", "one"), RUN, 0))
    )
    assert by_student(marks) == {"ada": (2.0, ""), "ben": (None, "not graded: two")}
    assert {s.id: s.max_points for s in marks.students} == {"ada": 4, "ben": 4}
    only = compute_marks(snapshot((passed("ada", "one", "two"), RUN, 0)), ["one"])
    assert (only.katas, only.students[0].max_points) == (["one"], 2)


def test_each_kata_may_come_from_another_submission_of_the_student() -> None:
    """As with GitHub Classroom, where every assignment has a repository of its own."""
    done = snapshot(
        (passed("one-ada-l", "one"), RUN, 0), (passed("two-ada-l", "two"), LATER, 7), roster=ROSTER
    )
    assert by_student(compute_marks(done))["4711"] == (2.0, "")


def test_a_new_download_of_a_student_replaces_the_old_one() -> None:
    """Canvas gives each submission another number."""
    old, new = "ada_4711_1_net.zip", "ada_4711_2_net.zip"
    better = graded(new, verdict(new, "one", "passed", "passed"))
    done = snapshot((passed(old, "one"), RUN, 0), (better, LATER, 1), roster=ROSTER)
    assert by_student(compute_marks(done))["4711"] == (2.0, "")


def test_two_submissions_of_one_student_in_one_run_give_no_mark() -> None:
    done = snapshot(
        (passed("4711", "one"), RUN, 0), (passed("ada-l", "one"), RUN, 0), roster=ROSTER
    )
    mark, why = by_student(compute_marks(done))["4711"]
    assert mark is None
    assert why == "4711 and ada-l belong to one student, so there is no mark"


def test_an_override_of_the_old_name_counts_for_the_student() -> None:
    old, new = "ada_4711_1_net.zip", "ada_4711_2_net.zip"
    notes = (note(old, 1.5, "one"), note("4712", 2.0))
    done = snapshot(
        (passed(old, "one"), RUN, 0), (passed(new, "one"), LATER, 1), notes=notes, roster=ROSTER
    )
    assert by_student(compute_marks(done)) == {"4711": (1.5, ""), "4712": (2.0, "")}


def note(subject: str, score: float | None, kata: str = "") -> Note:
    return Note(
        subject=subject, kata=kata, kind="override", score=score, by="ann", why="w",
        recorded_at=NOON,
    )  # fmt: skip


def test_the_last_override_counts_and_a_withdrawn_one_does_not() -> None:
    done = (passed("ada", "one"), RUN, 0)
    notes: tuple[Note, ...] = (note("ada", 0.0), note("ada", 2.0))
    assert by_student(compute_marks(snapshot(done, notes=notes))) == {"ada": (2.0, "")}
    notes = (*notes, note("ada", None))
    assert by_student(compute_marks(snapshot(done, notes=notes))) == {"ada": (1.0, "")}


def test_a_broken_check_gives_no_mark_unless_a_person_sets_it() -> None:
    done = (graded("ada", verdict("ada", "one", "passed", "broken")), RUN, 0)
    why = "a check of the course is broken, so there is no mark"
    assert by_student(compute_marks(snapshot(done))) == {"ada": (None, why)}
    fixed = snapshot(done, notes=(note("ada", 2.0, "one"),))
    assert by_student(compute_marks(fixed)) == {"ada": (2.0, "")}


def test_a_policy_that_failed_gives_no_mark() -> None:
    done = graded("ada", verdict("ada", "one", "passed"), policy_error="the policy `x` failed")
    marks = compute_marks(snapshot((done, RUN, 0)))
    assert by_student(marks) == {"ada": (None, "it has no score: the policy `x` failed")}


def test_an_earlier_mark_does_not_hide_that_the_new_submission_needs_a_person() -> None:
    old, new = "ada_4711_1_net.zip", "ada_4711_2_net.zip"
    done = snapshot((passed(old, "one"), RUN, 0), (unread(new), LATER, 1), roster=ROSTER)
    mark, why = by_student(compute_marks(done))["4711"]
    assert mark is None
    assert why.startswith("it needs a person: the archive is damaged")


def test_a_kata_that_nobody_has_is_a_usage_error() -> None:
    with pytest.raises(KataError, match="no results of the kata `tow`") as error:
        compute_marks(snapshot((passed("ada", "one", "two"), RUN, 0)), ["tow"])
    assert "did you mean two?" in error.value.next_step


def test_a_person_may_name_a_student_as_any_list_does() -> None:
    done = snapshot((passed("week-3-ada-l", "one"), RUN, 0), roster=ROSTER)
    for name in ("4711", "ADA@x.org", "ada-l", "week-3-ada-l"):
        assert find_subject(done, name) == "4711"
    with pytest.raises(KataError, match="has no student and no submission `eve`"):
        find_subject(done, "eve")
