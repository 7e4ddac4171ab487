"""Compare and combine the definitions of modules: functions, classes, methods and constants.

Modules of submissions are compared in a worker (`classmap.confined`): this file is sent to it as
text, so it imports only the standard library.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

BASE = "base"

Definition = (
    ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Assign | ast.AnnAssign | ast.Delete
)


def compose(base: str, changes: str) -> str:
    """Return the module `base` with the definitions and imports of `changes`.

    A function, method or constant replaces the one of the same name. In a class, only the members
    in `changes` are replaced. Definitions without a counterpart are added.
    """
    right, wrong = ast.parse(base), ast.parse(changes)
    edits = _Edits(base)
    known = {ast.unparse(node) for node in right.body}
    imports = [n for n in wrong.body if is_import(n) and ast.unparse(n) not in known]
    last_import = max((n.end_lineno or 0 for n in right.body if is_import(n)), default=0)
    if not last_import and ast.get_docstring(right) is not None:
        last_import = right.body[0].end_lineno or 0
    edits.insert(last_import, [ast.unparse(node) for node in imports])
    edits.merge(right, wrong, changes)
    return edits.text()


def compare_definitions(base: str, changes: str) -> Iterator[tuple[int, str, bool | None]]:
    """Yield (line, name, equal) for every definition in `changes`.

    `equal` says whether it is the same program as the definition that it replaces, or is None if
    it replaces nothing.
    """
    yield from _compare(ast.parse(base), ast.parse(changes), "")


def _compare(
    right: ast.Module | ast.ClassDef, wrong: ast.Module | ast.ClassDef, prefix: str
) -> Iterator[tuple[int, str, bool | None]]:
    for node in definitions(wrong):
        name = definition_name(node)
        counterpart = find_definition(right, name)
        if counterpart is None:
            yield node.lineno, prefix + name, None
        elif _can_merge(counterpart, node):
            assert isinstance(counterpart, ast.ClassDef)
            assert isinstance(node, ast.ClassDef)
            yield from _compare(counterpart, node, f"{prefix}{name}.")
        else:
            yield node.lineno, prefix + name, program(counterpart) == program(node)


def definitions(tree: ast.Module | ast.ClassDef) -> Iterator[Definition]:
    """Yield the functions, classes and constants of a module, or the members of a class."""
    for node in tree.body:
        if isinstance(node, Definition) and not (
            isinstance(tree, ast.Module)
            and definition_name(node) == BASE
            and base_name(tree) is not None
        ):
            yield node


def definition_name(node: Definition) -> str:
    """Return the name that a definition binds, or all of them with commas."""
    if isinstance(node, ast.Assign | ast.Delete):
        return ", ".join(ast.unparse(target) for target in node.targets)
    if isinstance(node, ast.AnnAssign):
        return ast.unparse(node.target)
    return node.name


def program(node: ast.AST) -> str:
    """Return a piece of code as text, without comments, docstrings and annotations.

    Code under `TYPE_CHECKING` and the messages of raised exceptions are left out too.
    """
    copy = ast.parse(ast.unparse(node))
    return ast.unparse(_DropDocumentation().visit(copy))


def base_name(tree: ast.Module) -> str | None:
    """Return the text of `base = "…"` if it is the first statement after the docstring."""
    body = tree.body[1:] if ast.get_docstring(tree) is not None else tree.body
    first = body[0] if body else None
    if not isinstance(first, ast.Assign) or definition_name(first) != BASE:
        return None
    value = first.value
    return value.value if isinstance(value, ast.Constant) and type(value.value) is str else None


def find_definition(tree: ast.Module | ast.ClassDef, name: str) -> Definition | None:
    """Return the definition of a name in a module or a class, or None."""
    return next((node for node in definitions(tree) if definition_name(node) == name), None)


def _can_merge(right: Definition, wrong: Definition) -> bool:
    """Return whether both are classes with the same bases and decorators, merged by member."""
    if not isinstance(right, ast.ClassDef) or not isinstance(wrong, ast.ClassDef):
        return False
    return class_line(right) == class_line(wrong)


def class_line(node: ast.ClassDef) -> list[str]:
    """Return the decorators, bases and keywords of a class; equal ones allow merging by member."""
    return [ast.unparse(part) for part in (*node.decorator_list, *node.bases, *node.keywords)]


def is_import(node: ast.stmt) -> bool:
    """Return whether a statement is an import, other than one from `__future__`."""
    if isinstance(node, ast.ImportFrom) and node.module == "__future__":
        return False
    return isinstance(node, ast.Import | ast.ImportFrom)


class _Edits:
    """Replaced and inserted lines of one text; `text` applies them."""

    def __init__(self, text: str) -> None:
        self.lines = text.splitlines()
        self.edits: list[tuple[int, int, list[str]]] = []

    def insert(self, after: int, lines: list[str]) -> None:
        """Insert lines after the line `after`, counted from 1."""
        if lines:
            self.edits.append((after, after, lines))

    def replace(self, node: Definition, lines: list[str]) -> None:
        """Replace the lines of a definition."""
        self.edits.append((_first_line(node) - 1, node.end_lineno or node.lineno, lines))

    def merge(
        self, right: ast.Module | ast.ClassDef, wrong: ast.Module | ast.ClassDef, source: str
    ) -> None:
        """Replace the definitions in `right` with those of the same name in `wrong`.

        `source` is the text of `wrong`.
        """
        unplaced: list[list[str]] = []
        is_module = isinstance(right, ast.Module)
        for node in definitions(wrong):
            counterpart = find_definition(right, definition_name(node))
            lines = source.splitlines()[_first_line(node) - 1 : node.end_lineno]
            if counterpart is None and not isinstance(node, ast.Delete):
                unplaced.append(lines)
            elif counterpart is None:
                continue
            elif _can_merge(counterpart, node):
                assert isinstance(counterpart, ast.ClassDef)
                assert isinstance(node, ast.ClassDef)
                self.merge(counterpart, node, source)
            elif isinstance(node, ast.Delete):
                self.replace(counterpart, [])
            else:
                before = [line for part in unplaced for line in (*part, "", "")]
                unplaced = []
                self.replace(counterpart, before + lines)
        last = right.body[-1].end_lineno or 0
        for part in unplaced:
            self.insert(last, ["", *([""] if is_module else []), *part])

    def text(self) -> str:
        """Return the text with all edits applied."""
        lines = list(self.lines)
        for start, end, new in sorted(self.edits, key=lambda edit: edit[:2], reverse=True):
            lines[start:end] = new
        return "\n".join(lines) + "\n"


def _first_line(node: Definition) -> int:
    if isinstance(node, ast.Assign | ast.AnnAssign | ast.Delete):
        return node.lineno
    return min([node.lineno, *(d.lineno for d in node.decorator_list)])


class _DropDocumentation(ast.NodeTransformer):
    """Removes the parts of a program that do not change its results."""

    def generic_visit(self, node: ast.AST) -> ast.AST:
        if isinstance(node, ast.arg):
            node.annotation = None
        elif isinstance(node, ast.AnnAssign):
            node.annotation = ast.Constant(None)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            node.returns = None
        elif isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
            node.exc = node.exc.func
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            if ast.get_docstring(node) is not None:
                node.body = node.body[1:]
            node.body = [n for n in node.body if not _is_for_type_checking(n)] or [ast.Pass()]
        return super().generic_visit(node)


def _is_for_type_checking(node: ast.stmt) -> bool:
    names = ast.walk(node.test) if isinstance(node, ast.If) and not node.orelse else ()
    return any("TYPE_CHECKING" in (getattr(n, "id", ""), getattr(n, "attr", "")) for n in names)
