"""A canvas: shapes and text as SVG, with a small vocabulary of kinds.

A kind says what a shape *means* ("yours", "wrong", "grid"); picture.css defines how it looks in
light and dark mode. No information is given by colour alone: series differ in dash or marker too.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from html import escape
from typing import Literal

SERIES = ("first", "second", "third", "fourth", "fifth", "sixth")
"""Kinds for series, in the order in which to use them."""
STEPS = 9
"""The number of shades on each side of a scale's middle."""
KINDS = frozenset(
    (
        *SERIES, "yours", "right", "wrong", "ink", "muted", "grid", "frame", "paper", "strong",
        "dashed", "dotted", "thick", "thin", "filled", "outlined", "small", "large", "huge", "mono",
        "halo", "solved", "open", "lit", "done",
        *(f"wide-{step}" for step in range(1, 7)),
        *(f"shade-{step}" for step in range(STEPS + 1)),
        *(f"plus-{step}" for step in range(STEPS + 1)),
        *(f"minus-{step}" for step in range(STEPS + 1)),
    )
)  # fmt: skip
Anchor = Literal["start", "middle", "end"]
Marker = Literal["circle", "square", "triangle", "cross", "diamond"]
MARKERS: tuple[Marker, ...] = ("circle", "square", "triangle", "diamond", "cross")


class Canvas:
    """Shapes in a box of width × height units, x to the right and y down."""

    def __init__(self, width: float, height: float) -> None:
        """Start with an empty box."""
        self.width = width
        self.height = height
        self.linked = False
        """Whether it contains a link."""
        self._parts: list[str] = []

    @classmethod
    def from_markup(cls, width: float, height: float, markup: str, linked: bool) -> Canvas:
        """Return a canvas that draws what `markup()` of another one returned."""
        canvas = cls(width, height)
        canvas.linked = linked
        canvas._parts.append(markup)
        return canvas

    def line(self, x1: float, y1: float, x2: float, y2: float, kind: str = "ink") -> None:
        """Draw a straight line."""
        self._shape("line", kind, x1=x1, y1=y1, x2=x2, y2=y2)

    def path(self, points: Iterable[Sequence[float]], kind: str = "ink") -> None:
        """Draw straight lines from point to point, interrupted at points that are not finite."""
        words = []
        pen = "M"
        for x, y in points:
            if math.isfinite(x) and math.isfinite(y):
                words.append(f"{pen}{_number(x)} {_number(y)}")
                pen = "L"
            else:
                pen = "M"
        if words:
            self._parts.append(f'<path class="{_kinds(kind)} line" d="{"".join(words)}"/>')

    def rectangle(
        self, place: tuple[float, float], size: tuple[float, float], kind: str = "filled",
        tip: str = "", corner: float = 0,
    ) -> None:  # fmt: skip
        """Draw a rectangle from its top left corner (x, y) and size (width, height).

        `tip` is its tooltip, `corner` the radius of its corners.
        """
        (x, y), (width, height) = place, size
        self._shape("rect", kind, tip, x=x, y=y, width=width, height=height, rx=corner or None)

    def circle(
        self, x: float, y: float, radius: float, kind: str = "filled", tip: str = ""
    ) -> None:
        """Draw a circle."""
        self._shape("circle", kind, tip, cx=x, cy=y, r=radius)

    def polygon(
        self, points: Iterable[Sequence[float]], kind: str = "filled", tip: str = ""
    ) -> None:
        """Draw a closed shape."""
        words = " ".join(f"{_number(x)},{_number(y)}" for x, y in points)
        end = f"><title>{escape_xml(tip)}</title></polygon>" if tip else "/>"
        self._parts.append(f'<polygon class="{_kinds(kind)}" points="{words}"{end}')

    def marker(
        self, x: float, y: float, shape: Marker = "circle", kind: str = "ink filled",
        size: float = 4,
    ) -> None:  # fmt: skip
        """Draw one of the small shapes that distinguish series without colour."""
        if not (math.isfinite(x) and math.isfinite(y)):
            return
        if shape == "circle":
            self.circle(x, y, size, kind)
        elif shape == "square":
            side = 0.9 * size
            self.rectangle((x - side, y - side), (2 * side, 2 * side), kind)
        elif shape == "triangle":
            low = y + size
            self.polygon([(x, y - 1.2 * size), (x + 1.1 * size, low), (x - 1.1 * size, low)], kind)
        elif shape == "diamond":
            far = 1.3 * size
            self.polygon([(x, y - far), (x + far, y), (x, y + far), (x - far, y)], kind)
        else:
            self.line(x - size, y - size, x + size, y + size, kind)
            self.line(x - size, y + size, x + size, y - size, kind)

    def text(
        self, x: float, y: float, words: str, kind: str = "ink", anchor: Anchor = "start"
    ) -> None:
        """Write words with their baseline at (x, y)."""
        self._text((x, y), words, kind, anchor)

    def upward_text(
        self, x: float, y: float, words: str, kind: str = "ink", anchor: Anchor = "start"
    ) -> None:
        """Write words that run upwards, with their baseline at (x, y)."""
        turn = f' transform="rotate(-90 {_number(x)} {_number(y)})"'
        self._text((x, y), words, kind, anchor, turn)

    def _text(
        self, place: tuple[float, float], words: str, kind: str, anchor: Anchor, turn: str = ""
    ) -> None:
        x, y = place
        self._parts.append(
            f'<text class="{_kinds(kind)}" x="{_number(x)}" y="{_number(y)}" '
            f'text-anchor="{anchor}"{turn}>{escape_xml(words)}</text>'
        )

    def arrow(self, x1: float, y1: float, x2: float, y2: float, kind: str = "muted") -> None:
        """Draw a line with a head at its end."""
        self.line(x1, y1, x2, y2, kind)
        length = math.hypot(x2 - x1, y2 - y1) or 1.0
        ux, uy = (x2 - x1) / length, (y2 - y1) / length
        back_x, back_y = x2 - 7 * ux, y2 - 7 * uy
        self.polygon(
            [(x2, y2), (back_x - 3.5 * uy, back_y + 3.5 * ux),
             (back_x + 3.5 * uy, back_y - 3.5 * ux)],
            f"{kind} filled",
        )  # fmt: skip

    def cells(
        self, x: float, y: float, width: float, height: float, kinds: Sequence[Sequence[str]]
    ) -> None:
        """Fill a grid of cells of this size, one kind each, from the corner (x, y) on.

        Cells of shade 0 and of kind "" stay paper. Adjacent cells of the same kind become one
        stroke, which keeps the file of a wall of images small.
        """
        strokes: dict[str, list[str]] = {}
        pens: dict[str, tuple[int, int]] = {}
        for row, line in enumerate(kinds):
            start = 0
            for end in range(1, len(line) + 1):
                kind = line[start]
                if end < len(line) and line[end] == kind:
                    continue
                if kind and not kind.endswith("-0"):
                    x0, y0 = pens.get(kind, (0, 0))
                    stroke = f"m{start - x0} {row - y0}h{end - start}"
                    strokes.setdefault(kind, []).append(stroke)
                    pens[kind] = (end, row)
                start = end
        middle = f"{_number(x)} {_number(y + height / 2)}"
        self._parts.append(
            f'<g transform="translate({middle}) scale({_fine(width)} {_fine(height)})">'
        )
        for kind, words in strokes.items():
            self._parts.append(f'<path class="{_kinds(kind)} cells" d="{"".join(words)}"/>')
        self._parts.append("</g>")

    @contextmanager
    def link(self, address: str) -> Iterator[None]:
        """Link the shapes drawn inside the `with` block to a relative or http(s) address."""
        scheme, colon, _ = address.partition(":")
        if colon and "/" not in scheme and scheme not in ("http", "https"):
            raise ValueError(f"a picture cannot link to {address!r}: give a path, or http(s)")
        self.linked = True
        self._parts.append(f'<a href="{escape_xml(address)}">')
        yield
        self._parts.append("</a>")

    def place(self, other: Canvas, x: float, y: float) -> None:
        """Draw another canvas with its top left corner at (x, y)."""
        self.linked = self.linked or other.linked
        self._parts.append(f'<g transform="translate({_number(x)} {_number(y)})">')
        self._parts += other._parts
        self._parts.append("</g>")

    def markup(self) -> str:
        """Return the shapes as SVG, without the svg element."""
        return "".join(self._parts)

    def _shape(self, tag: str, kind: str, tip: str = "", **places: float | None) -> None:
        small = [name for name in ("width", "height", "r") if (places.get(name) or 0) < 0]
        if small:
            raise ValueError(f"a {tag} cannot have a {small[0]} of {places[small[0]]}")
        attributes = "".join(
            f' {name}="{_number(value)}"' for name, value in places.items() if value is not None
        )
        inside = f"<title>{escape_xml(tip)}</title>" if tip else ""
        end = f">{inside}</{tag}>" if inside else "/>"
        self._parts.append(f'<{tag} class="{_kinds(kind)}"{attributes}{end}')


def shade(share: float) -> str:
    """Return the kind for a number from 0 (paper) to 1 (full shade)."""
    return f"shade-{_step(share)}"


def signed_shade(share: float) -> str:
    """Return the kind for a number from −1 to 1; 0 is paper, and each sign has a hue."""
    if math.isnan(share):
        return "wrong"
    return f"{'minus' if share < 0 else 'plus'}-{_step(abs(share))}"


def _step(share: float) -> int:
    return 0 if math.isnan(share) else round(STEPS * min(1.0, max(0.0, share)))


def _kinds(kind: str) -> str:
    unknown = set(kind.split()) - KINDS
    if unknown:
        raise ValueError(f"unknown kind of drawing: {', '.join(sorted(unknown))}")
    return kind


def _number(value: float) -> str:
    """Return a coordinate as text; raises `ValueError` if it is not finite."""
    if not math.isfinite(value):
        raise ValueError(
            f"{value} is not a coordinate: leave out or mark numbers that are not finite"
        )
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def _fine(value: float) -> str:
    """Return a factor as text; it needs more digits than a coordinate, since it scales others."""
    return f"{value:.6g}"


def escape_xml(words: str) -> str:
    """Return text escaped for XML, without control characters, which XML does not allow."""
    words = " ".join(words.split())
    if not words.isprintable():
        words = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in words)
    return escape(words)
