"""Shorten a failing call for a screen: large arrays become their shape and first values."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import lru_cache

from ..model import NO_TEXT

KEPT = 48
"""An array, list or text of at most this many characters is shown unchanged."""
LINE = 320
"""The maximum number of characters of a statement."""
FIRST_VALUES = 2
_NEWLINE = re.compile(rb"\r\n|\r|\n")
_PLACEHOLDER = "_a_function_of_the_check"


@lru_cache(maxsize=8)
def statements(call: str) -> tuple[str, ...]:
    """Return the statements of a call as one line each, with large values shortened.

    The last one is the call that failed; the others create the objects that it uses. Text that is
    not Python gives an empty tuple.
    """
    source = Source(call.replace(NO_TEXT, _PLACEHOLDER))
    try:
        lines = [_statement(source, statement) for statement in ast.parse(source.text).body]
        return tuple(line.replace(_PLACEHOLDER, NO_TEXT) for line in lines)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ()


class Source:
    """The text of a call, and its lines, for the text of each node of its syntax tree.

    `ast.get_source_segment` splits the whole text for each node, which takes minutes for a long
    call, and a submission decides how long the values are that it returns.
    """

    def __init__(self, text: str) -> None:
        """Split the text into lines where Python does."""
        self.text = text
        self._lines = _NEWLINE.split(text.encode("utf-8", "surrogatepass"))

    def segment(self, node: ast.stmt | ast.expr) -> str:
        """Return the text of a node."""
        first, last = node.lineno - 1, (node.end_lineno or node.lineno) - 1
        lines = self._lines[first : last + 1]
        lines[-1] = lines[-1][: node.end_col_offset]
        lines[0] = lines[0][node.col_offset :]
        return b"\n".join(lines).decode("utf-8", "surrogatepass")


def last_statements(call: str, lines: int) -> list[str]:
    """Return the end of a call in at most `lines` lines; the first line may be `…`.

    The call that failed is always included. Text that is not Python gives an empty list.
    """
    all_of_them = statements(call)
    if len(all_of_them) <= lines:
        return list(all_of_them)
    return ["…", *all_of_them[-max(1, lines - 1) :]]


def _statement(call: Source, statement: ast.stmt) -> str:
    text = call.segment(statement)
    if "\n" in text or len(text) > KEPT:
        text = ast.unparse(_Shortener(call).visit(statement))
    text = " ".join(text.split("\n"))
    return text if len(text) <= LINE else f"{text[: LINE - 2]} …"


class _Shortener(ast.NodeTransformer):
    """Replaces large values in a statement with names that are not Python: `<3x5 array: 1, …>`."""

    def __init__(self, source: Source) -> None:
        self.source = source

    def visit(self, node: ast.AST) -> ast.AST:
        text = _large_value(node)
        if text and isinstance(node, ast.expr) and len(self.source.segment(node)) > KEPT:
            return ast.Name(text)
        visited = super().visit(node)
        assert isinstance(visited, ast.AST)
        return visited


def _large_value(node: ast.AST) -> str:
    """Return a short description of a large value, or "" for any other expression."""
    if isinstance(node, ast.Call) and ast.unparse(node.func) == "np.array" and node.args:
        shape = list(_shape(node.args[0]))
        size = f"array of {shape[0]}" if len(shape) == 1 else f"{'x'.join(map(str, shape))} array"
        return f"<{size}: {_first_values(node.args[0])}>" if shape else ""
    if isinstance(node, ast.List | ast.Tuple | ast.Set):
        return f"<{type(node).__name__.lower()} of {len(node.elts)}: {_first_values(node)}>"
    if isinstance(node, ast.Dict):
        return f"<dict of {len(node.keys)}>"
    if isinstance(node, ast.Constant) and isinstance(node.value, str | bytes):
        return f"{node.value[: KEPT // 2]!r}…"
    return ""


def _shape(node: ast.expr) -> Iterator[int]:
    while isinstance(node, ast.List | ast.Tuple):
        yield len(node.elts)
        if not node.elts:
            return
        node = node.elts[0]


def _number(node: ast.expr) -> str:
    """Return a float with three digits, or nothing for any other expression."""
    try:
        value = ast.literal_eval(node)
    except (ValueError, TypeError, SyntaxError, RecursionError, MemoryError):
        return ""
    return f"{value:.3g}" if type(value) is float else ""


def _first_values(node: ast.expr) -> str:
    """Return the first values of a nested list."""
    values: list[str] = []
    stack = [node]
    while stack and len(values) <= FIRST_VALUES:
        part = stack.pop()
        if isinstance(part, ast.List | ast.Tuple | ast.Set):
            stack += part.elts[: FIRST_VALUES + 1][::-1]
        else:
            values.append(_number(part) or ast.unparse(part)[:KEPT])
    more = ", …" if len(values) > FIRST_VALUES else ""
    return ", ".join(values[:FIRST_VALUES]) + more
