"""Draft a mistake from a submission: the definitions in which it differs from a correct solution.

The draft is a file as docs/instructor/authoring.md describes it. A person has to write its
docstring, which learners will read, so it is marked with a TODO. The code is generated from the
syntax tree, without comments and docstrings, because they can contain names of people.
"""

from __future__ import annotations

import ast
import copy
import textwrap
from collections.abc import Iterator

from msgspec import Struct

from ..course.mistakes import (
    BASE,
    Definition,
    class_line,
    definition_name,
    definitions,
    find_definition,
    is_import,
    program,
)
from ..files import read_course_file
from ..model import Kata
from ..text.sanitize import visible
from .records import FailureGroup
from .replay import Reproduces, trim
from .syntax_tokens import MAX_TEXT

TO_WRITE = "TODO: say what is wrong and why, with a number, in words for the learner."
"""The docstring of a draft; `kata verify` refuses a file with a TODO."""
EVIDENCE_LINES = 12
WIDTH = 90


OTHERWISE = "With the reference's modules, it gives different answers: look for what is missing."


class UndraftableError(Exception):
    """Raised for a module from which no draft can be made; the message says why."""


class Draft(Struct, frozen=True):
    """The code of a mistake, and the text of the right solution that it differs from."""

    base: str
    parts: list[str]

    @property
    def code(self) -> str:
        """The parts as a module."""
        return "\n\n\n".join(_join_short(self.parts)) + "\n"


def draft_shortest(
    kata: Kata, texts: list[str], group: FailureGroup, submissions: int,
    reproduces: Reproduces | None = None,
) -> str:  # fmt: skip
    """Return the text of the shortest draft from a member of a group.

    With `reproduces`, definitions are removed as long as the rest still gives the group's answers.
    Raises `UndraftableError`.
    """
    drafts, why = [], "no module of the group is unchanged since it was graded"
    for text in dict.fromkeys(texts):
        try:
            drafts.append(draft_mistake(kata, text))
        except UndraftableError as error:
            why = str(error)
    if not drafts:
        raise UndraftableError(why)
    draft = min(drafts, key=lambda draft: len(draft.code))
    note = ""
    if reproduces is not None:
        parts = trim(draft.base, draft.code, reproduces)
        draft = Draft(draft.base, parts or draft.parts)
        note = "It was run, and gives the same answers." if parts else OTHERWISE
    lines = [f"# {line}".rstrip() + "\n" for line in _evidence(group, submissions, note)]
    return f'"""{TO_WRITE}"""\n\n{"".join(lines)}\n{draft.code}'


def draft_mistake(kata: Kata, text: str) -> Draft:
    """Return the draft of a mistake from the module `text` of a submission.

    It differs from the reference or from a variant, whichever takes less code. Raises
    `UndraftableError`.
    """
    if len(text) > MAX_TEXT:  # a tree takes a thousand times as much memory as its text
        raise UndraftableError(f"it is longer than {MAX_TEXT} characters")
    drafts = []
    why = "its definitions are those of a correct solution"
    for name, path in [("", kata.reference), *((p.stem, p) for p in kata.variants())]:
        base = read_course_file(path)
        try:
            body = _differences(ast.parse(base), ast.parse(text))
        except UndraftableError as error:
            why = str(error)
            continue
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            raise UndraftableError(f"Python cannot read it: {type(error).__name__}") from None
        if body:
            drafts.append(Draft(base, [*([f'{BASE} = "variants/{name}"'] if name else []), *body]))
    if not drafts:
        raise UndraftableError(why)
    return min(drafts, key=lambda draft: len(draft.code))


def _evidence(group: FailureGroup, submissions: int, note: str) -> Iterator[str]:
    """Yield facts about a group for the author of the docstring, without names."""
    yield f"Draft: {group.count} of {submissions} submissions answer like this."
    yield from [note] if note else []
    yield from textwrap.wrap(f"They fail {', '.join(group.checks)}.", WIDTH)
    if group.smallest is not None:
        yield "The shortest call on which they differ from the reference:"
        lines = group.smallest.call.splitlines()
        for label, value in (("got", group.smallest.got or group.smallest.message),
                             ("expected", group.smallest.expected)):  # fmt: skip
            lines += f"{label}: {value}".splitlines() if value else []
        for line in lines[:EVIDENCE_LINES]:
            shown = visible(line)[:WIDTH].encode("ascii", "backslashreplace").decode()
            yield f"  {shown}".rstrip()


def _join_short(parts: list[str]) -> list[str]:
    """Return the parts of a module with imports and constants in a row on lines of their own."""
    joined: list[str] = []
    for part in parts:
        short = "\n" not in part and not part.startswith("@")
        if short and joined and "\n" not in joined[-1].rpartition("\n\n\n")[2]:
            joined[-1] += f"\n{part}"
        else:
            joined.append(part)
    return joined


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
