"""The first hint follows from the cause that was named, and is never the last one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from nnkata.model import Diagnosis, Outcome, Verdict
from nnkata.workspace.hints import Hint, take_hint
from nnkata.workspace.workspace import Workspace, create

CHECKS = "".join(
    f'def test_{name}(solution):\n    """A."""\n    assert solution.f() == 1\n\n\n'
    for name in "abcd"
)
KATA = {
    "reference": "def f(): return 1\n", "exports": ["f"], "checks": CHECKS,
    "hints": ["One?", "Two, at length.", "Three, at more length.", "Nearly all of the answer."],
    "hint_for": {"early": 1, "middle": 2, "late": 4},
    "hint_for_check": {"b": 3, "c": 4, "d": 1}, "mistakes": {},
}  # fmt: skip


@pytest.fixture
def workspace(lab: Any, tmp_path: Path) -> Workspace:
    return create(tmp_path / "w", lab.course({"one": KATA}))[0]


def hint(
    workspace: Workspace, text: str, *mistakes: str, failing: str = "abcd", unwritten: str = "",
    explained: str = "a", checks: str = "abcd",
) -> Hint:  # fmt: skip
    """Return the next hint for a module in which a check named these mistakes.

    The mistakes explain the checks in `explained`; the functions of the checks in `unwritten` are
    not written yet.
    """
    kata = workspace.course.katas["one"]
    workspace.path_of(kata).write_text(text, encoding="utf-8")
    outcomes = [
        Outcome(
            check=name,
            sentence="A.",
            outcome="failed" if name in failing else "passed",
            raised="NotImplementedError" if name in unwritten else None,
        )
        for name in checks
    ]
    verdict = Verdict(
        submission="me",
        kata="one",
        module="one.py",
        passed=False,
        points=0,
        max_points=4,
        outcomes=outcomes,
        diagnoses=[Diagnosis(m, m, 1, list(explained)) for m in mistakes],
        sha256={"module": workspace.sha_of(kata), "checks": ""},
    )
    workspace.remember(kata, verdict)
    return take_hint(workspace, kata)


@pytest.mark.parametrize(
    ("mistakes", "first", "reason"),
    [
        ((), 1, None),
        (("early",), 1, None),
        (("middle",), 2, "cause"),
        (("late",), 3, "cause"),
        (("late", "early"), 1, None),
        (("unknown",), 1, None),
    ],
)
def test_a_cause_chooses_the_first_hint_but_never_the_last_one(
    mistakes: tuple[str, ...], first: int, reason: str | None, workspace: Workspace
) -> None:
    got = hint(workspace, "one = 1\n", *mistakes)
    assert (got.level, got.reason) == (first, reason)


def test_the_last_hint_comes_after_another_one_and_a_change(workspace: Workspace) -> None:
    assert [hint(workspace, "one = 1\n", "late").level for _ in range(2)] == [3, 3]
    assert [hint(workspace, f"one = {n}\n", "late").level for n in (2, 3)] == [4, 4]


@pytest.mark.parametrize(
    ("failing", "first", "reason"),
    [("abcd", 1, None), ("bcd", 3, "check"), ("cd", 3, "check"), ("d", 1, None)],
)
def test_without_a_cause_the_first_failing_check_chooses(
    failing: str, first: int, reason: str | None, workspace: Workspace
) -> None:
    got = hint(workspace, "one = 1\n", failing=failing)
    assert (got.level, got.reason) == (first, reason)


def test_a_cause_goes_before_the_check_if_it_explains_the_first_failure(
    workspace: Workspace,
) -> None:
    assert hint(workspace, "one = 1\n", "middle", failing="b", explained="b").level == 2


def test_a_cause_of_another_failure_does_not_choose(workspace: Workspace) -> None:
    assert hint(workspace, "one = 1\n", "middle", failing="bc", explained="c").level == 3


def test_a_function_that_is_not_written_chooses_only_after_the_others(
    workspace: Workspace,
) -> None:
    assert hint(workspace, "one = 1\n", failing="bd", unwritten="b").level == 1
    assert hint(workspace, "one = 2\n", failing="b", unwritten="b").level == 3


def test_an_unwritten_module_gets_the_first_hint(workspace: Workspace) -> None:
    assert hint(workspace, "one = 1\n", unwritten="bcd", checks="bcd").level == 1


def test_a_fitting_hint_that_is_new_comes_even_after_a_later_one(workspace: Workspace) -> None:
    assert hint(workspace, "one = 1\n", failing="b").level == 3
    back = hint(workspace, "one = 2\n", failing="d")
    assert (back.level, back.reason) == (1, "check")


def test_a_hint_that_was_shown_is_followed_by_the_next_new_one(workspace: Workspace) -> None:
    for number, (failing, level) in enumerate([("b", 3), ("d", 1), ("d", 2), ("d", 4), ("d", 4)]):
        assert hint(workspace, f"one = {number}\n", failing=failing).level == level


def test_a_verdict_on_another_text_of_the_module_does_not_choose(workspace: Workspace) -> None:
    kata = workspace.course.katas["one"]
    hint(workspace, "one = 1\n")
    workspace.path_of(kata).write_text("one = 2\n", encoding="utf-8")
    assert take_hint(workspace, kata).level == 2
