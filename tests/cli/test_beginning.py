"""Questions before the code, katas that are set aside, and the track to begin with."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from nnkata.cli.group import kata as command_line
from nnkata.errors import CourseError

REFERENCE = "def f(x):\n    return 2 * x\n"
CHECKS = '''
def test_f(solution):
    """f doubles."""
    assert_equal(solution.f(3), 6)
'''
QUESTION = {
    "question": "What is f(0)?",
    "choices": ["zero", "one", "an error"],
    "answer": 1,
    "because": "2 times 0 is 0.",
}
PLAIN = {"reference": REFERENCE, "checks": CHECKS, "exports": ["f"]}
ASKING = PLAIN | {"prediction": QUESTION}


class Desk:
    """A workspace of a tiny course, and the command line in it."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def kata(self, *arguments: str, answers: str = "") -> Result:
        return CliRunner().invoke(command_line, list(arguments), input=answers)

    def write(self, name: str, text: str = REFERENCE) -> None:
        (self.root / "net" / "part" / f"{name}.py").write_text(text, encoding="utf-8")


@pytest.fixture
def sit(lab: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    def sit_down(katas: dict[str, dict[str, Any]], **table: Any) -> Desk:
        lab.install(lab.write_course(katas, **table))
        root = tmp_path / "work"
        result = CliRunner().invoke(command_line, ["init", str(root)])
        assert result.exit_code == 0, result.output
        monkeypatch.chdir(root)
        return Desk(root)

    return sit_down


def test_the_points_of_a_repair_kata_are_explained(sit: Any) -> None:
    faulty = {"repair": True, "faults": ["adds"], "stub": "def f(x):\n    return 2 + x\n"}
    desk = sit({"one": PLAIN, "two": PLAIN | faulty | {"mistakes": {"adds": REFERENCE}}})
    assert "Points: the unchanged program earns none" in desk.kata("show", "two").output
    assert "Points:" not in desk.kata("show", "one").output


def test_a_question_is_asked_answered_changed_and_resolved_by_the_pass(sit: Any) -> None:
    desk = sit({"one": ASKING, "two": PLAIN})
    shown = desk.kata("show", "one").output
    assert "What is f(0)?" in shown
    assert "kata predict one LETTER" in shown
    assert "2 times 0" not in shown
    assert "What is f(0)?" in desk.kata("predict").output
    assert "Stored: one." in desk.kata("predict", "b").output
    assert "Stored: an error." in desk.kata("predict", "one", "C").output
    assert "What is f(0)?" not in desk.kata("show", "one").output
    assert "You predicted" not in desk.kata("check", "one").output
    desk.write("one")
    passed = desk.kata("check", "one")
    assert passed.exit_code == 0
    assert "You predicted: an error. It is: zero." in passed.output
    assert "2 times 0 is 0." in passed.output
    again = desk.kata("predict", "one", "a").output
    assert "You predicted: an error. It is: zero." in again


def test_a_right_prediction_and_none_at_all(sit: Any) -> None:
    desk = sit({"one": ASKING, "two": ASKING})
    for name in ("one", "two"):
        desk.write(name)
    desk.kata("predict", "one", "a")
    assert "You predicted: zero. That is right." in desk.kata("check", "one").output
    assert "predicted" not in desk.kata("check", "two").output
    late = desk.kata("predict", "two", "a").output
    assert "nothing left to predict" in late
    assert "It is: zero. 2 times 0 is 0." in " ".join(late.split())


@pytest.mark.parametrize(
    ("words", "message", "step"),
    [
        (["one", "d"], "d is not a choice of one: choices are a to c", "kata predict one"),
        (["two"], "two asks no question", "kata show two"),
        (["one", "two"], "one kata at a time", "kata predict one"),
    ],
)
def test_what_cannot_be_predicted(sit: Any, words: list[str], message: str, step: str) -> None:
    result = sit({"one": ASKING, "two": PLAIN}).kata("predict", *words)
    assert result.exit_code == 2
    assert message in result.output
    assert step in result.output


def test_an_answer_that_is_no_choice_is_the_authors_mistake(lab: Any) -> None:
    with pytest.raises((CourseError, AssertionError), match="answer = 4, but there are 3 choices"):
        lab.course({"one": PLAIN | {"prediction": QUESTION | {"answer": 4}}})


def test_a_kata_is_set_aside_and_comes_back_when_it_is_saved(sit: Any) -> None:
    desk = sit({"one": PLAIN, "two": PLAIN, "three": PLAIN | {"needs": ["one"]}})
    skipped = desk.kata("next", "--skip").output
    assert "one is set aside" in skipped
    assert "kata show two" in skipped
    assert "set aside" in desk.kata("list").output
    assert "kata show two" in desk.kata("next").output
    desk.write("one")
    later = time.time() + 5
    os.utime(desk.root / "net" / "part" / "one.py", (later, later))
    assert "kata show one" in desk.kata("next").output
    assert "set aside" not in desk.kata("list").output


def test_katas_before_a_chosen_one_are_set_aside_and_come_back_at_the_end(sit: Any) -> None:
    desk = sit({"one": PLAIN, "two": PLAIN, "three": PLAIN | {"needs": ["one"]}})
    begun = desk.kata("next", "--from", "three").output
    assert "2 katas are set aside" in begun
    assert "kata show three" in begun
    assert "Until you write them, the reference is used for: one" in begun
    only = desk.kata("next", "--skip")
    assert only.exit_code == 2
    assert "three is the only unsolved kata" in only.output
    desk.write("three")
    assert desk.kata("check", "three").exit_code == 0
    assert "kata show one" in desk.kata("next").output


def test_where_nothing_is_lent_nothing_is_set_aside(sit: Any) -> None:
    desk = sit({"one": ASKING, "two": PLAIN}, borrow=False)
    for words in (["next", "--skip"], ["next", "--from", "two"], ["place"]):
        result = desk.kata(*words)
        assert result.exit_code == 2
        assert "lends no modules" in result.output


def test_place_asks_until_an_answer_is_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In our own course: right answers lead on, an empty one ends the questions."""
    from nnkata.cli.context import pick_course

    course = pick_course()[0]
    last = [course.katas[track.katas[-1]] for track in course.tracks]
    letters = ["abcd"[k.file.prediction.answer - 1] for k in last if k.file.prediction]
    assert len(letters) == len(last)
    monkeypatch.chdir(tmp_path)
    desk = Desk(tmp_path)
    assert desk.kata("init").exit_code == 0
    three = desk.kata("place", answers="\n".join(letters[:3]) + "\n\n")
    assert f"kata next --from {course.tracks[3].katas[0]}" in three.output
    assert "Begin with the first kata." in desk.kata("place", answers="\n").output
    every = desk.kata("place", answers="\n".join(letters) + "\n")
    assert "All answers are right" in every.output
    wrong = desk.kata("place", answers="b\n" if letters[0] == "a" else "a\n")
    assert "It is: " in wrong.output
    assert "Begin with the first kata." in wrong.output


def test_every_kata_of_our_course_asks_a_question() -> None:
    from nnkata.cli.context import pick_course

    for kata in pick_course()[0].katas.values():
        prediction = kata.file.prediction
        assert prediction is not None, kata.name
        assert len(prediction.question) < 200, kata.name
        assert all(len(choice) < 70 for choice in prediction.choices), kata.name
        assert len(set(prediction.choices)) == len(prediction.choices), kata.name
        assert len(prediction.because) < 280, kata.name


VARIED = {
    "reference": "LIMIT = 3\n\n\ndef f(x):\n    return 2 * x\n\n\ndef g(x):\n    return x\n",
    "checks": CHECKS, "exports": ["f"],
}  # fmt: skip
OWN = """
def f(x):
    'Double it.'
    return x + x


def g(x):
    return x


def h():
    pass
"""


def test_after_a_pass_the_module_is_shown_beside_the_reference(
    sit: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = sit({"one": VARIED})
    assert desk.kata("solution", "one", "--beside").exit_code == 2
    desk.write("one", OWN)
    assert desk.kata("check", "one").exit_code == 0
    stacked = desk.kata("solution", "--beside").output
    assert "f  · yours\ndef f(x):\n    return x + x\nf  · reference\ndef f(x):\n" in stacked
    assert "g  · the same" in stacked
    assert "LIMIT  · only in the reference\nLIMIT = 3" in stacked
    assert "h  · only yours" in stacked
    assert "the checks: kata solution one --checks" in stacked
    monkeypatch.setenv("COLUMNS", "120")
    wide = desk.kata("solution", "--beside").output
    assert any(
        line.split("|")[0].strip() == "return x + x" and line.endswith("return 2 * x")
        for line in wide.splitlines()
    )


def test_the_checks_are_shown_after_a_pass_only(sit: Any) -> None:
    desk = sit({"one": PLAIN})
    assert desk.kata("solution", "one", "--give-up").output == REFERENCE
    early = desk.kata("solution", "one", "--checks")
    assert early.exit_code == 2
    assert "its checks stay hidden" in early.output
    desk.write("one")
    assert desk.kata("check", "one").exit_code == 0
    assert "f doubles." in desk.kata("solution", "--checks").output


def test_a_milestone_is_shown_with_the_pass_that_reaches_it(sit: Any) -> None:
    milestone = {"year": 1958, "title": "Doubled", "katas": ["one", "two"], "text": "It doubles."}
    desk = sit({"one": PLAIN, "two": PLAIN, "three": PLAIN}, milestones=[milestone])
    shown = []
    for name in ("three", "two", "one"):
        desk.write(name)
        shown.append("1958 · Doubled\nIt doubles." in desk.kata("check", name).output)
    assert shown == [False, False, True]


def test_the_milestones_of_our_course_name_its_katas() -> None:
    from nnkata.cli.context import pick_course

    course = pick_course()[0]
    assert len(course.milestones) >= 4
    for milestone in course.milestones:
        assert set(milestone.katas) <= set(course.katas), milestone.title
    assert all(track.about for track in course.tracks)
    assert course.expects


def test_a_milestone_of_an_unknown_kata_is_the_authors_mistake(lab: Any) -> None:
    milestone = {"year": 1958, "title": "Doubled", "katas": ["on"], "text": "It doubles."}
    with pytest.raises(CourseError, match="the milestone Doubled names on, which is not a kata"):
        lab.course({"one": PLAIN}, milestones=[milestone])
