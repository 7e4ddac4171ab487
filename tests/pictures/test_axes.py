"""Axes: numbers of a problem at their places, round ticks, labels that tell them apart."""

from __future__ import annotations

import math
import random
import re

import pytest

from nnkata.pictures import Axes, Canvas, ticks
from nnkata.pictures.axes import label, labels, powers


def test_ticks_are_round_and_inside_and_neither_few_nor_many() -> None:
    rng = random.Random(1)
    for _ in range(500):
        low = rng.uniform(-1, 1) * 10 ** rng.uniform(-6, 6)
        high = low + 10 ** rng.uniform(-4, 6)
        found = ticks(low, high)
        span = high - low
        assert 2 <= len(found) <= 7, (low, high, found)
        assert low - 1e-9 * span <= found[0] <= found[-1] <= high + 1e-9 * span
        step = found[1] - found[0]
        digit = step / 10 ** math.floor(math.log10(step) + 1e-6)
        assert min(abs(digit - d) for d in (1, 2, 5)) < 1e-3, (low, high, found)


@pytest.mark.parametrize(
    ("low", "high"),
    [(1, 1), (2, 1), (math.nan, 1), (0, math.inf), (-1.7e308, 1.7e308), (0, 5e-324)],
)
def test_a_range_without_ticks_has_one(low: float, high: float) -> None:
    found = ticks(low, high)
    assert len(found) == 1
    assert found[0] == low or math.isnan(low)


def test_ticks_of_a_logarithmic_axis_are_powers_of_ten() -> None:
    assert powers(1e-3, 1e2) == [1e-3, 1e-2, 1e-1, 1.0, 10.0, 100.0]
    wide = powers(1e-13, 1)
    assert len(wide) <= 7
    assert all(abs(math.log10(p) - round(math.log10(p))) < 1e-9 for p in wide)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "0"), (-2.5, "−2.5"), (1e-5, "10⁻⁵"), (-1e5, "−10⁵"), (150_000, "1.5·10⁵"),
        (123456, "1.235·10⁵"), (12345, "12345"), (99999.7, "100000"), (0.00123, "0.00123"),
        (1 / 3, "0.3333"), (math.inf, "∞"), (-math.inf, "−∞"), (math.nan, "nan"),
    ],
)  # fmt: skip
def test_numbers_are_written_short_and_with_their_digits(number: float, words: str) -> None:
    assert label(number) == words


def test_labels_tell_the_numbers_of_an_axis_apart() -> None:
    for low, high in ((100_000, 200_000), (1.0001, 1.0009), (1e6, 1e6 + 3), (0, 1e-4)):
        found = labels(ticks(low, high))
        assert len(set(found)) == len(found) > 1, found
    assert labels([]) == []


def test_numbers_stand_where_they_belong() -> None:
    axes = Axes(Canvas(200, 100), (0, 10), (0, 1), (0, 0, 200, 100))
    assert (axes.x(0), axes.x(5), axes.x(10)) == (0, 100, 200)
    assert (axes.y(0), axes.y(0.25), axes.y(1)) == (100, 75, 0)
    log = Axes(Canvas(200, 100), (1, 100), (1e-4, 1), (0, 0, 200, 100), log="xy")
    assert log.x(10) == pytest.approx(100)
    assert log.y(1e-2) == pytest.approx(50)


def test_a_range_of_one_number_gets_room_around_it() -> None:
    axes = Axes(Canvas(200, 100), (3, 3), (2, 2), (0, 0, 200, 100), log="y")
    assert axes.x(3) == 100
    assert axes.y(2) == pytest.approx(50)


@pytest.mark.parametrize(("pair", "log"), [((0, math.nan), False), ((-1e308, 1.7e308), False),
                                           ((0, 1), True), ((1, -1), True)])  # fmt: skip
def test_an_axis_that_cannot_be_is_refused(pair: tuple[float, float], log: bool) -> None:
    with pytest.raises(ValueError, match="an axis cannot run"):
        Axes(Canvas(10, 10), pair, (0, 1), log="x" if log else "")


def drawn(axes: Axes) -> str:
    (d,) = re.findall(r' d="([^"]*)"', axes.canvas.markup())
    return str(d)


def test_a_curve_is_broken_outside_of_x_and_where_it_is_not_finite() -> None:
    axes = Axes(Canvas(100, 100), (0, 4), (0, 4), (0, 0, 100, 100))
    axes.curve([-1, 0, 1, 2, 3, 4, 5], [0, 0, 1, math.nan, 3, 4, 5], "first")
    assert drawn(axes) == "M0 100L25 75M75 25L100 0"


def test_a_curve_that_leaves_upwards_runs_along_the_edge() -> None:
    axes = Axes(Canvas(100, 100), (0, 2), (0, 1), (0, 10, 100, 90))
    axes.curve([0, 1, 2], [0.5, 1e300, -1e300], "first")
    assert drawn(axes) == "M0 50L50 6L100 94"


def test_a_curve_on_a_logarithmic_axis_leaves_out_what_has_no_logarithm() -> None:
    axes = Axes(Canvas(100, 100), (1, 100), (1, 100), (0, 0, 100, 100), log="xy")
    axes.curve([0, 1, 10, 100], [5, 1, 0, 100], "first")
    assert drawn(axes) == "M0 100M100 0"


def test_the_frame_names_both_axes_and_their_numbers() -> None:
    canvas = Canvas(300, 200)
    Axes(canvas, (0, 10), (1e-3, 1), log="y").frame("epoch", "loss")
    words = re.findall(r">([^<]+)</text>", canvas.markup())
    assert {"epoch", "loss", "0", "10", "0.001", "1"} <= set(words)
