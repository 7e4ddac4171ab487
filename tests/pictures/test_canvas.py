"""Shapes and words as SVG: well formed, in a vocabulary of kinds, legible in light and dark."""

from __future__ import annotations

import math
import re
from typing import get_args
from xml.etree import ElementTree

import pytest

from nnkata.pictures import Canvas
from nnkata.pictures.canvas import KINDS, SERIES, STEPS, Marker, shade, signed_shade
from nnkata.pictures.picture import stylesheet

OTHER = {"filled", "outlined", "dashed", "dotted", "thick", "thin"}
TEXT = {"small", "large", "strong", "mono", "halo"}


def parsed(canvas: Canvas) -> ElementTree.Element:
    return ElementTree.fromstring(f"<svg>{canvas.markup()}</svg>")


def test_every_shape_is_well_formed_and_says_its_kind() -> None:
    canvas = Canvas(100, 100)
    canvas.line(0, 0, 10, 10, "grid")
    canvas.path([(0, 0), (5, 5)], "first thick")
    canvas.rectangle((1, 2), (3, 4), "lit filled", "a < b & c", corner=2)
    canvas.circle(5, 5, 2, "wrong")
    canvas.polygon([(0, 0), (1, 1), (0, 1)], "second filled", "three")
    canvas.upward_text(1, 1, 'x < "y" & z', "muted small", "middle")
    canvas.arrow(0, 0, 9, 0)
    inner = Canvas(10, 10)
    inner.circle(1, 1, 1)
    canvas.place(inner, 3, 4)
    tree = parsed(canvas)
    tags = [element.tag for element in tree]
    assert tags == ["line", "path", "rect", "circle", "polygon", "text", "line", "polygon", "g"]
    assert tree[2].findtext("title") == "a < b & c"
    assert tree[4].findtext("title") == "three"
    assert tree[5].text == 'x < "y" & z'
    assert tree[8][0].tag == "circle"
    assert "style=" not in canvas.markup()  # a page's policy forbids it


def test_a_line_is_broken_where_a_point_is_not_finite() -> None:
    canvas = Canvas(10, 10)
    canvas.path([(0, 0), (1, 1), (math.nan, 2), (3, math.inf), (4, 4), (5, 5)])
    assert parsed(canvas)[0].get("d") == "M0 0L1 1M4 4L5 5"
    canvas = Canvas(10, 10)
    canvas.path([(math.nan, 0)])
    assert canvas.markup() == ""


def test_what_has_no_place_is_refused() -> None:
    canvas = Canvas(10, 10)
    with pytest.raises(ValueError, match="not a coordinate"):
        canvas.line(0, 0, math.nan, 1)
    with pytest.raises(ValueError, match="unknown kind of drawing: pink"):
        canvas.circle(1, 1, 1, "first pink")
    with pytest.raises(ValueError, match="rect cannot have a width of -1"):
        canvas.rectangle((0, 0), (-1, 2))
    with pytest.raises(ValueError, match="circle cannot have a r of -2"):
        canvas.circle(0, 0, -2)
    assert canvas.markup() == ""


def test_a_marker_without_a_place_is_left_out() -> None:
    canvas = Canvas(10, 10)
    canvas.marker(math.nan, 1)
    assert canvas.markup() == ""


def test_markers_differ_in_shape() -> None:
    drawn = set()
    for shape in get_args(Marker):
        canvas = Canvas(10, 10)
        canvas.marker(5, 5, shape, "ink filled")
        parsed(canvas)
        drawn.add(re.sub(r'class="[^"]*"', "", canvas.markup()))
    assert len(drawn) == len(get_args(Marker))


def test_control_characters_and_half_characters_cannot_break_a_picture() -> None:
    canvas = Canvas(10, 10)
    canvas.text(0, 0, "a\0b\x1bc\ud800d\ufffee")
    canvas.text(0, 0, "two\nlines")
    tree = parsed(canvas)
    assert tree[0].text == "a\ufffdb\ufffdc\ufffdd\ufffde"
    assert tree[1].text == "two lines"


def test_coordinates_are_short() -> None:
    canvas = Canvas(10, 10)
    canvas.line(1 / 3, 2.0, -0.001, 1e3)
    assert 'x1="0.33" y1="2" x2="0" y2="1000"' in canvas.markup()


def test_shades_go_from_paper_to_full() -> None:
    assert [shade(s) for s in (-1, 0, 0.5, 1, 7)] == [
        "shade-0", "shade-0", "shade-4", "shade-9", "shade-9",
    ]  # fmt: skip
    assert [signed_shade(s) for s in (-1, -0.5, 0, 1)] == ["minus-9", "minus-4", "plus-0", "plus-9"]
    assert signed_shade(math.nan) == "wrong"
    for step in range(STEPS + 1):
        assert {f"shade-{step}", f"plus-{step}", f"minus-{step}"} <= KINDS


def test_the_stylesheet_knows_every_kind() -> None:
    css = stylesheet()
    for kind in KINDS - OTHER - TEXT:
        assert re.search(rf"\.{kind}\b[^{{]*{{", css), kind
    for kind in OTHER - {"outlined"}:
        assert re.search(rf"\.{kind} {{", css), kind
    for kind in TEXT:
        assert f"text.{kind} {{" in css, kind


def test_series_differ_in_their_dashes_and_not_in_colour_alone() -> None:
    css = stylesheet()
    dashes = []
    for kind in SERIES:
        (rule,) = re.findall(rf"\.picture \.{kind} {{([^}}]*)}}", css)
        dashes += re.findall(r"stroke-dasharray: ([^;]+);", rule) or ["solid"]
    assert len(set(dashes)) == len(SERIES)


def themes() -> dict[str, dict[str, str]]:
    """Return the colours by theme: the first set is light, then dark, then print."""
    blocks = re.findall(r"\.picture \{([^}]*--paper[^}]*)\}", stylesheet())
    names = ("light", "dark", "print")
    return {
        name: dict(re.findall(r"--(\w+): (#\w{6})", block))
        for name, block in zip(names, blocks, strict=True)
    }


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark", "print"])
def test_words_stand_out_from_the_paper_in_every_theme(theme: str) -> None:
    colours = themes()[theme]
    for name in ("ink", "muted", "wrong", "right", "yours"):
        assert contrast(colours[name], colours["paper"]) >= 4.5, name
    for name in ("ink", "wrong", "right"):
        assert contrast(colours[name], colours["lit"]) >= 4.5, name


@pytest.mark.parametrize("theme", ["light", "dark", "print"])
def test_lines_stand_out_from_the_paper_in_every_theme(theme: str) -> None:
    colours = themes()[theme]
    for name in SERIES:
        assert contrast(colours[name], colours["paper"]) >= 3.0, name


@pytest.mark.parametrize("theme", ["light", "dark", "print"])
def test_one_colour_has_one_meaning(theme: str) -> None:
    """Green is right, red is wrong, and no series is either; blue is yours and the first series."""
    colours = themes()[theme]
    assert colours.pop("yours") == colours["first"]
    assert len(set(colours.values())) == len(colours)
    css = stylesheet()
    for kind, name in {"solved": "right", "right": "right", "wrong": "wrong"}.items():
        assert re.findall(rf"\.picture \.{kind} {{ --c: var\(--(\w+)\)", css) == [name]
    red, green, _ = (int(colours["wrong"][i : i + 2], 16) for i in (1, 3, 5))
    assert red > green
    red, green, _ = (int(colours["right"][i : i + 2], 16) for i in (1, 3, 5))
    assert green > red
