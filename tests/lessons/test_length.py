"""A lesson is short enough to be read before the first line is written."""

from __future__ import annotations

import re

import pytest

from nnkata.cli.context import pick_course

LESSONS = {name: kata.lesson for name, kata in pick_course()[0].katas.items()}
FENCED = re.compile(r"^( *)```.*?^ *```", re.MULTILINE | re.DOTALL)
LIMIT = 600


def words_in(lesson: str) -> int:
    """Return how many words a lesson has outside of its fenced code and formulas."""
    text = FENCED.sub("", lesson)
    return sum(any(sign.isalpha() for sign in word) for word in text.split())


def test_words_contain_a_letter_and_are_outside_of_fenced_blocks() -> None:
    assert words_in("# Two words\n\n```formula\ny = x\n```\n\n- 3 · 4 is 12\n") == 3


@pytest.mark.parametrize("name", LESSONS)
def test_a_lesson_is_short(name: str) -> None:
    count = words_in(LESSONS[name].read_text(encoding="utf-8"))
    assert count < LIMIT, f"the lesson of {name} has {count} words; the limit is {LIMIT}"
