"""Read a formula that was written in one line of plain text, and write it as MathML.

A lesson holds its formulas so that they read well in a terminal too:

    p_i = exp(z_i) / Σ_j exp(z_j)

What is read: names (`x`, `lr`, `fan_in`, `node.grad`; a digit at the end is an index: `W1`),
numbers, `+ − · × * @ /`, `= ≈ < ≤ ← →` and their kin, `x_i`, `x_(ij)`, `x^2`, `e^-x`, `x²`, `Aᵀ`,
`√x`, `Σ_j`, `Σ_(i=1)^n`, `|x|`, `f(x)`, `P[i, j]`, `∂L/∂θ`, and words in double quotes. A
parenthesis that stands directly behind a name is what the name is applied to; behind a space it is
a factor. Two or more spaces part a line into columns.

What could be read in two ways is not guessed: `FormulaError` says where, and what to write.
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
    """Return the lines of a formula block as MathML, a row a line; raises `FormulaError`."""
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
    """Return one formula as MathML that stands in a line of prose; raises `FormulaError`."""
    return f'<math alttext="{escape(plain(text))}">{Reader(text, 0, 1).whole().markup()}</math>'


def plain(text: str) -> str:
    """Return formulas as a terminal shows them: words without quotes, columns below each other."""
    rows = [_COLUMNS.split(line.strip().replace('"', "")) for line in text.splitlines()]
    wide = [max(map(len, cells)) for cells in zip_longest(*rows, fillvalue="")]
    return "\n".join(
        "    ".join(f"{cell:<{w}}" for cell, w in zip(row, wide, strict=False)).rstrip()
        for row in rows
    )


def _columns(line: str, number: int) -> list[Node]:
    start = len(line) - len(line.lstrip())
    found, at = [], start
    for gap in [*_COLUMNS.finditer(line.rstrip(), start), None]:
        end = gap.start() if gap else len(line.rstrip())
        found.append(Reader(line[:end], at, number).whole())
        at = gap.end() if gap else end
    return found
