"""Make a kata's stub: the reference with its function bodies removed."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator

LINE_LENGTH = 100
_Function = ast.FunctionDef | ast.AsyncFunctionDef


def stub_text(reference: str, kata: str, given: Collection[str] = ()) -> str:
    """Return the stub of the module `reference`, for the kata named `kata`.

    Public functions, classes and methods keep their signature and docstring, and their bodies
    raise NotImplementedError. Private definitions and imports that are no longer used are removed.
    The functions in `given` (`name` or `Class.method`) keep their bodies.
    """
    writer = _StubWriter(reference, kata, frozenset(given))
    parts = _select_parts(list(writer.module(ast.parse(reference))))
    return _add_blank_lines([line for part in parts for line in part.lines])


class _Part:
    """Some lines of a stub, the names that they use, and the names that they bind."""

    def __init__(
        self, lines: list[str], names: set[str], binds: frozenset[str] = frozenset(),
        is_import: bool = False, is_private: bool = False,
    ) -> None:  # fmt: skip
        self.lines = lines
        self.names = names
        self.binds = binds
        self.is_import = is_import
        self.is_private = is_private


def _select_parts(parts: list[_Part]) -> list[_Part]:
    """Return the public parts, and the private parts and imports that they use."""
    needed = {name for part in parts if not part.is_private for name in part.names}
    while True:
        private = [part for part in parts if part.is_private and part.binds & needed]
        more = {name for part in private for name in part.names} - needed
        if not more:
            break
        needed |= more
    separated = False  # whether imports that are left out had a blank line before them
    for part in parts:
        lines = _import_lines(part, needed) if part.is_import else part.lines
        separated = separated or (bool(part.lines) and not part.lines[0].strip())
        if part.is_import and lines and separated and lines[0].strip():
            lines = ["", *lines]
        separated = separated and part.is_import and not lines
        part.lines = lines
    return [part for part in parts if not part.is_private or part.binds & needed]


def _import_lines(part: _Part, needed: set[str]) -> list[str]:
    """Return the lines of an import, with only the needed names; no lines for other parts."""
    (node,) = ast.parse("\n".join(line.strip() for line in part.lines).strip() or "pass").body
    if not isinstance(node, ast.Import | ast.ImportFrom):
        return []
    if isinstance(node, ast.ImportFrom) and node.module == "__future__":
        return part.lines
    names = [a for a in node.names if (a.asname or a.name.split(".")[0]) in needed]
    if len(names) == len(node.names):
        return part.lines
    if not names:
        return []
    node.names = names
    blanks = [line for line in part.lines if not line.strip()]
    return [*blanks, ast.unparse(node)]


class _StubWriter:
    """Splits a module into parts and yields those that can belong to the stub."""

    def __init__(self, text: str, kata: str, given: frozenset[str]) -> None:
        self.lines = text.splitlines()
        self.kata = kata
        self.given = given

    def module(self, tree: ast.Module) -> Iterator[_Part]:
        """Yield the parts of a module, in order."""
        end = 0
        before: ast.stmt | None = None
        for node in tree.body:
            start, end = end, node.end_lineno or node.lineno
            if _is_text(node) and isinstance(before, ast.Assign | ast.AnnAssign):
                # It describes the constant above it, and is kept only with that constant.
                binds = _binds(before)
                yield _Part(
                    self._source_lines(node, start), set(), binds, is_private=_are_private(binds)
                )
            elif isinstance(node, ast.Import | ast.ImportFrom):
                yield _Part(self._source_lines(node, start), set(), is_import=True)
            elif isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                yield self._class(node, start)
            elif isinstance(node, _Function) and _is_in_stub(node.name, self.given):
                yield self._function(node, start, node.name, "")
            elif isinstance(node, ast.ClassDef | ast.Assign | ast.AnnAssign):
                binds = _binds(node)
                names = _used_names(node) - binds
                yield _Part(
                    self._source_lines(node, start), names, binds, is_private=_are_private(binds)
                )
            elif not isinstance(node, _Function):  # the docstring, or `if TYPE_CHECKING:`
                yield _Part(self._source_lines(node, start), _used_names(node))
            before = node

    def _source_lines(self, node: ast.stmt, before: int) -> list[str]:
        return self.lines[before : node.end_lineno]

    def _class(self, node: ast.ClassDef, before: int) -> _Part:
        head = self.lines[before : node.body[0].lineno - 1]
        lines, names, end = list(head), set(), node.body[0].lineno - 1
        for outer in (*node.bases, *node.decorator_list, *node.keywords):
            names |= _used_names(outer)
        for member in node.body:
            start, end = end, member.end_lineno or member.lineno
            if isinstance(member, _Function):
                name = f"{node.name}.{member.name}"
                if _is_in_stub(member.name, self.given) or name in self.given:
                    part = self._function(member, start, name, "    ")
                    lines += part.lines
                    names |= part.names
            elif not _is_slots(member):
                lines += self._source_lines(member, start)
                names |= _used_names(member)
        return _Part(lines, names)

    def _function(self, node: _Function, before: int, name: str, indent: str) -> _Part:
        if name in self.given:
            return _Part(self._source_lines(node, before), _used_names(node))
        first = node.body[0]
        has_doc = ast.get_docstring(node) is not None
        head_end = (first.end_lineno or 0) if has_doc else first.lineno - 1
        lines = [line for line in self.lines[before : node.lineno - 1 - len(node.decorator_list)]
                 if not line.strip()]  # fmt: skip
        start = min([node.lineno, *(d.lineno for d in node.decorator_list)]) - 1
        lines += self.lines[start:head_end]
        if not has_doc and first.lineno == node.lineno:  # the body is on the line of the `def`
            lines[-1] = lines[-1][: first.col_offset].rstrip()
        words = f'"kata {self.kata}: {name} is not written yet"'
        line = f"{indent}    raise NotImplementedError({words})"
        if len(line) > LINE_LENGTH:  # split as formatters do
            lines += [f"{indent}    raise NotImplementedError(", f"{indent}        {words}"]
            lines.append(f"{indent}    )")
        else:
            lines.append(line)
        names: set[str] = set()
        for outer in (node.args, node.returns, *node.decorator_list):
            if outer is not None:
                names |= _used_names(outer)
        return _Part(lines, names)


def _is_slots(node: ast.stmt) -> bool:
    """Return whether a class member is `__slots__`, which the stub does not need."""
    return isinstance(node, ast.Assign) and any(
        isinstance(t, ast.Name) and t.id == "__slots__" for t in node.targets
    )


def _used_names(node: ast.AST) -> set[str]:
    names = {n.id for n in ast.walk(node) if isinstance(n, ast.Name)}
    for text in (n.value for n in ast.walk(node) if isinstance(n, ast.Constant)):
        if isinstance(text, str) and text.isidentifier():  # an annotation in quotes
            names.add(text)
    return names


def _add_blank_lines(lines: list[str]) -> str:
    """Return the lines as text, with the blank lines between them that formatters require."""
    spaced: list[str] = []
    gap = 0
    for line in lines:
        if not line.strip():
            gap += 1
            continue
        top = line.startswith(("def ", "class ", "async def ", "@"))
        decorated = bool(spaced) and spaced[-1].startswith("@")
        if spaced:
            wanted = 2 if top and not decorated else min(gap, 1 if line[0] == " " else 2)
            after_docstring = spaced[-1].endswith('"""') and line[0] != " "
            spaced += [""] * max(wanted, int(after_docstring))
        spaced.append(line.rstrip())
        gap = 0
    return "\n".join(spaced) + "\n"


def _is_in_stub(name: str, given: Collection[str]) -> bool:
    """Return whether a function belongs to the stub: it is public, special or given."""
    is_special = name.startswith("__") and name.endswith("__")
    return is_special or not name.startswith("_") or name in given


def _are_private(names: Collection[str]) -> bool:
    return all(name.startswith("_") and name != "__all__" for name in names)


def _is_text(node: ast.stmt) -> bool:
    """Return whether a statement is a string and nothing else, such as a docstring."""
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    )


def _binds(node: ast.ClassDef | ast.Assign | ast.AnnAssign) -> frozenset[str]:
    if isinstance(node, ast.ClassDef):
        return frozenset({node.name})
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    names = (n for target in targets for n in ast.walk(target))
    return frozenset(n.id for n in names if isinstance(n, ast.Name))
