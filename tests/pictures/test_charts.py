"""Curves: the numbers are where the axes say, and words tell what a line does."""

from __future__ import annotations

import math
import re
from xml.etree import ElementTree

import pytest

from nnkata.pictures import Canvas, Chart, draw_lines, loss_curve
from nnkata.pictures.charts import as_numbers, describe_line, span

SVG = "{http://www.w3.org/2000/svg}"


def points_of(markup: str) -> list[list[tuple[float, float]]]:
    """Return the corners of every drawn path, piece by piece."""
    found = []
    for words in re.findall(r'<path class="[^"]*line" d="([^"]*)"', markup):
        found += [
            [tuple(map(float, corner.split())) for corner in piece.split("L")]
            for piece in words.split("M")
            if piece
        ]
    return found  # type: ignore[return-value]


def test_a_line_runs_through_its_numbers() -> None:
    canvas = Canvas(640, 320)
    losses = [4.0, 2.0, 1.0, 0.0]
    axes = draw_lines(canvas, {"yours": losses}, (40, 0, 640, 300), Chart("step", "loss"))
    (line,) = points_of(canvas.markup())
    assert [x for x, _ in line] == [40.0, 240.0, 440.0, 640.0]
    for (_, y), loss in zip(line, losses, strict=True):
        # 0 is at the bottom, and the range goes a little above the largest number.
        assert y == pytest.approx(300 - (300 - axes.top) * loss / 4.16, abs=0.01)


def test_what_is_no_number_leaves_a_gap_and_is_told() -> None:
    picture = loss_curve([3.0, 2.0, math.nan, 1.0, 0.5])
    assert [len(piece) for piece in points_of(picture.svg())] == [2, 2]
    assert "not finite from step 2" in picture.description
    assert picture.numbers["loss"][3] == 1.0


def test_a_loss_curve_says_where_it_begins_and_ends() -> None:
    picture = loss_curve([1.5, 0.75, 0.25], beside={"another": [1.5, 1.25]})
    assert "loss: from 1.5 to 0.25 in 2 steps." in picture.description
    assert "another: from 1.5 to 1.25 in 1 step" in picture.description
    names = [t.text for t in ElementTree.fromstring(picture.svg()).iter(f"{SVG}text")]
    assert {"loss", "another", "steps taken"} <= set(names)


def test_lines_differ_in_their_dashes_and_not_by_colour_alone() -> None:
    canvas = Canvas(640, 320)
    draw_lines(canvas, {"a": [1.0, 2.0], "b": [2.0, 1.0]}, (40, 0, 640, 300), Chart("x", "y"))
    kinds = re.findall(r'<path class="(\w+) thick line"', canvas.markup())
    assert sorted(kinds) == ["first", "second"]


def test_a_logarithmic_axis_has_equal_steps_for_equal_factors() -> None:
    canvas = Canvas(640, 320)
    draw_lines(canvas, {"a": [1.0, 0.1, 0.01]}, (40, 0, 640, 300), Chart("x", "y", log=True))
    ((_, y0), (_, y1), (_, y2)), *_ = points_of(canvas.markup())
    assert y1 - y0 == pytest.approx(y2 - y1, abs=0.02)
    assert y1 > y0


def test_a_range_holds_all_finite_numbers_and_starts_at_nothing() -> None:
    assert span([[1.0, 3.0], [math.inf, 5.0]])[0] == 0.0
    assert span([[1.0, 3.0], [math.inf, 5.0]])[1] >= 5.0
    assert span([[-1.0, 3.0]])[0] == -1.0
    assert span([[0.02, 3.0, -1.0, 0.0]], log=True) == (0.01, 10.0)
    assert span([[math.nan]]) == (0.0, 1.0)


def test_values_count_as_their_data() -> None:
    class Value:
        data, grad = 2.5, 0.0

    assert as_numbers([Value(), 3]) == [2.5, 3.0]


def test_a_line_of_no_or_one_number_is_told_too() -> None:
    assert describe_line("loss", []) == "loss: no numbers."
    assert describe_line("loss", [0.5]) == "loss: 0.5."
