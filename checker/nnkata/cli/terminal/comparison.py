"""Show a learner's module beside the reference, definition by definition."""

from __future__ import annotations

import ast
import shutil
from itertools import zip_longest

from .screen import Screen

TWO_COLUMNS_WIDTH = 110
"""Minimum width of a terminal that has room for two columns of code."""


def show_beside(screen: Screen, own: str, reference: str) -> None:
    """Write each definition of the reference beside the learner's, or below it if there is no room.

    Docstrings are left out, since both have the same. Definitions that only the learner's module
    has come last.
    """
    ours, theirs = _definitions(own), _definitions(reference)
    columns = shutil.get_terminal_size((80, 24)).columns
    for name in [*theirs, *(n for n in ours if n not in theirs)]:
        left = ours.get(name, "").splitlines()
        right = theirs.get(name, "").splitlines()
        if left == right:
            screen.echo(f"{name}  {screen.symbols['dot']} the same", bold=True)
        elif not left or not right:
            where = "only yours" if left else "only in the reference"
            screen.echo(f"{name}  {screen.symbols['dot']} {where}", bold=True)
            write_code(screen, "\n".join(left or right))
        elif columns >= TWO_COLUMNS_WIDTH:
            _write_columns(screen, name, (left, right), columns)
        else:
            _write_stacked(screen, name, left, right)
        screen.echo()


def _write_stacked(screen: Screen, name: str, left: list[str], right: list[str]) -> None:
    for title, lines in (("yours", left), ("reference", right)):
        screen.echo(f"{name}  {screen.symbols['dot']} {title}", bold=True)
        write_code(screen, "\n".join(lines))


def _write_columns(
    screen: Screen, name: str, sides: tuple[list[str], list[str]], columns: int
) -> None:
    width = (columns - 3) // 2
    screen.put(f"{f'{name}  yours':<{width}}   reference", bold=True)
    for one, other in zip_longest(*sides, fillvalue=""):
        same = one == other
        line = f"{_cut(one, width):<{width}} {' ' if same else '|'} {_cut(other, width)}"
        screen.put(line.rstrip(), **({"dim": True} if same else {}))


def _cut(line: str, width: int) -> str:
    return line if len(line) <= width else line[: width - 3] + "..."


def write_code(screen: Screen, text: str) -> None:
    """Write Python source line by line, coloured where the terminal has colour."""
    if screen.color:
        from ...lessons.code import highlight_for_terminal

        text = highlight_for_terminal(text)
    for line in text.split("\n"):
        screen.put(line)


def _definitions(text: str) -> dict[str, str]:
    """Return the source of functions, classes and constants by name, without docstrings.

    Methods are listed as `Class.method`. A text that cannot be parsed is one definition, "module".
    """
    try:
        tree = ast.parse(text)
    except SyntaxError:
        return {"module": text}
    found: dict[str, str] = {}
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            found |= {f"{node.name}.{n.name}": _source(text, n) for n in _functions(node.body)}
        elif isinstance(node, ast.FunctionDef):
            found[node.name] = _source(text, node)
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            found[node.targets[0].id] = _source(text, node)
    return found


def _functions(body: list[ast.stmt]) -> list[ast.FunctionDef]:
    return [node for node in body if isinstance(node, ast.FunctionDef)]


def _source(text: str, node: ast.FunctionDef | ast.Assign) -> str:
    """Return the lines of a definition as they are written, without its docstring."""
    lines = text.splitlines()[node.lineno - 1 : node.end_lineno]
    if isinstance(node, ast.FunctionDef) and ast.get_docstring(node) is not None:
        first = node.body[0]
        start, end = first.lineno - node.lineno, (first.end_lineno or 0) - node.lineno
        lines = lines[:start] + lines[end + 1 :]
    margin = min((len(line) - len(line.lstrip()) for line in lines if line.strip()), default=0)
    return "\n".join(line[margin:].rstrip() for line in lines)
