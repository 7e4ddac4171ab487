"""A lesson on the terminal loses no line, whatever its lines begin with."""

from __future__ import annotations

import io

import pytest

from nnkata.cli.terminal.lesson import show_lesson
from nnkata.text.layout import FileWriter


@pytest.mark.parametrize(
    "text",
    [
        "|W|² is the sum\nof all squares.",
        "The sum of the squares,\n|W|² below,\nis not the largest one.",
        "| a | b |\n|---|---|\n| 1 | 2 |\n\n|x| is not negative.",
        "|x| alone",
    ],
)
def test_a_norm_at_the_beginning_of_a_line_is_no_table(text: str) -> None:
    out = io.StringIO()
    show_lesson(FileWriter(out), text)
    words = [word for word in text.replace("|---|---|", "").split() if word != "|"]
    assert [word for word in words if word not in out.getvalue().split()] == []


def test_a_table_or_code_in_a_list_item_keeps_its_lines() -> None:
    out = io.StringIO()
    table = "| h | error |\n  |---|---|\n  | 1e-3 | 4.5e-7 |"
    show_lesson(FileWriter(out), f"- A claim:\n\n  {table}\n\n  ```\n  a = 1\n  b = 2\n  ```")
    lines = [line.rstrip() for line in out.getvalue().splitlines()]
    assert lines[2:5] == ["  h     error", "  ----  ------", "  1e-3  4.5e-7"]
    assert lines[6:] == ["  ```", "  a = 1", "  b = 2", "  ```"]


def test_a_line_that_begins_with_a_number_does_not_end_a_paragraph() -> None:
    """As in CommonMark: only an item that begins with 1 may follow a paragraph directly."""
    out = io.StringIO()
    show_lesson(
        FileWriter(out), "The derivative is\n0. This is an exception.\n1. An item\n2. Another"
    )
    assert out.getvalue() == "The derivative is 0. This is an exception.\n1. An item\n2. Another\n"
