"""Walls of images, confusion, weights as images, and gradients held against the right ones."""

from __future__ import annotations

import math
import re
from collections import Counter
from itertools import pairwise
from xml.etree import ElementTree

import numpy as np
import pytest

from nnkata.pictures import (
    Canvas,
    confusion_matrix,
    count_pairs,
    gradient_check,
    image_wall,
    relative_errors,
    weight_tiles,
)

SVG = "{http://www.w3.org/2000/svg}"


def filled(canvas: Canvas) -> dict[tuple[int, int], str]:
    """Return the kind of every cell that `cells` filled, (row, column)."""
    found: dict[tuple[int, int], str] = {}
    for kind, words in re.findall(r'<path class="([\w-]+) cells" d="([^"]*)"', canvas.markup()):
        x = y = 0
        for dx, dy, run in re.findall(r"m(-?\d+) (-?\d+)h(\d+)", words):
            x, y = x + int(dx), y + int(dy)
            found |= {(y, x + n): kind for n in range(int(run))}
            x += int(run)
    return found


def test_a_grid_of_cells_fills_just_the_cells_that_have_a_kind() -> None:
    rng = np.random.default_rng(0)
    names = np.array(["", "shade-0", "shade-3", "plus-9"])
    kinds = names[rng.integers(0, 4, (9, 13))].tolist()
    canvas = Canvas(100, 100)
    canvas.cells(0, 0, 5, 5, kinds)
    expected = {
        (r, c): kind
        for r, row in enumerate(kinds)
        for c, kind in enumerate(row)
        if kind not in ("", "shade-0")
    }
    assert filled(canvas) == expected


def test_misread_images_are_framed_and_named() -> None:
    images = np.random.default_rng(1).random((30, 64))
    true = np.arange(30) % 10
    read = true.copy()
    read[[4, 17]] = [9, 1]
    picture = image_wall(images, read.tolist(), true.tolist())
    assert picture.numbers["misread"] == [4, 17]
    assert "2 of 30 misread: 4 as 9, 7 as 1" in picture.description
    words = [t.text for t in ElementTree.fromstring(picture.svg()).iter(f"{SVG}text")]
    assert {"read 9", "is 4", "read 1", "is 7"} <= set(words)
    assert picture.svg().count('class="wrong thick"') == 2


def test_a_frame_stands_at_the_image_that_was_misread() -> None:
    images = np.zeros((359, 64))
    read, true = [0] * 359, [0] * 359
    read[37] = 5
    root = ElementTree.fromstring(image_wall(images, read, true).svg())
    (frame,) = [r for r in root.iter(f"{SVG}rect") if r.attrib["class"] == "wrong thick"]
    side = float(frame.attrib["width"]) * 9 / 10  # an image and the gap on either side
    row, column = divmod(37, round(632 / side))
    assert float(frame.attrib["x"]) == pytest.approx(4 + column * side - side / 9, abs=0.1)
    first = float(frame.attrib["y"]) - row * side + side / 9
    assert first == pytest.approx(34 + 76 + 18, abs=0.1)


def test_a_wall_without_a_mistake_says_so() -> None:
    picture = image_wall(np.zeros((3, 64)), [1, 2, 3], [1, 2, 3])
    assert picture.numbers["misread"] == []
    assert "0 of 3 misread" in picture.description


def test_of_many_misread_images_the_first_are_shown_large() -> None:
    picture = image_wall(np.zeros((100, 64)), [1] * 100, [2] * 100)
    assert "100 of 100 misread" in picture.description
    assert picture.svg().count(">read 1<") == 24
    assert picture.frames[0].canvas.height <= 480


def test_pairs_are_counted_by_what_is_shown_and_what_is_read() -> None:
    rng = np.random.default_rng(2)
    true, read = rng.integers(0, 4, 200).tolist(), rng.integers(0, 4, 200).tolist()
    counts = count_pairs(true, read, 4)
    expected = Counter(zip(true, read, strict=True))
    assert {(r, c): counts[r, c] for r in range(4) for c in range(4)} == {
        (r, c): expected[(r, c)] for r in range(4) for c in range(4)
    }


def test_a_confusion_matrix_tells_the_rights_and_the_worst_pair() -> None:
    counts = np.array([[5, 0, 1], [0, 7, 0], [3, 0, 4]])
    picture = confusion_matrix(counts, ["a", "b", "c"])
    assert "16 of 20 images were read correctly, 4 were not" in picture.description
    assert "c read as a, 3 times" in picture.description
    cells = {}
    for text in ElementTree.fromstring(picture.svg()).iter(f"{SVG}text"):
        if text.text and text.text.isdigit():
            cells[text.text] = text.attrib["class"]
    assert cells == {"5": "ink", "1": "strong wrong", "7": "ink", "3": "strong wrong", "4": "ink"}


def test_weights_are_drawn_neuron_by_neuron_in_one_scale() -> None:
    weights = np.random.default_rng(3).normal(size=(64, 5))
    picture = weight_tiles([weights / 2, weights], captions=["before", "after"])
    assert [frame.caption for frame in picture.frames] == ["before", "after"]
    assert np.array_equal(picture.numbers["weights"][1], weights)
    assert picture.numbers["largest"] == [np.abs(weights).max() / 2, np.abs(weights).max()]
    scale = max(np.percentile(np.abs(w), 98) for w in (weights / 2, weights))
    first = picture.frames[1].canvas.markup().split("<g ")[1]
    canvas = Canvas(1, 1)
    canvas._parts.append(first)
    kinds = filled(canvas)
    for pixel, weight in enumerate(weights[:, 0]):
        step = round(9 * min(1.0, abs(weight) / scale))
        sign = "minus" if weight < 0 else "plus"
        assert kinds.get(divmod(pixel, 8)) == (f"{sign}-{step}" if step else None)


def test_weights_below_0_carry_a_stroke_and_not_only_another_hue() -> None:
    tile = np.zeros((64, 1))
    tile[:3] = -1.0
    picture = weight_tiles([tile])
    (strokes,) = re.findall(r'<path class="ink thin line" d="([^"]*)"', picture.svg())
    assert strokes.count("M") == 3


def test_relative_errors_are_those_of_the_definition() -> None:
    right = np.array([1.0, -2.0, 0.0, 3.0])
    got = np.array([1.1, -2.0, 1e-12, math.nan])
    errors = relative_errors(got, right)
    assert errors[:3] == pytest.approx([0.1 / 1.1, 0.0, 0.0])
    assert errors[3] == math.inf


@pytest.mark.parametrize("junk", [None, "slopes", np.zeros(3), [[1.0], [2.0, 3.0]]])
def test_what_is_no_gradient_of_that_shape_is_wrong_everywhere(junk: object) -> None:
    assert (relative_errors(junk, np.ones((2, 2))) == math.inf).all()


def test_a_wrong_gradient_is_marked_and_a_right_one_is_not() -> None:
    right = {"W": np.ones((2, 3)), "b": np.ones(3)}
    got = {"W": np.ones((2, 3)), "b": np.array([1.0, 2.0, 1.0])}
    picture = gradient_check(got, right)
    assert "W: right" in picture.description
    assert "b: 1 of 3 wrong, the largest error is 0.5" in picture.description
    words = [t.text for t in ElementTree.fromstring(picture.svg()).iter(f"{SVG}text")]
    assert "right" in words
    assert "wrong: 1 of 3" in words


def test_a_missing_gradient_is_wrong() -> None:
    picture = gradient_check({}, {"W": np.ones((2, 2))})
    assert "W: 4 of 4 wrong" in picture.description


def test_darker_is_worse() -> None:
    right = {"W": np.ones(4)}
    got = {"W": 1 + np.array([1e-9, 1e-7, 1e-4, 1e-1])}
    shades = re.findall(r'<rect class="shade-(\d)"[^>]*><title>W', gradient_check(got, right).svg())
    assert all(int(a) < int(b) for a, b in pairwise(shades))
    assert len(shades) == 4
