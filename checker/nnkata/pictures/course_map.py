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
HERE = "you are here"
WIDTH, MARGIN = 1120.0, 8.0
"""The width of the map, about the width of its card on a laptop, and its margin."""
LANE = 36.0
"""The gap between two boxes of a row; lines past a row are drawn in it."""
LETTER = 7.4
"""The width of a letter of a title."""
LONG = 20
"""A course with more katas gets more boxes per row, which are lower and closer together."""


@dataclass(frozen=True)
class Grid:
    """The number of boxes per row, and their sizes."""

    columns: int
    height: float
    gap: float

    @property
    def box_width(self) -> float:
        """The width of a box: all columns together fill the map."""
        return (WIDTH - 2 * MARGIN - (self.columns - 1) * LANE) / self.columns

    @property
    def step(self) -> float:
        """The distance between the tops of two rows."""
        return self.height + self.gap


GRID, LONG_GRID = Grid(4, 70.0, 34.0), Grid(6, 64.0, 22.0)


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
    """Draw katas as boxes, each below everything that it needs; the last kata ends the map.

    Args:
        katas: the katas on the map. A need that is not among them is not drawn.
        order: the names in topological order, every kata after what it needs; the boxes of a row
            keep this order. By default the order of the katas.
        current: the kata that the learner is working on.
        links: the addresses of boxes, by name.
        title: the picture's title.
        sorted_by: a sentence on whose sort made the order.

    Raises:
        ValueError: the order lacks a kata, has one twice, or has one before what it needs.
    """
    by_name = {kata.name: kata for kata in katas}
    names = list(by_name) if order is None else list(order)
    needs = {n: [m for m in by_name[n].needs if m in by_name] for n in by_name}
    problem = order_problem(names, needs)
    if problem:
        raise ValueError(problem)
    direct = {name: direct_needs(name, needs) for name in names}
    grid = LONG_GRID if len(names) > LONG else GRID
    goal = find_goal(list(by_name), needs)
    rows = lay_out(names, direct, grid.columns, goal)
    canvas = Canvas(WIDTH, MARGIN + len(rows) * grid.step - grid.gap + 30)
    places = _places(rows, direct, grid, goal)
    for name in names:
        for need in direct[name]:
            _edge(canvas, places[need], places[name], grid, names.index(need))
    for name in names:
        address = (links or {}).get(name)
        with canvas.link(address) if address else nullcontext():
            _box(canvas, by_name[name], places[name], grid, _label(by_name[name], current, goal))
    if sorted_by:
        canvas.text(MARGIN, canvas.height - 8, sorted_by, "small muted")
    return Picture(
        title,
        _describe(by_name, names, (current, goal), sorted_by),
        [Frame(canvas)],
        numbers={"order": names, "rows": rows, "places": places, "drawn needs": direct},
    )


def order_problem(order: Sequence[str], needs: Mapping[str, Sequence[str]]) -> str:
    """Return why an order of names is not valid, or "" if each occurs once, after its needs."""
    seen: set[str] = set()
    for name in order:
        if name not in needs:
            return f"{name} is not among the katas"
        if name in seen:
            return f"{name} occurs twice"
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


def find_goal(names: Sequence[str], needs: Mapping[str, Sequence[str]]) -> str:
    """Return the last kata of a course if it needs others and no other needs it, else ""."""
    last = names[-1] if names else ""
    is_needed = any(last in needs[name] for name in names)
    return last if last and needs[last] and not is_needed else ""


def lay_out(
    order: Sequence[str], needs: Mapping[str, Sequence[str]], columns: int, goal: str = ""
) -> list[list[str]]:
    """Return rows of at most `columns` names.

    Each kata is in the first row with room below all of its needs; the goal is alone in the last.
    """
    row_of: dict[str, int] = {}
    rows: list[list[str]] = []
    for name in order:
        if name == goal:
            continue
        row = 1 + max((row_of[need] for need in needs[name]), default=-1)
        while row < len(rows) and len(rows[row]) == columns:
            row += 1
        if row == len(rows):
            rows.append([])
        rows[row].append(name)
        row_of[name] = row
    return [*rows, [goal]] if goal else rows


def _places(
    rows: Sequence[Sequence[str]], needs: Mapping[str, Sequence[str]], grid: Grid, goal: str
) -> dict[str, tuple[float, float]]:
    """Return the top left corner of each box, in the column nearest to its needs.

    The goal is in the middle.
    """
    columns: dict[str, float] = {goal: (grid.columns - 1) / 2}
    for row in rows:
        if goal in row:
            continue
        free = list(range(grid.columns))
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
        name: (MARGIN + columns[name] * (grid.box_width + LANE), MARGIN + number * grid.step)
        for number, row in enumerate(rows)
        for name in row
    }


def _edge(
    canvas: Canvas, above: tuple[float, float], below: tuple[float, float], grid: Grid, number: int
) -> None:  # fmt: skip
    """Draw a line from a box to one that needs it; past other rows it runs between the boxes."""
    width, gap = grid.box_width, grid.gap
    x1, y1 = above[0] + width / 2, above[1] + grid.height
    x2, y2 = below[0] + width / 2, below[1]
    # Lines that begin at different boxes do not overlap.
    aside = (number % 3 - 1) * LANE / 4
    if y2 - y1 <= gap + 1:
        canvas.arrow(x1, y1, x2 + (aside if x1 != x2 else 0), y2)
        return
    # The lane beside the column that the line comes from, on the side of the one that it goes to.
    on_the_left = above[0] > MARGIN and (x2 < x1 or above[0] + width > WIDTH - LANE)
    lane = above[0] + (-LANE / 2 if on_the_left else width + LANE / 2) + aside
    canvas.path([(x1, y1), (lane, y1 + gap * 0.8), (lane, y2 - gap * 0.8)], "muted")
    canvas.arrow(lane, y2 - gap * 0.8, x2 + aside, y2)


def _label(kata: MapKata, current: str, goal: str) -> str:
    """Return the text at the bottom of a box: the state, and whether it is the goal or current."""
    words = STATES.get(kata.state, kata.state)
    if kata.name == current:
        words = HERE if kata.state == "open" else f"{words}: {HERE}"
    return f"the goal · {words}" if kata.name == goal else words


def _box(canvas: Canvas, kata: MapKata, place: tuple[float, float], grid: Grid, label: str) -> None:
    (left, top), size = place, (grid.box_width, grid.height)
    here = HERE in label
    kind = "done filled" if kata.state == "passed" else "paper filled"
    canvas.rectangle((left, top), size, kind, corner=6)
    outline = {"passed": "solved", "recheck": "ink dashed"}.get(kata.state, "open thin")
    canvas.rectangle((left, top), size, "ink thick" if here else outline, kata.title, corner=6)
    letters = int((grid.box_width - 12) / LETTER)
    lines = wrap(kata.title, letters)
    if len(lines) > 2:
        lines = [lines[0], lines[1][: letters - 1].rstrip(" ,") + "…"]
    middle = left + grid.box_width / 2
    first = top + (grid.height - 18) / 2 - 8.5 * len(lines) + 13
    for number, line in enumerate(lines):
        canvas.text(middle, first + 17 * number, line, "ink", "middle")
    weight = "strong" if here or kata.state != "open" else "muted"
    canvas.text(middle, top + grid.height - 9, label, f"small {weight}", "middle")


def _describe(
    by_name: Mapping[str, MapKata], names: Sequence[str], marked: tuple[str, str], sorted_by: str
) -> str:
    """Return the map in words; `marked` is the current kata and the goal."""
    current, goal = marked
    passed = [by_name[n].title for n in names if by_name[n].state == "passed"]
    again = [by_name[n].title for n in names if by_name[n].state == "recheck"]
    words = f"{len(names)} katas, each below those that it needs. {len(passed)} passed"
    words += f": {', '.join(passed)}." if passed else "."
    if again:
        words += f" To check again: {', '.join(again)}."
    if current in by_name:
        words += f" You are working on {by_name[current].title}."
    if goal:
        words += f" The goal is {by_name[goal].title}."
    return f"{words} {sorted_by}".strip()
