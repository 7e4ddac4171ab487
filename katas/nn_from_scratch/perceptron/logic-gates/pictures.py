"""The sixteen truth tables of two inputs as squares, each with a line where there is one."""

import itertools

import numpy as np

from nnkata.pictures import Canvas, Frame, Picture

TABLES = list(itertools.product((0, 1), repeat=4))
CORNERS = [(0, 0), (0, 1), (1, 0), (1, 1)]
NAMES = {
    (0, 0, 0, 0): "always 0", (0, 0, 0, 1): "AND", (0, 0, 1, 1): "x₁", (0, 1, 0, 1): "x₂",
    (0, 1, 1, 0): "XOR", (0, 1, 1, 1): "OR", (1, 0, 0, 0): "NOR", (1, 0, 0, 1): "XNOR",
    (1, 0, 1, 0): "not x₂", (1, 1, 0, 0): "not x₁", (1, 1, 1, 0): "NAND",
    (1, 1, 1, 1): "always 1",
}  # fmt: skip
GATES = {(0, 0, 0, 1): "AND", (0, 1, 1, 1): "OR", (1, 1, 1, 0): "NAND", (1, 0, 0, 0): "NOR"}
IMPOSSIBLE = {(0, 1, 1, 0), (1, 0, 0, 1)}


def picture_sixteen_tables(solution):
    """Draw each table; the lines of the four gates are the learner's."""
    found = dict(zip(GATES, solution.probe.lines(list(GATES.values())), strict=True))
    told = {table: bool(solution.separable(list(table))) for table in TABLES}
    canvas = Canvas(640, 600)
    wrong = []
    for number, table in enumerate(TABLES):
        right = told[table] == (table not in IMPOSSIBLE)
        line = found.get(table) or _line(table)
        answers = [int(np.dot(line[:2], corner) + line[2] >= 0) for corner in CORNERS]
        right = right and (answers == list(table) or table in IMPOSSIBLE)
        if not right:
            wrong.append(NAMES.get(table, str(table)))
        left, top = 24 + 156 * (number % 4), 34 + 142 * (number // 4)
        _square(canvas, left, top, table, line, told[table], right)
    yes = sum(told.values())
    verdict = f"Wrong: {', '.join(wrong)}." if wrong else "All are right."
    return Picture(
        "The sixteen truth tables of two inputs",
        f"Each square shows the answers at its four corners. separable says yes to {yes} of 16 "
        "tables; 14 have a line, and XOR and XNOR have none, because their equal answers are on "
        f"the diagonals. {verdict}",
        [Frame(canvas, f"separable says yes to {yes} of 16 tables. {verdict}")],
        numbers={"separable": [told[table] for table in TABLES], "lines": list(found.values())},
    )


def _line(table):
    """Return a line in the middle: weights and bias from the differences of the answers."""
    t = [2 * answer - 1 for answer in table]
    weights = [(t[2] + t[3] - t[0] - t[1]) / 2, (t[1] + t[3] - t[0] - t[2]) / 2]
    return [*weights, sum(t) / 4 - sum(weights) / 2]


def _square(canvas, left, top, table, line, told, right):
    side, pad = 72, 18

    def place(x, y):
        return left + pad + side * x, top + pad + side * (1 - y)

    name = NAMES.get(table, "".join(map(str, table)))
    canvas.text(left + pad + side / 2, top - 2, name, "strong", "middle")
    canvas.rectangle((left, top + 4), (side + 2 * pad, side + 2 * pad - 8), "frame")
    if table not in IMPOSSIBLE:
        ends = _ends(line, -0.25, 1.25, -0.19, 1.19)
        if len(ends) == 2:
            kind = "yours thick" if table in GATES else "muted"
            canvas.path([place(*end) for end in ends], kind)
    for corner, answer in zip(CORNERS, table, strict=True):
        across, up = place(*corner)
        canvas.circle(across, up, 10, "ink filled" if answer else "paper filled")
        canvas.circle(across, up, 10, "ink")
        if not answer:
            canvas.text(across, up + 4, "0", "small", "middle")
    words = "a line" if told else "no line"
    kind = "small" if right and told else "small strong" if right else "small strong wrong"
    canvas.text(
        left + pad + side / 2, top + side + 2 * pad + 12, words if right else f"wrong: {words}",
        kind, "middle",
    )  # fmt: skip


def _ends(line, left, right, low, high):
    """Return where w1 x + w2 y + b = 0 enters and leaves a rectangle."""
    w1, w2, b = line
    ends = [(x, -(b + w1 * x) / w2) for x in (left, right) if w2]
    ends = [end for end in ends if low <= end[1] <= high]
    across = [(-(b + w2 * y) / w1, y) for y in (low, high) if w1]
    ends += [end for end in across if left < end[0] < right]
    return ends[:2]
