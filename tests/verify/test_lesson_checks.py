"""Lessons are rendered before anybody reads them: what comes out wrong is named with its line."""

from __future__ import annotations

import pytest

from nnkata.cli.context import pick_course
from nnkata.verify.lesson_checks import lesson_faults


@pytest.mark.parametrize(
    ("lesson", "line", "words"),
    [
        ("The exponent is\n\n1. The formula follows.\n", 3, "a list of one item"),
        ("Subtract\n\n- 3 from it.\n", 3, "a list of one item"),
        ("This is **bold.\n", 1, "`**` without its counterpart"),
        ("Call `f(x for it.\n", 1, "` without its counterpart"),
        ("\nSo e^-x falls.\n", 2, "in prose is shown as it is written"),
        ("| a |\n|---|\n| p_i |\n", 3, "in prose"),
    ],
)
def test_what_renders_badly_is_named(lesson: str, line: int, words: str) -> None:
    ((at, what, next_step),) = lesson_faults(lesson)
    assert (at, bool(next_step)) == (line, True)
    assert words in what


@pytest.mark.parametrize(
    "lesson",
    [
        "1. one\n2. two\n",
        "- one\n- two\n",
        "So $e^(-x)$ and `x_i` fall, and a * b is a product.\n",
        "The number fan_in is what it is, and **this** is *bold*.\n",
        "```formula\np_i = x^2\n```\n",
        "- outer\n  1. a\n  2. b\n- other\n",
    ],
)
def test_what_renders_well_is_left_alone(lesson: str) -> None:
    assert list(lesson_faults(lesson)) == []


def test_our_own_lessons_render_well() -> None:
    course, _ = pick_course()
    for kata in course.katas.values():
        assert list(lesson_faults(kata.lesson.read_text(encoding="utf-8"))) == [], kata.name
