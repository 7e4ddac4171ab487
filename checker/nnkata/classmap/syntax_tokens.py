"""The structure of a module as a sequence of tokens, and the hashes of runs of them.

A token is a node of the syntax tree. Parts that can be changed without changing the program are
left out: comments, docstrings, annotations, literals, and every name that the module itself binds.
The names of functions and attributes of Python and numpy are kept.

Modules of submissions are parsed in a worker (`confined`): this file is sent to it as text, so it
imports only the standard library.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import NamedTuple
from zlib import crc32

RUN = 8
"""The number of consecutive tokens in a run."""
WINDOW = 8
"""The smallest hash of this many consecutive runs is a fingerprint; equal code has equal ones."""
MAX_TEXT = 200_000
"""A module with more characters is not compared."""
MAX_TOKENS = 20_000
"""A module with more tokens is not compared."""

_Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
_LEFT_OUT = ast.Module | ast.expr_context | ast.Import | ast.ImportFrom | ast.Expr | ast.arguments
"""Nodes that are not tokens themselves."""


class UnreadableModuleError(Exception):
    """Raised for a module that cannot be compared; the message says why."""


class TokenSequence(NamedTuple):
    """The tokens of a module, in the order of its text."""

    codes: tuple[int, ...]
    lines: tuple[int, ...]
    """The line of each token."""

    def runs(self) -> list[int]:
        """Return a hash of each RUN tokens in a row."""
        codes = self.codes
        return [hash(codes[i : i + RUN]) for i in range(len(codes) - RUN + 1)]


def read_tokens(text: str) -> TokenSequence:
    """Return the tokens of a module; raises `UnreadableModuleError`."""
    refuse_long_text(text)
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise UnreadableModuleError(f"Python cannot read it: {type(error).__name__}") from None
    naming = _Naming(tree)
    codes: list[int] = []
    lines: list[int] = []
    for node, line in _walk(tree):
        if len(codes) == MAX_TOKENS:
            raise UnreadableModuleError(f"it has more than {MAX_TOKENS} nodes in its syntax tree")
        codes.append(crc32(naming.describe(node).encode("utf-8", "surrogatepass")))
        lines.append(line)
    return TokenSequence(tuple(codes), tuple(lines))


def refuse_long_text(text: str) -> None:
    """Raise `UnreadableModuleError` for a module that is too long to be compared."""
    if len(text) > MAX_TEXT:
        raise UnreadableModuleError(f"it is longer than {MAX_TEXT} characters")


def read_tokens_or_reason(text: str) -> tuple[tuple[int, ...], tuple[int, ...], str]:
    """Return the codes and the lines of the tokens, and why there are none or ""."""
    try:
        return (*read_tokens(text), "")
    except UnreadableModuleError as error:
        return (), (), str(error)


def fingerprints(runs: list[int]) -> set[int]:
    """Return some of the hashes of runs, which equal code has in common (winnowing)."""
    if len(runs) <= WINDOW:
        return {min(runs)} if runs else set()
    return {min(runs[i : i + WINDOW]) for i in range(len(runs) - WINDOW + 1)}


def _walk(tree: ast.Module) -> Iterator[tuple[ast.AST, int]]:
    """Yield the nodes that are tokens, from top to bottom, each with its line."""
    stack: list[tuple[ast.AST, int]] = [(tree, 1)]
    while stack:
        node, line = stack.pop()
        line = getattr(node, "lineno", line)
        if not isinstance(node, _LEFT_OUT):
            yield node, line
        if not isinstance(node, ast.Import | ast.ImportFrom):
            stack += [(child, line) for child in reversed(list(_children(node)))]


def _children(node: ast.AST) -> Iterator[ast.AST]:
    """Yield the parts of a node, without docstrings and annotations."""
    skipped: list[ast.AST | None] = []
    if isinstance(node, ast.Module | _Definition) and ast.get_docstring(node, clean=False):
        skipped.append(node.body[0])
    if isinstance(node, ast.arg | ast.AnnAssign):
        skipped.append(node.annotation)
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        skipped.append(node.returns)
    for child in ast.iter_child_nodes(node):
        if not any(child is other for other in skipped):
            yield child


class _Naming:
    """The names that a module binds itself, and the full names of imported ones."""

    def __init__(self, tree: ast.Module) -> None:
        self.own: set[str] = set()
        self.imported: dict[str, str] = {}
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                for alias in node.names:
                    whole = alias.name if alias.asname else alias.name.partition(".")[0]
                    self.imported[alias.asname or whole] = whole
            elif isinstance(node, ast.ImportFrom):
                place = "." * node.level + (node.module or "")
                for alias in node.names:
                    self.imported[alias.asname or alias.name] = f"{place}.{alias.name}"
            elif isinstance(node, _Definition):
                self.own.add(node.name)
            elif isinstance(node, ast.arg):
                self.own.add(node.arg)
            elif isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
                self.own.add(node.id)
            elif isinstance(node, ast.Attribute) and not isinstance(node.ctx, ast.Load):
                self.own.add(node.attr)

    def describe(self, node: ast.AST) -> str:
        """Return the text by which a token is compared."""
        kind = type(node).__name__
        if isinstance(node, ast.Name):
            name = self.imported.get(node.id) or node.id
            return kind if node.id in self.own else f"{kind} {name}"
        if isinstance(node, ast.Attribute):
            return kind if node.attr in self.own else f"{kind} {node.attr}"
        if isinstance(node, ast.keyword) and node.arg is not None:
            return kind if node.arg in self.own else f"{kind} {node.arg}"
        return kind
