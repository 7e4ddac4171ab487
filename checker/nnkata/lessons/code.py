"""Highlight Python code: with `<span>` elements for a page, with escape codes for a terminal.

The style of the page colours the classes. Pygments is imported only when code is highlighted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from html import escape
from itertools import groupby
from typing import Any

CLASSES = {
    "Comment": "code-comment",
    "Keyword": "code-keyword",
    "Operator.Word": "code-keyword",
    "Literal.String": "code-string",
    "Literal.Number": "code-number",
    "Name.Function": "code-name",
    "Name.Class": "code-name",
    "Name.Decorator": "code-name",
}
"""The CSS class of each kind of token, by the name of the kind in Pygments."""
LANGUAGES = ("python", "py")
LONGEST = 100_000
"""A text with more characters is not highlighted."""


def highlight(text: str, language: str = "python") -> str:
    """Return code as HTML with highlighting; all of its text is escaped.

    Code of another language, and very long code, is escaped only.
    """
    if language not in LANGUAGES or len(text) > LONGEST:
        return escape(text)
    return "".join(
        f'<span class="{kind}">{escape(part)}</span>' if kind else escape(part)
        for kind, part in _parts(_lexer().get_tokens(text))
    )


def highlight_for_terminal(text: str) -> str:
    """Return Python code with escape codes that colour it on a terminal."""
    from pygments import highlight as paint  # type: ignore[import-untyped]
    from pygments.formatters import TerminalFormatter  # type: ignore[import-untyped]

    return str(paint(text, _lexer(), TerminalFormatter())).rstrip("\n")


@cache
def _lexer() -> Any:
    from pygments.lexers.python import PythonLexer  # type: ignore[import-untyped]

    return PythonLexer(stripnl=False, ensurenl=False)


def _parts(tokens: Iterable[tuple[Any, str]]) -> Iterator[tuple[str, str]]:
    """Yield a class, or "", and the text of the adjacent tokens with that class."""
    for kind, group in groupby(tokens, key=lambda token: _class_of(token[0])):
        yield kind, "".join(text for _, text in group)


@cache
def _class_of(token: Any) -> str:
    """Return the class of a token type, or of the nearest type that contains it."""
    while token.parent is not None:
        name = str(token).removeprefix("Token.")
        if name in CLASSES:
            return CLASSES[name]
        token = token.parent
    return ""
