"""Draw curves and small pictures with characters, without colour."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ...training.stages import Image, Loss

NEEDED = "⠿│┤└─▀▄█"
"""The characters that an output must be able to encode; otherwise ASCII is used."""
INK = 0.5
"""Without shades, a pixel is drawn if it is at least this dark."""
_DOTS = ((0x01, 0x02, 0x04, 0x40), (0x08, 0x10, 0x20, 0x80))
"""The bits of a Braille character: two columns of four dots, from the top."""


def can_draw(encoding: str | None) -> bool:
    """Return whether an output with this encoding can show the characters in `NEEDED`."""
    try:
        NEEDED.encode(encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def curve(losses: Sequence[Loss], width: int, height: int, fine: bool) -> list[str]:
    """Return the lines of a plot of losses over their steps, with labelled axes.

    The lower edge is 0 unless a loss is negative. Losses that are not finite are left out. The
    plot has `height` lines, and two more for the axis, each of at most `width` characters. With
    `fine`, it consists of Braille characters.
    """
    finite = [e for e in losses if math.isfinite(e.loss)]
    if not finite:
        return ["no loss so far is a finite number, so there is no curve"] if losses else []
    top = max(e.loss for e in finite)
    low = min(0.0, *(e.loss for e in finite), top)
    last, unit = max(finite[-1].of, 1), finite[-1].unit
    high, base = f"{top:.3g}", f"{low:.3g}"
    margin = max(len(high), len(base), len("loss"))
    steps = f"{last} {unit}s"
    cells = max(width - margin - 3, len(steps) + 2)
    across, down = (2, 4) if fine else (1, 1)
    rows = height * down
    levels = _levels(finite, last, cells * across)
    marks = [[0] * cells for _ in range(height)]
    before: int | None = None
    for column, level in enumerate(levels):
        if level is None:
            before = None
            continue
        # Halved before the subtraction: the largest float minus the smallest would overflow.
        span = top / 2 - low / 2
        share = (level / 2 - low / 2) / span if span > 0 else 0.0
        row = round((1 - share) * (rows - 1))
        for dot in range(min(row, row if before is None else before), max(row, before or 0) + 1):
            bit = _DOTS[column % across][dot % down] if fine else 1
            marks[dot // down][column // across] |= bit
        before = row
    lines = []
    for number, cells_of_row in enumerate(marks):
        label = {0: high, height - 1: base}.get(number, "loss" if number == height // 2 else "")
        text = "".join(_cell(bits, fine) for bits in cells_of_row).rstrip()
        edge = ("┤" if label else "│") if fine else "|"
        lines.append(f"{label:>{margin}} {edge}{text}")
    corner, dash = ("└", "─") if fine else ("+", "-")
    lines.append(" " * (margin + 1) + corner + dash * cells)
    lines.append(" " * (margin + 2) + "1" + steps.rjust(cells - 1))
    return lines


def _cell(bits: int, fine: bool) -> str:
    if not bits:
        return " "
    return chr(0x2800 + bits) if fine else "*"


def _levels(losses: Sequence[Loss], last: int, columns: int) -> list[float | None]:
    """Return the mean loss per column, interpolated where a column has no step, else None."""
    sums: dict[int, list[float]] = {}
    for event in losses:
        share = (event.step - 1) / (last - 1) if last > 1 else 0.0
        sums.setdefault(round(min(max(share, 0.0), 1.0) * (columns - 1)), []).append(event.loss)
    known = sorted((c, sum(v / len(vs) for v in vs)) for c, vs in sums.items())
    levels: list[float | None] = [None] * columns
    for (a, left), (b, right) in itertools.pairwise(known):
        for column in range(a, b):
            share = (column - a) / (b - a)
            levels[column] = left * (1 - share) + right * share
    levels[known[-1][0]] = known[-1][1]
    return levels


Cell = tuple[float, float]
"""The upper and the lower pixel of one character."""


def halves(image: Image) -> list[list[Cell]]:
    """Return the rows of a picture as cells: the upper and the lower pixel of each character."""
    rows = [[min(max(p, 0.0), 1.0) for p in row] for row in image.pixels]
    if len(rows) % 2:
        rows.append([0.0] * len(rows[0]))
    return [list(zip(a, b, strict=True)) for a, b in zip(rows[::2], rows[1::2], strict=True)]


def draw_image(image: Image, fine: bool) -> list[str]:
    """Return a picture's lines without shades: half blocks, or two ASCII characters per pixel."""
    if fine:
        return ["".join(_half(*cell) for cell in row) for row in halves(image)]
    return ["".join("##" if p >= INK else ".." for p in row) for row in image.pixels]


def _half(upper: float, lower: float) -> str:
    return " ▄▀█"[2 * (upper >= INK) + (lower >= INK)]


def count_abreast(images: Sequence[Image], width: int, fine: bool) -> tuple[int, int]:
    """Return how many pictures fit next to each other, and the width of each with its gap."""
    wide = max(
        (max(len(line) for line in (*draw_image(image, fine), *image.caption)) for image in images),
        default=0,
    )
    return max(1, (width - 2) // (wide + 3)), wide + 3


def format_shares(shares: Sequence[tuple[str, float]]) -> list[str]:
    """Return accuracies as texts of equal width, such as `block 3  88.5%`."""
    widest = max((len(name) for name, _ in shares), default=0)
    return [f"{name:{widest}} {share:6.1%}" for name, share in shares]
