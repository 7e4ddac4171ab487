"""Draw boxes and the lines between them, with labels at the lines that do not overlap."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from .axes import label
from .canvas import Canvas
from .layers import compute_longest_paths, lay_out

WIDTH = 640.0
MARGIN = 12.0
SIDEWAYS_AT_MOST = 4
"""The number of layers that fit side by side; deeper graphs run downwards."""
LINE = 18.0
HEAD = 22.0
BETWEEN = 22.0
"""The gap between boxes of the same layer; the label above a box fits in it."""
PORT = 18.0
"""The distance between two lines at the same box."""
CURVE = 16
DOWN_GAP = 46.0
LEGEND = 20.0
"""The height of the legend below the boxes."""

Words = Sequence[tuple[str, str]]
"""Lines of text with their kinds."""
Point = tuple[float, float]
Rectangle = tuple[float, float, float, float]


@dataclass(frozen=True)
class Edge:
    """A line from one box to another, and its label of one or several lines."""

    start: int
    end: int
    words: str
    kind: str = "muted"
    words_kind: str = "muted"
    back: bool = False
    """Whether its arrow points to the start."""


@dataclass(frozen=True)
class BoxContent:
    """The text of a box: a heading, lines of text with their kinds, and a label above it."""

    head: str
    lines: Words
    kind: str
    above: str = ""
    lit: bool = False
    """Whether the box is highlighted."""


class Plan:
    """The positions of the boxes of a graph; the same for all frames of a picture."""

    def __init__(self, parents: Sequence[Sequence[int]], lines: int, legend: str = "") -> None:
        """Lay out boxes by their parents, which come before them, for `lines` lines of text.

        `legend` is written at the foot of every drawing.
        """
        self.legend = legend
        self.parents = parents
        height = HEAD + LINE * lines + 5
        layers = max(compute_longest_paths(parents), default=0) + 1
        self.sideways = layers <= SIDEWAYS_AT_MOST
        self.box_width = 114.0
        self.box_height = height
        along = self.box_width if self.sideways else height
        size = height if self.sideways else self.box_width
        self.layout = lay_out(parents, size, BETWEEN if self.sideways else 10.0)
        gaps = max(1, self.layout.layers - 1)
        if self.sideways:
            self.pitch = min(190.0, (WIDTH - 2 * MARGIN - along) / gaps)
            self.width = WIDTH
            self.start = (WIDTH - self.pitch * (self.layout.layers - 1)) / 2
            self.side = MARGIN + 8
            self.height = self.layout.extent + 2 * MARGIN + 8
        else:
            self.pitch = along + DOWN_GAP
            self.width = max(WIDTH, self.layout.extent + 2 * MARGIN)
            self.start = MARGIN + 8 + along / 2
            self.side = (self.width - self.layout.extent) / 2
            self.height = self.start + self.pitch * (self.layout.layers - 1) + along / 2 + MARGIN

    def canvas(self) -> Canvas:
        """Return a canvas of the right size, with nothing on it but the legend."""
        canvas = Canvas(round(self.width), round(self.height + (LEGEND if self.legend else 0)))
        if self.legend:
            canvas.text(MARGIN, canvas.height - 6, self.legend, "small muted")
        return canvas

    def middle(self, number: int) -> Point:
        """Return the centre of a box."""
        return self._place(self.layout.layer[number], self.layout.across[number])

    def rectangle(self, number: int) -> Rectangle:
        """Return left, top, right and bottom of a box."""
        x, y = self.middle(number)
        return (
            x - self.box_width / 2, y - self.box_height / 2,
            x + self.box_width / 2, y + self.box_height / 2,
        )  # fmt: skip

    def box(self, canvas: Canvas, number: int, content: BoxContent) -> None:
        """Draw box `number` with its content."""
        kind = content.kind
        left, top, right, bottom = self.rectangle(number)
        canvas.rectangle((left, top), (right - left, bottom - top), "paper filled", corner=5)
        if content.lit:
            canvas.rectangle((left, top), (right - left, bottom - top), "lit filled", corner=5)
        canvas.rectangle((left, top), (right - left, bottom - top), kind, corner=5)
        canvas.text(left + 7, top + 16, content.head, "ink strong")
        for place, (text, text_kind) in enumerate(content.lines):
            canvas.text(left + 7, top + HEAD + 14 + LINE * place, text, text_kind)
        if content.above:
            canvas.text(left + 3, top - 5, content.above, "ink small strong halo")

    def open_end(self, canvas: Canvas, number: int) -> None:
        """Show that a box has parents that are not drawn."""
        x, y = self.middle(number)
        near, far = (self.box_width / 2, 16) if self.sideways else (self.box_height / 2, 12)
        begin = (x - near, y) if self.sideways else (x, y - near)
        end = (x - near - far, y) if self.sideways else (x, y - near - far)
        canvas.line(*end, *begin, "muted dotted thick")

    def draw_edges(self, canvas: Canvas, edges: Sequence[Edge]) -> None:
        """Draw all lines, and then their labels where there is room."""
        ways = self._ways(edges)
        for edge, way in zip(edges, ways, strict=True):
            self._line(canvas, way, edge)
        taken = [self.rectangle(i) for i in range(len(self.parents))]
        for edge, way in zip(edges, ways, strict=True):
            if edge.words:
                self._words(canvas, way, edge, taken)

    def _place(self, layer: float, across: float) -> Point:
        along = self.start + self.pitch * layer
        return (along, self.side + across) if self.sideways else (self.side + across, along)

    def _ways(self, edges: Sequence[Edge]) -> list[list[Point]]:
        """Return the points of each line: out of a box, past other boxes, into a box."""
        out = self._ports(edges, ending=False)
        into = self._ports(edges, ending=True)
        seen: dict[tuple[int, int], int] = {}
        ways = []
        for number, edge in enumerate(edges):
            pair = (edge.start, edge.end)
            seen[pair] = seen.get(pair, 0) + 1
            shift = 8.0 * (seen[pair] - 1)
            first = (float(self.layout.layer[edge.start]), self._port(edge.start, out[number]))
            last = (float(self.layout.layer[edge.end]), self._port(edge.end, into[number]))
            bends = [(float(i), a + shift) for i, a in self.layout.bends[pair]]
            ways.append(self._smooth([first, *bends, last]))
        return ways

    def _port(self, number: int, offset: float) -> float:
        return self.layout.across[number] + offset

    def _ports(self, edges: Sequence[Edge], ending: bool) -> list[float]:
        """Return each line's distance from the centre of its box, at its start or its end."""
        ports = [0.0] * len(edges)
        size = self.box_height if self.sideways else self.box_width
        for number in range(len(self.parents)):
            own = [i for i, e in enumerate(edges) if (e.end if ending else e.start) == number]
            own.sort(key=lambda i: (self._next(edges[i], ending), i))
            step = min(PORT, (size - 16) / max(1, len(own) - 1))
            for place, i in enumerate(own):
                ports[i] = step * (place - (len(own) - 1) / 2)
        return ports

    def _next(self, edge: Edge, ending: bool) -> float:
        bends = self.layout.bends[edge.start, edge.end]
        if bends:
            return bends[-1 if ending else 0][1]
        return self.layout.across[edge.start if ending else edge.end]

    def _smooth(self, points: Sequence[Point]) -> list[Point]:
        """Return a curve from box to box through its bends, in (layer, across), on the canvas."""
        half = (self.box_width if self.sideways else self.box_height) / 2 / self.pitch
        way: list[Point] = []
        for number, (one, other) in enumerate(pairwise(points)):
            begin = one[0] + half * (0.9 if number else 1)
            end = other[0] - half
            if number:
                way.append(self._place(one[0] - half, one[1]))
            way += [
                self._place(begin + (end - begin) * t, one[1] + (other[1] - one[1]) * _ease(t))
                for t in (i / CURVE for i in range(CURVE + 1))
            ]
        return way

    def _line(self, canvas: Canvas, way: list[Point], edge: Edge) -> None:
        way = way[::-1] if edge.back else way
        size = 6.0 if "thick" in edge.kind else 4.5
        head, foot = _arrow(way[-1], way[-3], size)
        canvas.path([*way[:-2], foot], edge.kind)
        canvas.polygon(head, f"{edge.kind} filled")

    def _words(self, canvas: Canvas, way: list[Point], edge: Edge, taken: list[Rectangle]) -> None:
        """Write a line's label at a free position, preferably near the end of the line."""
        lines = edge.words.split("\n")
        half = 3.9 * max(map(len, lines)) + 3
        high = 8.5 * len(lines)
        stretch = way[-CURVE - 1 :]
        places = [stretch[round(CURVE * t)] for t in (0.5, 0.38, 0.62, 0.27, 0.73, 0.16, 0.84)]
        places += [way[round((len(way) - 1) * t / 10)] for t in (5, 4, 6, 3, 7)]
        spots = [
            (x - half, y - high + shift, x + half, y + high + shift)
            for shift in (0.0, -9.0, 9.0)
            for x, y in places
        ]
        spots = [s for s in spots if s[0] >= 0 and s[2] <= self.width and s[1] >= 0]
        spot = min(spots, key=lambda s: sum(_overlap(s, t) for t in taken))
        taken.append(spot)
        left, top, right, bottom = spot
        canvas.rectangle((left + 2, top + 2), (right - left - 4, bottom - top - 3), "paper filled")
        for number, words in enumerate(lines):
            low = bottom - 4 - 16 * (len(lines) - 1 - number)
            canvas.text((left + right) / 2, low, words, edge.words_kind, "middle")


def number_text(number: float | None) -> str:
    """Return a number as text for a box; None becomes a dash."""
    return "–" if number is None else label(number)


def shorten(words: str, length: int) -> str:
    """Return a text of at most `length` characters; a cut text ends with an ellipsis."""
    return words if len(words) <= length else words[: length - 1] + "…"


def _ease(t: float) -> float:
    return t * t * (3 - 2 * t)


def _arrow(tip: Point, before: Point, size: float) -> tuple[list[Point], Point]:
    """Return the three corners of an arrow's head, and where its line ends."""
    dx, dy = tip[0] - before[0], tip[1] - before[1]
    far = max(1e-9, (dx * dx + dy * dy) ** 0.5)
    ux, uy = dx / far, dy / far
    foot = (tip[0] - 2 * size * ux, tip[1] - 2 * size * uy)
    left = (foot[0] - size * uy, foot[1] + size * ux)
    right = (foot[0] + size * uy, foot[1] - size * ux)
    return [tip, left, right], foot


def _overlap(one: Rectangle, other: Rectangle) -> float:
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    return wide * high if wide > 0 and high > 0 else 0.0
