"""Read mistakes: each file holds what a wrong solution has in place of a right one's.

A mistake is a docstring, which is the diagnosis that a learner reads, and the functions, methods
and constants that differ from those of the reference. `base = "variants/NAME"` as its first
statement says that they differ from that variant instead; `del NAME` leaves a
definition out.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from ..errors import CourseError
from ..model import Kata

BASE = "base"
FOLDER = "variants/"

Definition = (
    ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Assign | ast.AnnAssign | ast.Delete
)


class Mistake(Struct, frozen=True):
    """A documented wrong solution."""

    name: str
    path: Path
    text: str
    """What a learner is told, its paragraphs unfolded."""
    module: str
    """The whole wrong module: the right one with the mistake's definitions in it."""


def read_mistakes(kata: Kata) -> list[Mistake]:
    """Return a kata's mistakes in order of name; raises `CourseError` for a file that is broken."""
    return [read_mistake(kata, path.stem) for path in kata.mistakes()]


def read_mistake(kata: Kata, name: str) -> Mistake:
    """Return one mistake; raises `CourseError` when its file is missing or broken."""
    path = kata.folder / "mistakes" / f"{name}.py"
    tree = _parse(path)
    base = base_of(kata, path)
    module = compose(_read(base), _read(path))
    return Mistake(name, path, _unfold(ast.get_docstring(tree) or ""), module)


def mistake_text(kata: Kata, name: str) -> str:
    """Return what a mistake tells a learner; nothing when there is no such file."""
    path = kata.folder / "mistakes" / f"{name}.py"
    return _unfold(ast.get_docstring(_parse(path)) or "") if path.is_file() else ""


def base_of(kata: Kata, path: Path) -> Path:
    """Return the right solution that a mistake's file differs from."""
    name = _base_name(_parse(path))
    if name is None:
        return kata.reference
    base = kata.folder / f"{name}.py"
    if not name.startswith(FOLDER) or not base.is_file():
        raise CourseError(
            f'{path}: base = "{name}" is not a variant of {kata.name}',
            next_step=f'write base = "{FOLDER}NAME", or remove the line',
        )
    return base


def compose(base: str, changes: str) -> str:
    """Return the module `base` with the definitions and imports of `changes` in it.

    A function, method or constant takes the place of the one with its name; of a class, only the
    members that are written are compare_definitions. What has no counterpart is added.
    """
    right, wrong = ast.parse(base), ast.parse(changes)
    edits = _Edits(base)
    known = {ast.unparse(node) for node in right.body}
    imports = [n for n in wrong.body if _is_import(n) and ast.unparse(n) not in known]
    last_import = max((n.end_lineno or 0 for n in right.body if _is_import(n)), default=0)
    if not last_import and ast.get_docstring(right) is not None:
        last_import = right.body[0].end_lineno or 0
    edits.insert(last_import, [ast.unparse(node) for node in imports])
    edits.merge(right, wrong, changes)
    return edits.text()


def compare_definitions(base: str, changes: str) -> Iterator[tuple[int, str, bool | None]]:
    """Yield (line, name, equal) of every definition in `changes`.

    `equal` says whether it is the same program as the definition that it replaces; None means
    that it replaces nothing.
    """
    yield from _compare(ast.parse(base), ast.parse(changes), "")


def _compare(
    right: ast.Module | ast.ClassDef, wrong: ast.Module | ast.ClassDef, prefix: str
) -> Iterator[tuple[int, str, bool | None]]:
    for node in definitions(wrong):
        name = name_of(node)
        counterpart = _named(right, name)
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
            isinstance(tree, ast.Module) and name_of(node) == BASE and _base_name(tree) is not None
        ):
            yield node


def name_of(node: Definition) -> str:
    """Return the name that a definition binds; of several, all of them."""
    if isinstance(node, ast.Assign | ast.Delete):
        return ", ".join(ast.unparse(target) for target in node.targets)
    if isinstance(node, ast.AnnAssign):
        return ast.unparse(node.target)
    return node.name


def program(node: ast.AST) -> str:
    """Return what a piece of code does, as text: without comments, docstrings and annotations.

    What is under `TYPE_CHECKING` and what is said when an exception is raised is left out too.
    """
    copy = ast.parse(ast.unparse(node))
    return ast.unparse(_Program().visit(copy))


def _parse(path: Path) -> ast.Module:
    text = _read(path)
    try:
        return ast.parse(text)
    except SyntaxError as error:
        raise CourseError(
            f"{path}, line {error.lineno}: {error.msg}", next_step="fix the file"
        ) from None


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CourseError(f"{path} cannot be read: {error}", next_step="fix the file") from None


def _unfold(text: str) -> str:
    return "\n\n".join(" ".join(part.split()) for part in text.split("\n\n"))


def _base_name(tree: ast.Module) -> str | None:
    """Return the text of `base = "…"`, where it is the first statement behind the docstring."""
    body = tree.body[1:] if ast.get_docstring(tree) is not None else tree.body
    first = body[0] if body else None
    if not isinstance(first, ast.Assign) or name_of(first) != BASE:
        return None
    value = first.value
    return value.value if isinstance(value, ast.Constant) and type(value.value) is str else None


def _named(tree: ast.Module | ast.ClassDef, name: str) -> Definition | None:
    return next((node for node in definitions(tree) if name_of(node) == name), None)


def _can_merge(right: Definition, wrong: Definition) -> bool:
    """Whether a class can be compare_definitions member by member: its first line stays."""
    if not isinstance(right, ast.ClassDef) or not isinstance(wrong, ast.ClassDef):
        return False
    return _class_line(right) == _class_line(wrong)


def _class_line(node: ast.ClassDef) -> list[str]:
    return [ast.unparse(part) for part in (*node.decorator_list, *node.bases, *node.keywords)]


def _is_import(node: ast.stmt) -> bool:
    if isinstance(node, ast.ImportFrom) and node.module == "__future__":
        return False
    return isinstance(node, ast.Import | ast.ImportFrom)


class _Edits:
    """Replaced and inserted lines of one text, put in at the end."""

    def __init__(self, text: str) -> None:
        self.lines = text.splitlines()
        self.edits: list[tuple[int, int, list[str]]] = []

    def insert(self, after: int, lines: list[str]) -> None:
        """Insert lines behind the line `after`, counted from 1."""
        if lines:
            self.edits.append((after, after, lines))

    def replace(self, node: Definition, lines: list[str]) -> None:
        """Replace the lines of a definition."""
        self.edits.append((_first_line(node) - 1, node.end_lineno or node.lineno, lines))

    def merge(
        self, right: ast.Module | ast.ClassDef, wrong: ast.Module | ast.ClassDef, source: str
    ) -> None:
        """Put the definitions of `wrong`, whose text is `source`, in the place of those named."""
        unplaced: list[list[str]] = []
        is_module = isinstance(right, ast.Module)
        for node in definitions(wrong):
            counterpart = _named(right, name_of(node))
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
        """Return the text with all edits in it."""
        lines = list(self.lines)
        for start, end, new in sorted(self.edits, key=lambda edit: edit[:2], reverse=True):
            lines[start:end] = new
        return "\n".join(lines) + "\n"


def _first_line(node: Definition) -> int:
    if isinstance(node, ast.Assign | ast.AnnAssign | ast.Delete):
        return node.lineno
    return min([node.lineno, *(d.lineno for d in node.decorator_list)])


class _Program(ast.NodeTransformer):
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
                node.body[0] = ast.Pass()
            node.body = [n for n in node.body if not _is_for_type_checking(n)] or [ast.Pass()]
        return super().generic_visit(node)


def _is_for_type_checking(node: ast.stmt) -> bool:
    names = ast.walk(node.test) if isinstance(node, ast.If) and not node.orelse else ()
    return any("TYPE_CHECKING" in (getattr(n, "id", ""), getattr(n, "attr", "")) for n in names)
