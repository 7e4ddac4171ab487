"""The code of a draft: the definitions in which a module differs from a right solution.

Modules of submissions are taken apart in a worker (`confined`): this file is sent to it as text, so
it imports only the standard library and `course.definitions`.
"""

from __future__ import annotations

import ast
import copy
import textwrap
from collections.abc import Generator, Iterator

from ..course.definitions import (
    Definition,
    class_line,
    compose,
    definition_name,
    definitions,
    find_definition,
    is_import,
    program,
)


class UndraftableError(Exception):
    """Raised for a module from which no draft can be made; the message says why."""


class TooCostlyError(UndraftableError):
    """Raised for a module that needs more time or memory than a draft may take."""


def differences_or_reason(base: str, text: str) -> tuple[tuple[str, ...], str]:
    """Return the parts of a mistake that turns `base` into `text`, and why there are none or ""."""
    try:
        return tuple(_differences(ast.parse(base), ast.parse(text))), ""
    except UndraftableError as error:
        return (), str(error)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        return (), f"Python cannot read it: {type(error).__name__}"


class Trimming:
    """Removes definitions from the code of a mistake, as long as the rest gives the same answers.

    `module` is the module to run next, or None at the end; then `parts` are the parts that are
    left, or None if even the whole code does not give the answers.
    """

    def __init__(self, base: str, code: str) -> None:
        """Begin with the whole code on top of the right solution `base`."""
        self._steps = _trim(base, code)
        self.parts: list[str] | None = None
        self.module: str | None = next(self._steps)

    def go_on(self, reproduces: bool) -> None:
        """Say whether `module` gives the same answers, and make the next one."""
        try:
            self.module = self._steps.send(reproduces)
        except StopIteration as end:
            self.module, self.parts = None, end.value


def _trim(base: str, code: str) -> Generator[str, bool, list[str] | None]:
    """Yield modules to run; return the parts of the code that make a difference."""
    if not (yield compose(base, code)):
        return None
    tree = ast.parse(code)
    classes = [node for node in tree.body if isinstance(node, ast.ClassDef)]
    owners: list[ast.Module | ast.ClassDef] = [tree, *classes]
    for owner in owners:
        for node in list(owner.body):
            if owner not in (tree, *tree.body) or not _is_optional(node):
                continue
            place = owner.body.index(node)
            owner.body.remove(node)
            text = ast.unparse(_without_empty(tree))
            if not text.strip() or not (yield compose(base, text)):
                owner.body.insert(place, node)
    used = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    for node in tree.body:
        if isinstance(node, ast.Import | ast.ImportFrom):
            node.names = [a for a in node.names if (a.asname or a.name.split(".")[0]) in used]
    return [ast.unparse(node) for node in _without_empty(tree).body]


_trimmings: list[Trimming] = []
"""The trimming that the grader has begun."""


def begin_trimming(base: str, code: str) -> tuple[str | None, tuple[str, ...] | None]:
    """Return the first module to run, and the parts that are left at the end."""
    _trimmings[:] = [Trimming(base, code)]
    return _state()


def go_on_trimming(reproduces: bool) -> tuple[str | None, tuple[str, ...] | None]:
    """Return the next module to run, and the parts that are left at the end."""
    _trimmings[0].go_on(reproduces)
    return _state()


def _state() -> tuple[str | None, tuple[str, ...] | None]:
    trimming = _trimmings[0]
    return trimming.module, None if trimming.parts is None else tuple(trimming.parts)


def _is_optional(node: ast.stmt) -> bool:
    return isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Delete | ast.AnnAssign) or (
        isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) != "base"
    )


def _without_empty(tree: ast.Module) -> ast.Module:
    """Return a module without empty classes and imports."""
    return ast.Module([node for node in tree.body if not _is_empty(node)], [])


def _is_empty(node: ast.stmt) -> bool:
    if isinstance(node, ast.Import | ast.ImportFrom):
        return not node.names
    return isinstance(node, ast.ClassDef) and not node.body


def _differences(right: ast.Module, wrong: ast.Module) -> list[str]:
    """Return the imports and definitions of a mistake that turns `right` into `wrong`."""
    wrong = copy.deepcopy(wrong)
    _inline_helpers(right, wrong)
    changed = list(_changed_definitions(right, wrong))
    code = ast.parse("\n\n\n".join(changed))
    _require_complete(code, right, wrong)
    known = {ast.unparse(node) for node in right.body}
    used = {node.id for node in ast.walk(code) if isinstance(node, ast.Name)}
    imports = []
    for node in wrong.body:
        if isinstance(node, ast.Import | ast.ImportFrom) and is_import(node):
            node.names = [a for a in node.names if (a.asname or a.name.split(".")[0]) in used]
            if node.names and ast.unparse(node) not in known:
                imports.append(ast.unparse(node))
    return [*imports, *changed] if changed else []


def _require_complete(code: ast.Module, right: ast.Module, wrong: ast.Module) -> None:
    """Raise `UndraftableError` if the code of a mistake uses a helper that was not moved."""
    names = _extra_names(right, wrong)
    members: set[str] = set()
    for node in wrong.body:
        counterpart = find_definition(right, node.name) if isinstance(node, ast.ClassDef) else None
        if isinstance(node, ast.ClassDef) and isinstance(counterpart, ast.ClassDef):
            members |= _extra_names(counterpart, node)
    outside = copy.deepcopy(code)
    for function in _functions(outside):
        function.body = [ast.Pass()]
    lost = {node.id for node in ast.walk(outside) if isinstance(node, ast.Name)} & names
    lost |= {node.attr for node in ast.walk(code) if isinstance(node, ast.Attribute)} & members
    if lost:
        raise UndraftableError(
            f"it uses {', '.join(sorted(lost))}, which the reference does not have"
        )


def _extra_names(right: ast.Module | ast.ClassDef, wrong: ast.Module | ast.ClassDef) -> set[str]:
    """Return the names that only `wrong` defines, without special methods."""
    names = {definition_name(node) for node in definitions(wrong)}
    return {
        name for name in names
        if name.isidentifier() and not _is_special(name) and find_definition(right, name) is None
    }  # fmt: skip


def _changed_definitions(
    right: ast.Module | ast.ClassDef, wrong: ast.Module | ast.ClassDef
) -> Iterator[str]:
    """Yield the definitions that differ, and a `del` for each public one that is missing."""
    own = {definition_name(node) for node in definitions(wrong)}
    for node in definitions(wrong):
        name = definition_name(node)
        counterpart = find_definition(right, name)
        if name == "__all__" or isinstance(node, ast.Delete):
            continue
        if counterpart is None and not _is_special(name):
            continue
        if (
            isinstance(node, ast.ClassDef)
            and isinstance(counterpart, ast.ClassDef)
            and class_line(node) == class_line(counterpart)
        ):
            members = list(_changed_definitions(counterpart, node))
            if members:
                empty = copy.copy(node)
                empty.body = [ast.Pass()]
                head = ast.unparse(empty).rpartition("\n")[0]
                yield f"{head}\n" + textwrap.indent("\n\n".join(members), "    ")
        elif counterpart is None or program(counterpart) != program(node):
            yield ast.unparse(_strip(node))
    for node in definitions(right):
        name = definition_name(node)
        bare = name.isidentifier() and name != "__all__"
        if isinstance(node, ast.AnnAssign) and node.value is None:
            continue  # it only declares the type of an attribute
        if bare and name not in own and (_is_special(name) or not name.startswith("_")):
            yield f"del {name}"


def _is_special(name: str) -> bool:
    return name.startswith("__") and name.endswith("__")


def _strip(node: Definition) -> Definition:
    """Return a definition without docstrings and without the annotations of parameters."""
    for inner in ast.walk(node):
        if isinstance(inner, ast.arg):
            inner.annotation = None
        elif isinstance(inner, ast.FunctionDef | ast.AsyncFunctionDef):
            inner.returns = None
        if isinstance(inner, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and (
            ast.get_docstring(inner, clean=False) is not None
        ):
            inner.body = inner.body[1:] or [ast.Pass()]
    return node


def _inline_helpers(right: ast.Module, wrong: ast.Module) -> None:
    """Move helpers without a counterpart in `right` into the functions that use them.

    A mistake may only define names that the right solution defines too. Helper methods become
    functions whose first argument is the object. Helpers that cannot be moved stay, and
    `kata verify` reports them.
    """
    for node in wrong.body:
        if isinstance(node, ast.ClassDef):
            counterpart = find_definition(right, node.name)
            if isinstance(counterpart, ast.ClassDef):
                _inline_methods(counterpart, node)
    extra = _extra_names(right, wrong)
    every = {definition_name(node): node for node in definitions(wrong)}
    helpers = {name: node for name, node in every.items() if name in extra}
    for function in _functions(wrong):
        if function.name not in helpers:
            _nest(function, helpers)


def _functions(tree: ast.Module) -> Iterator[ast.FunctionDef]:
    """Yield the functions and the methods of a module."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            yield node
        elif isinstance(node, ast.ClassDef):
            yield from (inner for inner in node.body if isinstance(inner, ast.FunctionDef))


def _nest(function: ast.FunctionDef, helpers: dict[str, Definition]) -> None:
    """Insert the helpers that a function uses, directly or indirectly, at its beginning."""
    used: set[str] = set()
    waiting: list[ast.AST] = [function]
    while waiting:
        node = waiting.pop()
        names = {inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name)}
        for name in names & helpers.keys() - used:
            used.add(name)
            waiting.append(helpers[name])
    nested = [copy.deepcopy(node) for name, node in helpers.items() if name in used]
    if ast.get_docstring(function, clean=False) is not None:
        function.body = function.body[1:] or [ast.Pass()]
    function.body = [*nested, *function.body]


def _inline_methods(right: ast.ClassDef, wrong: ast.ClassDef) -> None:
    """Turn the helper methods of a class into functions inside the methods that call them."""
    extra = _extra_names(right, wrong)
    methods = [node for node in wrong.body if isinstance(node, ast.FunctionDef)]
    helpers = {node.name: node for node in methods if node.name in extra}
    helpers = {name: node for name, node in helpers.items() if not node.decorator_list}
    calls = [
        node.func
        for node in ast.walk(wrong)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    ]
    uses = [
        node for node in ast.walk(wrong)
        if isinstance(node, ast.Attribute) and node.attr in helpers
    ]  # fmt: skip
    for use in uses:  # a method that is used without a call cannot be moved
        if not any(use is call for call in calls):
            helpers.pop(use.attr, None)
    if not helpers:
        return
    for method in methods:
        _CallsAsFunctions(set(helpers)).visit(method)
    for method in methods:
        if method.name not in helpers:
            _nest(method, dict(helpers))


class _CallsAsFunctions(ast.NodeTransformer):
    """Writes `x.helper(a)` as `helper(x, a)`."""

    def __init__(self, names: set[str]) -> None:
        self.names = names

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        if isinstance(node.func, ast.Attribute) and node.func.attr in self.names:
            node.args = [node.func.value, *node.args]
            node.func = ast.Name(node.func.attr, ast.Load())
        return node
