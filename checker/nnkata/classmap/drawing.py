"""Draw the results of a class: a bar per kata, and for one kata a bar per way of failing."""

from __future__ import annotations

from ..pictures import Canvas, Frame, Picture
from ..text.sanitize import one_line
from .records import ClassMap, FailureGroup, KataMap
from .words import is_lone, short_name

WIDTH = 640.0
LEFT = 190.0
ROW = 26.0
BAR = 18.0
LEGEND = 44.0
LETTER = 7.0
"""The approximate width of a letter."""
LABEL = 24
"""The maximum number of letters of the label of a bar."""
PARTS = {
    "passed": ("right filled", "P", "pass"),
    "known": ("wrong filled", "K", "known mistake"),
    "alike": ("second filled", "A", "alike, no known mistake"),
    "other": ("fourth filled", "O", "fail in other ways"),
    "none": ("shade-2", "N", "not written, loaded or run"),
}
"""The parts of a bar: the kind of drawing, a letter, and the words of the legend."""
MAX_GROUPS = 12
"""The maximum number of ways of failing in the picture of one kata."""


def count_parts(kata: KataMap) -> dict[str, int]:
    """Return the number of submissions in each part of a kata's bar; each counts once."""
    counts = dict.fromkeys(PARTS, 0)
    counts["passed"] = kata.passed
    for group in kata.groups:
        counts[_part_of(group)] += group.first
    return counts


def _part_of(group: FailureGroup) -> str:
    if group.kind == "known_mistake":
        return "known"
    if group.kind in ("not_written", "not_loaded", "not_run", "broken"):
        return "none"
    return "alike" if group.kind == "alike" and not is_lone(group) else "other"


def draw_class(result: ClassMap) -> Picture:
    """Return the picture of a map: a bar per kata; its length is the number of submissions."""
    most = max((kata.submissions for kata in result.katas), default=1) or 1
    canvas = Canvas(WIDTH, LEGEND + ROW * max(1, len(result.katas)))
    _draw_legend(canvas)
    numbers = {}
    for row, kata in enumerate(result.katas):
        numbers[kata.kata] = counts = count_parts(kata)
        _draw_bar(canvas, LEGEND + ROW * row, kata.kata, counts, (WIDTH - LEFT - 8) / most)
    return Picture(
        "The results of the class",
        " ".join(_describe(kata) for kata in result.katas) or "There is no kata in the result.",
        [Frame(canvas)],
        numbers,
    )


def draw_kata(kata: KataMap) -> Picture:
    """Return the picture of one kata: a bar for those who pass, and one per way of failing."""
    rows = [("passed", kata.passed, "pass")]
    rows += [
        (_part_of(group), group.count, short_name(group))
        for group in kata.groups
        if not is_lone(group)
    ][:MAX_GROUPS]
    lone = sum(is_lone(group) for group in kata.groups)
    if lone:
        rows.append(("other", lone, "each in its own way"))
    canvas = Canvas(WIDTH, ROW * len(rows))
    unit = (WIDTH - LEFT - 60) / max(1, kata.submissions)
    for row, (part, count, words) in enumerate(rows):
        kind, letter, _ = PARTS[part]
        y = ROW * row
        canvas.text(LEFT - 8, y + 13, one_line(words, LABEL), "ink", "end")
        canvas.rectangle((LEFT, y), (unit * count, BAR), kind, tip=f"{words}: {count}")
        canvas.text(LEFT + unit * count + 6, y + 13, f"{count} {letter}", "ink")
    words = "; ".join(f"{one_line(words)}: {count}" for _, count, words in rows)
    name = one_line(kata.kata)
    return Picture(
        f"How submissions fail {name}",
        f"Of {kata.submissions} submissions: {words}.",
        [Frame(canvas)],
        {words: count for _, count, words in rows},
    )


def _draw_legend(canvas: Canvas) -> None:
    x, y = 8.0, 4.0
    for kind, letter, words in PARTS.values():
        words = f"{letter} {words}"
        width = 18 + LETTER * len(words) + 14
        if x + width > WIDTH:
            x, y = 8.0, y + 18
        canvas.rectangle((x, y), (12, 12), kind)
        canvas.text(x + 17, y + 11, words, "ink small")
        x += width


def _draw_bar(canvas: Canvas, y: float, name: str, counts: dict[str, int], unit: float) -> None:
    canvas.text(LEFT - 8, y + 13, one_line(name, LABEL), "ink", "end")
    x = LEFT
    for part, (kind, letter, words) in PARTS.items():
        if not counts[part]:
            continue
        width = unit * counts[part]
        canvas.rectangle((x, y), (width, BAR), kind, tip=f"{name}: {counts[part]} {words}")
        for label in (f"{letter} {counts[part]}", letter):
            if width > 1.3 * LETTER * len(label):
                canvas.text(x + width / 2, y + 13, label, "ink halo strong", "middle")
                break
        x += width


def _describe(kata: KataMap) -> str:
    counts = count_parts(kata)
    rest = ", ".join(
        f"{counts[part]} {words}"
        for part, (_, _, words) in PARTS.items()
        if part != "passed" and counts[part]
    )
    return f"{one_line(kata.kata)}: {kata.passed} of {kata.submissions} pass{rest and f'; {rest}'}."
