"""Folding: to the width, without words left over, and with nobody's formula changed."""

from __future__ import annotations

import io

import pytest

from nnkata.cli.terminal.lesson import show_lesson
from nnkata.text.layout import ASCII, FileWriter, fold


class Sheet(FileWriter):
    """A page of a given width that can be read."""

    def __init__(self, width: int, plain: bool = False) -> None:
        super().__init__(io.StringIO(), width)
        self.symbols = ASCII if plain else self.symbols

    @property
    def lines(self) -> list[str]:
        assert isinstance(self.out, io.StringIO)
        return self.out.getvalue().split("\n")[:-1]


def test_no_word_is_left_over_for_a_line_of_its_own() -> None:
    assert fold("one two three four five", 19) == ["one two three", "four five"]
    assert fold("one two three four five six", 23) == ["one two three four", "five six"]


def test_where_a_word_cannot_have_company_it_stands_alone() -> None:
    assert fold("one-two-three-four five", 19) == ["one-two-three-four", "five"]


def test_a_command_stays_on_one_line() -> None:
    assert fold("then `kata check softmax` looks", 20) == [
        "then",
        "`kata check softmax`",
        "looks",
    ]


def test_a_long_quotation_is_folded_and_what_follows_it_too() -> None:
    text = f"`from .a import {'b' * 30}` gives the order, and `c` too"
    assert fold(text, 50) == [f"`from .a import {'b' * 30}`", "gives the order, and `c` too"]
    assert max(map(len, fold(text, 40))) <= 40


def test_a_margin_hangs() -> None:
    assert fold("x one two three four", 12, "  ", "    ") == [
        "  x one two",
        "    three",
        "    four",
    ]


def test_a_product_stays_a_product_on_a_plain_page() -> None:
    sheet = Sheet(60, plain=True)
    sheet.paragraph("b · (a + 1) → c …")
    sheet.block("a · b → '…'")
    sheet.echo("softmax · hint 1 → next")
    assert sheet.lines == ["b · (a + 1) -> c ...", "    a · b → '…'", "softmax - hint 1 -> next"]


def test_a_value_that_fits_stands_beside_its_label() -> None:
    sheet = Sheet(30)
    sheet.block("[[1, 2],\n [3, 4]]", indent=2, label="came back  ", fold=True)
    assert sheet.lines == ["  came back  [[1, 2],", "              [3, 4]]"]


def test_a_long_value_stands_below_its_label_and_goes_on_if_need_be() -> None:
    sheet = Sheet(30)
    sheet.block("[1000, 2000, 3000]", indent=2, label="came back  ", fold=True)
    sheet.block("[1000, 2000, 3000, 4000, 5000]\n", indent=2, label="expected   ", fold=True)
    assert sheet.lines == [
        "  came back",
        "    [1000, 2000, 3000]",
        "  expected",
        "    [1000, 2000, 3000, 4000,",
        "      5000]",
    ]


def test_what_has_no_blank_is_cut_at_the_width() -> None:
    sheet = Sheet(40)
    sheet.block("x" * 50, indent=4, fold=True)
    assert sheet.lines == ["    " + "x" * 36, "      " + "x" * 14]


def test_code_is_left_whole() -> None:
    sheet = Sheet(20)
    sheet.block("softmax(np.array([0., 1000.]))")
    assert sheet.lines == ["    softmax(np.array([0., 1000.]))"]


@pytest.mark.parametrize(("width", "cells"), [(40, 10), (60, 15), (80, 20), (100, 20)])
def test_a_meter_leaves_room_for_its_numbers(width: int, cells: int) -> None:
    assert len(Sheet(width).meter(1, 13)) == cells


LESSON = """\
# A title that is long

One two three four
five · six.
- an item that goes
  on and on
12. numbered item here

    code(that, is, longer, than, the, page)

```python
x  =  1
# not a heading
```
| a | b |
|---|:-:|
| `one` | two words |
"""


def test_a_lesson_is_folded_and_its_code_is_not() -> None:
    sheet = Sheet(20)
    show_lesson(sheet, LESSON)
    assert sheet.lines == [
        "# A title that is", "long", "",
        "One two three four", "five · six.",
        "- an item that goes", "  on and on",
        "12. numbered item", "    here", "",
        "    code(that, is, longer, than, the, page)", "",
        "```python", "x  =  1", "# not a heading", "```",
        "a      b", "-----  ---------", "`one`  two words",
    ]  # fmt: skip


def test_a_table_that_is_too_wide_is_told_row_by_row() -> None:
    sheet = Sheet(20)
    show_lesson(sheet, "| a | bee |\n|---|---|\n| one | two three four five |\n| six | seven |\n")
    assert sheet.lines == [
        "one", "  bee: two three", "    four five", "", "six", "  bee: seven"
    ]  # fmt: skip
