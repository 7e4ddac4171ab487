"""Curves and pictures of characters say the numbers that they are made of."""

from __future__ import annotations

import math

import pytest

from nnkata.cli.terminal.plots import (
    can_draw,
    count_abreast,
    curve,
    draw_image,
    format_shares,
    halves,
)
from nnkata.text.layout import clock
from nnkata.training.stages import Image, Loss

FALLING = [Loss(step, 60, 2.4 / step, unit="epoch") for step in range(1, 61)]


def dots(lines: list[str]) -> list[int]:
    """Return on which line the first mark of each column is."""
    body = [line.partition("┤")[2] or line.partition("│")[2] for line in lines[:-2]]
    width = max(map(len, body))
    columns = [[row.ljust(width)[c] for row in body] for c in range(width)]
    return [next(n for n, mark in enumerate(column) if mark != " ") for column in columns]


def test_a_curve_says_its_largest_loss_zero_and_the_steps() -> None:
    lines = curve(FALLING, 60, 6, fine=True)
    assert len(lines) == 8
    assert all(len(line) <= 60 for line in lines)
    assert lines[0].startswith(" 2.4 ┤")
    assert lines[5].startswith("   0 ┤")
    assert lines[3].startswith("loss ┤")
    assert lines[7].split() == ["1", "60", "epochs"]


def test_a_curve_that_falls_falls_on_the_screen() -> None:
    heights = dots(curve(FALLING, 60, 6, fine=True))
    assert heights == sorted(heights)
    assert (heights[0], heights[-1]) == (0, 5)
    rising = [Loss(step, 60, float(step)) for step in range(1, 61)]
    assert dots(curve(rising, 60, 6, fine=True)) == sorted(
        dots(curve(rising, 60, 6, fine=True)), reverse=True
    )


def test_a_curve_goes_as_far_as_the_steps_have_come() -> None:
    half = dots(curve(FALLING[:30], 60, 6, fine=True))
    whole = dots(curve(FALLING, 60, 6, fine=True))
    assert 0.4 < len(half) / len(whole) < 0.6


def test_ascii_is_ascii_and_as_large() -> None:
    lines = curve(FALLING, 60, 6, fine=False)
    assert "".join(lines).isascii()
    assert [len(line) <= 60 for line in lines] == [True] * 8
    assert "*" in lines[0]


ODD = {
    "one": [0.5], "constant": [0.5] * 60, "zero": [0.0] * 60, "negative": [-1.0, -2.0, -3.0],
    "with nan": [0.5, math.nan, 0.25], "with inf": [0.5, math.inf, 0.25],
    "the largest": [1.7e308, -1.7e308], "the smallest": [5e-324, 0.0],
}  # fmt: skip


@pytest.mark.parametrize("name", ODD)
@pytest.mark.parametrize("fine", [True, False])
@pytest.mark.parametrize("width", [1, 20, 60, 100])
def test_no_numbers_make_drawing_fail(name: str, fine: bool, width: int) -> None:
    losses = [Loss(step, 60, value) for step, value in enumerate(ODD[name], start=1)]
    lines = curve(losses, width, 4, fine)
    assert len(lines) == 6
    assert max(map(len, lines)) <= max(width, 24)
    assert any(
        mark in "".join(lines[:4])
        for mark in ("*" if not fine else map(chr, range(0x2801, 0x2900)))
    )


def test_steps_that_are_counted_wrongly_are_drawn_all_the_same() -> None:
    for step, of in ((0, 0), (-5, 3), (100, 3), (1, 1)):
        assert len(curve([Loss(step, of, 0.5)], 60, 4, fine=True)) == 6


def test_no_loss_is_no_curve_and_only_nan_is_said() -> None:
    assert curve([], 60, 6, fine=True) == []
    assert "no loss so far is a finite number" in curve([Loss(1, 2, math.nan)], 60, 6, True)[0]


PICTURE = Image(((0.0, 1.0), (1.0, 1.0), (0.9, 0.1)), ("is 3",))


def test_a_picture_is_drawn_in_half_blocks_or_in_ascii() -> None:
    assert draw_image(PICTURE, fine=True) == ["▄█", "▀ "]
    assert draw_image(PICTURE, fine=False) == ["..##", "####", "##.."]
    assert halves(Image(((2.0,), (-1.0,)))) == [[(1.0, 0.0)]]


def test_as_many_pictures_stand_abreast_as_fit() -> None:
    eight = Image(((0.0,) * 8,) * 8, ("is 3", "read 8"))
    assert count_abreast([eight] * 9, 60, fine=True) == (5, 11)
    assert count_abreast([eight] * 9, 60, fine=False) == (3, 19)
    assert count_abreast([eight], 5, fine=True)[0] == 1
    assert count_abreast([], 60, fine=True)[0] >= 1


def test_accuracies_are_lined_up() -> None:
    assert format_shares([("block 1", 1.0), ("block 10", 0.875)]) == [
        "block 1  100.0%",
        "block 10  87.5%",
    ]


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp437", "cp1252", None, "no such"])
def test_an_encoding_without_the_characters_gets_ascii(encoding: str | None) -> None:
    assert not can_draw(encoding)
    assert can_draw("utf-8")


def test_a_time_is_written_in_units() -> None:
    assert [clock(s) for s in (0.2, 59.4, 125, 4800)] == ["0 s", "59 s", "2 min 5 s", "1 h 20 min"]
