"""The map of a course: its katas, their needs, and the learner's progress."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from textwrap import wrap

from .canvas import Canvas
from .picture import Frame, Picture

STATES = {"passed": "✓ passed", "recheck": "check again", "open": "open"}
"""The states of a kata, and their labels in its box."""
WIDTH, COLUMNS, MARGIN = 640.0, 4, 8.0
BOX_WIDTH = 138.0
LETTERS = 19
"""The number of letters per line of a title."""
LANE = (WIDTH - 2 * MARGIN - COLUMNS * BOX_WIDTH) / (COLUMNS - 1)
"""The gap between two boxes of a row; lines past a row are drawn in it."""


@dataclass(frozen=True)
class MapKata:
    """A kata on the map: its name and title, the katas that it needs, and its state."""

    name: str
    title: str
    needs: Sequence[str] = ()
    state: str = "open"


def course_map(
    katas: Iterable[MapKata],
    order: Sequence[str] | None = None,
    current: str = "",
    links: Mapping[str, str] | None = None,
    title: str = "The map of the course",
    sorted_by: str = "",
) -> Picture:
    """Draw katas as boxes, each below everything that it needs.

    Args:
        katas: the katas on the map. A need that is not among them is not drawn.
        order: the names in topological order, every kata after what it needs; the boxes of a row
            keep this order. By default the order of the katas.
        current: the kata that the learner is working on.
        links: the addresses of boxes, by name.
        title: the picture's title.
        sorted_by: a sentence on whose sort made the order.

    Raises:
        ValueError: the order misses a kata, has one twice, or has one before what it needs.
    """
    stops = {stop.name: stop for stop in katas}
    names = list(stops) if order is None else list(order)
    needs = {n: [m for m in stops[n].needs if m in stops] for n in stops}
    problem = order_problem(names, needs)
    if problem:
        raise ValueError(problem)
    direct = {name: direct_needs(name, needs) for name in names}
    rows = lay_out(names, direct)
    # A long course gets lower boxes, nearer to each other.
    height, gap, lines = (60.0, 20.0, 2) if len(rows) > 8 else (76.0, 34.0, 3)
    canvas = Canvas(WIDTH, MARGIN + len(rows) * (height + gap) - gap + 30)
    places = _places(rows, direct, height + gap)
    for name in names:
        for need in direct[name]:
            _edge(canvas, places[need], places[name], height, gap, names.index(need))
    for name in names:
        address = (links or {}).get(name)
        with canvas.link(address) if address else nullcontext():
            _box(canvas, stops[name], places[name], height, lines, name == current)
    if sorted_by:
        canvas.text(MARGIN, canvas.height - 8, sorted_by, "small muted")
    return Picture(
        title,
        _describe(stops, names, current, sorted_by),
        [Frame(canvas)],
        numbers={"order": names, "rows": rows, "places": places, "drawn needs": direct},
    )


def order_problem(order: Sequence[str], needs: Mapping[str, Sequence[str]]) -> str:
    """Return why an order of names is not valid, or "" if each comes once, after its needs."""
    seen: set[str] = set()
    for name in order:
        if name not in needs:
            return f"{name} is not among the katas"
        if name in seen:
            return f"{name} comes twice"
        for need in needs[name]:
            if need not in seen:
                return f"{name} comes before {need}, which it needs"
        seen.add(name)
    missing = [name for name in needs if name not in seen]
    return f"{missing[0]} is left out" if missing else ""


def direct_needs(name: str, needs: Mapping[str, Sequence[str]]) -> list[str]:
    """Return the needs of a kata that are not implied by its other needs."""
    implied: set[str] = set()
    stack = [n for need in needs[name] for n in needs[need]]
    while stack:
        need = stack.pop()
        if need not in implied:
            implied.add(need)
            stack.extend(needs[need])
    return [need for need in needs[name] if need not in implied]


def lay_out(order: Sequence[str], needs: Mapping[str, Sequence[str]]) -> list[list[str]]:
    """Return rows of at most COLUMNS names: each kata in the first row with room below all rows of
    what it needs."""
    row_of: dict[str, int] = {}
    rows: list[list[str]] = []
    for name in order:
        row = 1 + max((row_of[need] for need in needs[name]), default=-1)
        while row < len(rows) and len(rows[row]) == COLUMNS:
            row += 1
        if row == len(rows):
            rows.append([])
        rows[row].append(name)
        row_of[name] = row
    return rows


def _places(
    rows: Sequence[Sequence[str]], needs: Mapping[str, Sequence[str]], step: float
) -> dict[str, tuple[float, float]]:
    """Return the top left corner of each box, in the column nearest to what it needs."""
    columns: dict[str, int] = {}
    for row in rows:
        free = list(range(COLUMNS))
        wishes = []
        for place, name in enumerate(row):
            above = [columns[need] for need in needs[name]]
            wishes.append((sum(above) / len(above) if above else None, place, name))
        # Katas with needs choose first.
        for wish, place, name in sorted(wishes, key=lambda w: (w[0] is None, w[1])):
            column = min(free, key=lambda c: abs(c - (place if wish is None else wish)))
            free.remove(column)
            columns[name] = column
    return {
        name: (MARGIN + columns[name] * (BOX_WIDTH + LANE), MARGIN + number * step)
        for number, row in enumerate(rows)
        for name in row
    }


def _edge(
    canvas: Canvas, above: tuple[float, float], below: tuple[float, float],
    height: float, gap: float, number: int,
) -> None:  # fmt: skip
    """Draw a line from a box to one that needs it; past other rows it runs between the boxes."""
    x1, y1 = above[0] + BOX_WIDTH / 2, above[1] + height
    x2, y2 = below[0] + BOX_WIDTH / 2, below[1]
    # Lines that begin at different boxes do not overlap.
    aside = (number % 3 - 1) * LANE / 4
    if y2 - y1 <= gap + 1:
        canvas.arrow(x1, y1, x2 + (aside if x1 != x2 else 0), y2)
        return
    on_the_left = below[0] > MARGIN and (x1 < x2 or below[0] > WIDTH / 2)
    lane = below[0] + (-LANE / 2 if on_the_left else BOX_WIDTH + LANE / 2) + aside
    canvas.path([(x1, y1), (lane, y1 + gap * 0.8), (lane, y2 - gap * 0.8)], "muted")
    canvas.arrow(lane, y2 - gap * 0.8, x2 + aside, y2)


def _box(
    canvas: Canvas,
    stop: MapKata,
    place: tuple[float, float],
    height: float,
    most: int,
    current: bool,
) -> None:
    left, top = place
    kind = "lit filled" if stop.state == "passed" else "paper filled"
    canvas.rectangle((left, top), (BOX_WIDTH, height), kind, corner=6)
    outline = {"passed": "solved", "recheck": "solved dashed"}.get(stop.state, "open thin")
    if current:
        outline = "ink thick"
    canvas.rectangle((left, top), (BOX_WIDTH, height), outline, stop.title, corner=6)
    lines = wrap(stop.title, LETTERS)
    if len(lines) > most:
        lines = [*lines[: most - 1], lines[most - 1][: LETTERS - 1].rstrip(" ,") + "…"]
    middle = left + BOX_WIDTH / 2
    first = top + (height - 18) / 2 - 8 * len(lines) + 13
    for number, line in enumerate(lines):
        canvas.text(middle, first + 16 * number, line, "small", "middle")
    words = STATES.get(stop.state, stop.state)
    if current:
        words = "you are here" if stop.state == "open" else f"{words}: here"
    weight = "strong" if current or stop.state != "open" else "muted"
    canvas.text(middle, top + height - 9, words, f"small {weight}", "middle")


def _describe(
    stops: Mapping[str, MapKata], names: Sequence[str], current: str, sorted_by: str
) -> str:
    passed = [stops[n].title for n in names if stops[n].state == "passed"]
    again = [stops[n].title for n in names if stops[n].state == "recheck"]
    words = f"{len(names)} katas, each below those that it needs. {len(passed)} passed"
    words += f": {', '.join(passed)}." if passed else "."
    if again:
        words += f" To check again: {', '.join(again)}."
    if current in stops:
        words += f" You are working on {stops[current].title}."
    return f"{words} {sorted_by}".strip()
