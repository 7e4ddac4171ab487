"""The MathML elements of a formula."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape

_INDICES = re.compile("[i-n]{2,3}")


@dataclass
class Node:
    """An element of MathML."""

    tag: str
    inside: list[Node] | str
    attributes: str = ""
    group: bool = False
    """Whether it is in parentheses, which a fraction bar or a root makes redundant."""

    def markup(self) -> str:
        """Return the element as text."""
        inside = (
            escape(self.inside, quote=False)
            if isinstance(self.inside, str)
            else "".join(node.markup() for node in self.inside)
        )
        return f"<{self.tag}{self.attributes}>{inside}</{self.tag}>"


def row(parts: list[Node]) -> Node:
    """Return the parts side by side in a row; a single part as it is."""
    return parts[0] if len(parts) == 1 else Node("mrow", parts)


def bare(node: Node) -> Node:
    """Return an element without its parentheses, if it has any."""
    if not node.group:
        return node
    assert isinstance(node.inside, list)
    return node.inside[1]


def name(text: str) -> Node:
    """Return a name; digits at its end are an index."""
    letters = text.rstrip("0123456789")
    if "." in text or letters == text:
        return Node("mi", text)
    return Node("msub", [Node("mi", letters), Node("mn", text[len(letters) :])])


def index(kind: str, text: str) -> Node:
    """Return an index or exponent; letters i to n are separate indices."""
    if kind == "number":
        return Node("mn", text)
    if _INDICES.fullmatch(text):
        return row([Node("mi", letter) for letter in text])
    return name(text)


def is_differential(node: Node) -> bool:
    """Return whether an element begins with the d of a derivative dy/dx."""
    first = node
    while not isinstance(first.inside, str) and first.inside:
        first = first.inside[0]
    return first.tag == "mi" and str(first.inside).startswith("d")


def differential(node: Node) -> Node:
    """Return the dx of a derivative dy/dx as d and x."""
    text = node.inside
    if node.tag == "mi" and isinstance(text, str) and len(text) == 2:
        return row([Node("mi", "d"), Node("mi", text[1])])
    return node


def words(text: str, before: bool, after: bool) -> Node:
    """Return words, with the spaces around them, which MathML would drop."""
    gap = "\N{NO-BREAK SPACE}"
    return Node("mtext", gap * before + text + gap * after)
