"""Convert a formula in one line of plain text to MathML.

A lesson has its formulas in a form that is readable in a terminal too:

    p_i = exp(z_i) / Σ_j exp(z_j)

The syntax: names (`x`, `lr`, `fan_in`, `node.grad`; a digit at the end is an index: `W1`),
numbers, `+ − · × * @ /`, `= ≈ < ≤ ← →` and so on, `x_i`, `x_(ij)`, `x^2`, `e^-x`, `x²`, `Aᵀ`,
`√x`, `Σ_j`, `Σ_(i=1)^n`, `|x|`, `f(x)`, `P[i, j]`, `∂L/∂θ`, and words in double quotes. A
parenthesis directly after a name is the argument of a function; after a space it is a factor. Two
or more spaces separate columns.

Ambiguous formulas are refused: `FormulaError` says where, and what to write instead.
"""

from __future__ import annotations

import re
from html import escape
from itertools import zip_longest

from .formula_parser import Reader
from .formula_tokens import FormulaError
from .mathml import Node

__all__ = ["FormulaError", "block", "formula", "plain"]
_COLUMNS = re.compile(" {2,}")


def block(text: str) -> str:
    """Return the lines of a formula block as MathML, one row per line; raises `FormulaError`."""
    rows = []
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            rows.append(_columns(line, number))
    if not rows:
        raise FormulaError("there is no formula", text, 0)
    alt = escape(" ; ".join(" ".join(line.split()) for line in plain(text).splitlines() if line))
    if len(rows) == 1 and len(rows[0]) == 1:
        return f'<math display="block" alttext="{alt}">{rows[0][0].markup()}</math>'
    lines = [Node("mtr", [Node("mtd", [cell]) for cell in row]) for row in rows]
    table = Node("mtable", lines, ' displaystyle="true"')
    return f'<math display="block" alttext="{alt}">{table.markup()}</math>'


def formula(text: str) -> str:
    """Return one formula as MathML for a line of prose; raises `FormulaError`."""
    return f'<math alttext="{escape(plain(text))}">{Reader(text, 0, 1).whole().markup()}</math>'


def plain(text: str) -> str:
    """Return formulas as text for a terminal: words without quotes, columns aligned."""
    rows = [_COLUMNS.split(line.strip().replace('"', "")) for line in text.splitlines()]
    widths = [max(map(len, cells)) for cells in zip_longest(*rows, fillvalue="")]
    return "\n".join(
        "    ".join(f"{cell:<{w}}" for cell, w in zip(row, widths, strict=False)).rstrip()
        for row in rows
    )


def _columns(line: str, number: int) -> list[Node]:
    start = len(line) - len(line.lstrip())
    columns, at = [], start
    for gap in [*_COLUMNS.finditer(line.rstrip(), start), None]:
        end = gap.start() if gap else len(line.rstrip())
        columns.append(Reader(line[:end], at, number).whole())
        at = gap.end() if gap else end
    return columns
