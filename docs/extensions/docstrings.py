"""Turn the project's docstrings, which are plain text, into reStructuredText for autodoc.

Code is between backticks or in indented blocks. A section such as `Args:` has an entry per name.
Every other sign means itself.
"""

from __future__ import annotations

import re
import textwrap
from typing import Any

SECTION = re.compile(r"(Args|Attributes|Raises|Returns|Yields):\n(?=    )")


def converted(text: str) -> str:
    """Return a docstring as reStructuredText."""
    return "\n\n".join(block(part) for part in re.split(r"\n\s*\n", text.strip("\n")))


def block(text: str) -> str:
    """Return one block: code, a section of names, or a paragraph."""
    if text.startswith("    "):
        return f"::\n\n{text}"
    if found := SECTION.match(text):
        inside = textwrap.dedent(text[found.end() :])
        if found[1] in ("Returns", "Yields"):
            return f"**{found[1]}:** {spans(' '.join(inside.split()))}"
        entries = re.split(r"\n(?=\S)", inside)
        return "\n".join([f"**{found[1]}:**", "", *map(entry, entries)])
    return spans(text)


def entry(text: str) -> str:
    """Return one name of a section and what is said of it, as an item of a list."""
    name, _, words = " ".join(text.split()).partition(": ")
    return f"* ``{name.strip('`')}``: {spans(words)}"


def spans(paragraph: str) -> str:
    """Return a paragraph with its code spans as literals and all other signs escaped."""
    pieces = re.split(r"(`+)(.+?)\1", paragraph, flags=re.DOTALL)
    texts, codes = [escaped(text) for text in pieces[::3]], pieces[2::3]
    made = texts[:1]
    for code, text in zip(codes, texts[1:], strict=True):
        joint = "\\ " if text[:1].isalnum() else ""
        made += [f"``{' '.join(code.split())}``", joint, text]
    return "".join(made)


def escaped(text: str) -> str:
    """Return plain text in which no sign is markup."""
    return re.sub(r"([\\*|_`])", r"\\\1", text)


def as_restructured_text(
    app: object, what: str, name: str, obj: object, options: Any, lines: list[str]
) -> None:
    """Convert the docstring that autodoc has found, in place."""
    del app, what, name, obj, options
    lines[:] = [*converted("\n".join(lines)).split("\n"), ""]
