"""The first hint of a kata fits the first failure, whether or not its cause is known."""

from __future__ import annotations

from pathlib import Path

import pytest

from nnkata.checking.assessor import Assessor
from nnkata.checking.runtime import Submission
from nnkata.course.loading import read_courses
from nnkata.model import Course, Verdict
from nnkata.plugins import installed_plugins
from nnkata.workspace.hints import take_hint
from nnkata.workspace.workspace import Workspace, create

NAMES = list(read_courses(installed_plugins().course_roots())[0]["nn_from_scratch"].katas)
HARD_CODED = "    point = np.asarray(x, dtype=np.float64)\n    gradient ="
LOOP = """        step = np.zeros_like(point)
        step[index] = h
        gradient[index] = (f(point + step) - f(point - step)) / (2 * h)
"""
IN_PLACE = (
    LOOP,
    """        point[index] += h
        above = f(point)
        point[index] -= 2.0 * h
        below = f(point)
        point[index] += h
        gradient[index] = (above - below) / (2 * h)
""",
)
MOVES_TWO = ("step[index] = h", "step[index] = h\n        step.flat[2 : 2 + (index == (0,))] = h")


@pytest.fixture
def workspace(course: Course, tmp_path: Path) -> Workspace:
    return create(tmp_path, course)[0]


def judge(
    course: Course, assessor: Assessor, workspace: Workspace, name: str, *edits: tuple[str, str]
) -> Verdict:
    """Check the reference of a kata with some of its text replaced, as the learner's module."""
    kata = course.katas[name]
    text = kata.reference.read_text(encoding="utf-8")
    for old, new in edits:
        assert old in text
        text = text.replace(old, new)
    workspace.path_of(kata).write_text(text, encoding="utf-8")
    verdict = assessor.assess(kata, Submission("me", workspace.read), slow_checks="never")
    workspace.remember(kata, verdict)
    return verdict


def hard_coded(step: str) -> tuple[str, str]:
    return HARD_CODED, HARD_CODED.replace("    point", f"    h = {step}\n    point", 1)


def by_default(step: str) -> tuple[str, str]:
    return "h: float = 1e-5", f"h: float = {step}"


@pytest.mark.parametrize("step", ["1e-8", "1e-9", "1e-10", "3e-11", "1e-12", "1e-15", "10e-50"])
def test_a_default_step_that_is_far_too_small_is_named(
    step: str, course: Course, assessor: Assessor, workspace: Workspace
) -> None:
    verdict = judge(course, assessor, workspace, "numerical-gradient", by_default(step))
    assert [d.mistake for d in verdict.diagnoses] == ["tiny-step"]


@pytest.mark.parametrize(
    ("step", "mistake"),
    [
        ("1e-8", "hard-coded-step-1e-8"),
        ("1e-10", "hard-coded-step-1e-10"),
        ("1e-12", "hard-coded-step-1e-12"),
        ("1e-20", "hard-coded-step-vanishes"),
        ("10e-50", "hard-coded-step-vanishes"),
    ],
)
def test_a_hard_coded_step_that_is_far_too_small_is_named(
    step: str, mistake: str, course: Course, assessor: Assessor, workspace: Workspace
) -> None:
    verdict = judge(course, assessor, workspace, "numerical-gradient", hard_coded(step))
    assert verdict.first_failure is not None
    assert [d.mistake for d in verdict.diagnoses if d.explains(verdict.first_failure)] == [mistake]


@pytest.mark.parametrize(
    ("name", "edit", "level", "reason"),
    [
        ("numerical-gradient", hard_coded("1e-12"), 3, "cause"),
        ("numerical-gradient", hard_coded("3e-11"), 3, "check"),
        ("numerical-gradient", hard_coded("1e-3"), 3, "check"),
        ("numerical-gradient", by_default("1e-4"), 3, "check"),
        ("numerical-gradient", IN_PLACE, 2, "cause"),
        ("numerical-gradient", MOVES_TWO, 2, "check"),
        ("value", ("-quotient / other.data)", "-self.data / other.data**2)"), 4, "cause"),
        ("value", ("-quotient / other.data)", "-quotient / other.data**3)"), 4, "check"),
        ("value", ("self.data + other.data, (", "self.data - other.data, ("), 1, None),
        ("softmax", ("_shifted(_floats(z), axis)", "_floats(z)"), 1, None),
    ],
)
def test_the_first_hint_speaks_about_the_first_failure(
    name: str, edit: tuple[str, str], level: int, reason: str | None,
    course: Course, assessor: Assessor, workspace: Workspace,
) -> None:  # fmt: skip
    judge(course, assessor, workspace, name, edit)
    hint = take_hint(workspace, course.katas[name])
    assert (hint.level, hint.reason) == (level, reason)


@pytest.mark.parametrize("name", NAMES)
def test_no_check_begins_with_the_answer(name: str, course: Course) -> None:
    file = course.katas[name].file
    assert all(level < len(file.hints) for level in file.hint_for_check.values())
