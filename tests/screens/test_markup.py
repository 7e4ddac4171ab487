"""Styles are written out as they are, and nothing else passes for a style."""

from __future__ import annotations

import pytest

from .markup import bare, marked

MARKED = {
    "plain": "plain",
    "\x1b[1mhint\x1b[0m 1": "‹bold›hint‹/› 1",
    "\x1b[1m\x1b[31mno\x1b[m": "‹bold red›no‹/›",
    "\x1b[1;31mno\x1b[22m, red\x1b[39m.": "‹bold red›no‹/›‹red›, red‹/›.",
    "\x1b[32ma\x1b[32mb\x1b[0m": "‹green›ab‹/›",
    "\x1b[2mone\ntwo\x1b[0m": "‹dim›one‹/›\n‹dim›two‹/›",
    "\x1b[1m\x1b[0m\nrest": "\nrest",
    "\x1b[93;44mx\x1b[49my\x1b[0m": "‹bright-yellow on-blue›x‹/›‹bright-yellow›y‹/›",
    "\x1b[38;5;208;48;2;1;2;255mx\x1b[0m": "‹colour-208 on-#0102ff›x‹/›",
    "\x1b[3;4;7;9mx\x1b[23;24;27;29my": "‹italic underlined reversed struck›x‹/›y",
    "\x1b[107m \x1b[0m": "‹on-bright-white› ‹/›",
}


@pytest.mark.parametrize("text", MARKED)
def test_a_style_is_written_before_what_it_is_the_style_of(text: str) -> None:
    assert marked(text) == MARKED[text]


def test_without_styles_the_text_is_left() -> None:
    assert bare("\x1b[1;31mno\x1b[22m, red\x1b[39m.\nrest") == "no, red.\nrest"


@pytest.mark.parametrize(
    "text",
    ["\x1b[2J", "\x1b[5mblink", "a\rb", "\x07", "a\tb", "\x1b]8;;http://a\x1b\\", "\x1b[38;9mx",
     "\x1b[38;2;1;2mx", "a ‹ b", "\x1b"],
)  # fmt: skip
def test_what_is_no_style_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"is not a style|is not known|marks are made of"):
        marked(text)
