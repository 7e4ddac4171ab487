"""Draw where the class is: a bar per kata, with what passed and how the rest failed."""

from __future__ import annotations

from collections.abc import Iterator

from ..pictures import Canvas, Frame, Picture
from ..text.sanitize import one_line
from .records import ClassMap, KataMap
from .words import is_lone

WIDTH = 640.0
LEFT = 190.0
ROW = 26.0
BAR = 18.0
LEGEND = 44.0
LETTER = 7.0
"""The width of a letter, roughly."""
PARTS = {
    "passed": ("right filled", "pass"),
    "known": ("wrong filled", "known mistake"),
    "alike": ("second filled", "alike, no known mistake"),
    "other": ("fourth filled", "fail in a way of their own"),
    "none": ("shade-2", "not written, loaded or run"),
}
"""The parts of a bar: the kind of drawing, and the words of the legend."""


def count_parts(kata: KataMap) -> dict[str, int]:
    """Return how many submissions belong to each part of a kata's bar; each counts once."""
    counts = dict.fromkeys(PARTS, 0)
    counts["passed"] = kata.passed
    for group in kata.groups:
        if group.kind == "known_mistake":
            part = "known"
        elif group.kind == "alike" and not is_lone(group):
            part = "alike"
        elif group.kind in ("not_written", "not_loaded", "not_run", "broken"):
            part = "none"
        else:
            part = "other"
        counts[part] += group.first
    return counts


def draw_class(result: ClassMap) -> Picture:
    """Return the picture of a map: every kata a bar, as long as its number of submissions."""
    most = max((kata.submissions for kata in result.katas), default=1) or 1
    canvas = Canvas(WIDTH, LEGEND + ROW * max(1, len(result.katas)))
    _draw_legend(canvas)
    numbers = {}
    for row, kata in enumerate(result.katas):
        numbers[kata.kata] = counts = count_parts(kata)
        _draw_bar(canvas, LEGEND + ROW * row, kata.kata, counts, (WIDTH - LEFT - 8) / most)
    return Picture(
        "Where the class is",
        " ".join(_describe(kata) for kata in result.katas) or "There is no kata in the result.",
        [Frame(canvas)],
        numbers,
    )


def _draw_legend(canvas: Canvas) -> None:
    x, y = 8.0, 4.0
    for kind, words in PARTS.values():
        width = 18 + LETTER * len(words) + 14
        if x + width > WIDTH:
            x, y = 8.0, y + 18
        canvas.rectangle((x, y), (12, 12), kind)
        canvas.text(x + 17, y + 11, words, "ink small")
        x += width


def _draw_bar(canvas: Canvas, y: float, name: str, counts: dict[str, int], unit: float) -> None:
    shown = one_line(name, 26)
    canvas.text(LEFT - 8, y + 13, shown, "ink", "end")
    x = LEFT
    for part, (kind, words) in PARTS.items():
        if not counts[part]:
            continue
        width = unit * counts[part]
        canvas.rectangle((x, y), (width, BAR), kind, tip=f"{name}: {counts[part]} {words}")
        number = str(counts[part])
        if width > LETTER * len(number) + 6:
            canvas.text(x + width / 2, y + 13, number, "ink halo strong", "middle")
        x += width


def _describe(kata: KataMap) -> str:
    counts = count_parts(kata)
    rest = ", ".join(_words(counts))
    return f"{one_line(kata.kata)}: {kata.passed} of {kata.submissions} pass{rest and f'; {rest}'}."


def _words(counts: dict[str, int]) -> Iterator[str]:
    for part, (_, words) in PARTS.items():
        if part != "passed" and counts[part]:
            yield f"{counts[part]} {words}"
