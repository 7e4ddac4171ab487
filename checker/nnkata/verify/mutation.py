"""Mutants of a reference: one small change each, which the checks should notice.

cosmic-ray's operators make them, text to text. A change that no check should ask for (in a
docstring, an annotation, what stands under `TYPE_CHECKING`, or the words of an exception) makes
no mutant, and neither does one that Python cannot read. Those that the checks let live are listed
in a kata's mutants.toml, each with its reason:

    format = 1

    [[survivors]]
    within = "softmax"
    line = "shifted = z - z.max(axis=axis, keepdims=True)"
    mutant = "shifted = z - z.max(axis=axis, keepdims=False)"
    reason = "…"
"""

from __future__ import annotations

import ast
import pickle
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

from msgspec import Meta, Struct

from ..course.mistakes import program
from ..course.toml_reader import read_toml
from ..errors import KataError

if TYPE_CHECKING:
    from parso.tree import NodeOrLeaf

KILLED_WANTED = 0.9
FEW = 3
"""So many may live in any case: a small module has few mutants, and some change nothing."""


class Mutant(Struct, frozen=True):
    """A module's text with one change, and where the change is."""

    text: str
    number: int
    within: str
    line: str
    mutant: str

    def __str__(self) -> str:
        return f"`{self.line}` became `{self.mutant}`{_in(self.within)}"


class Survivor(Struct, frozen=True, forbid_unknown_fields=True):
    """A mutant that lives, as an author lists it; spaces do not count."""

    line: str
    """The line of the reference that is changed; where several are, they are joined by a space."""
    mutant: str
    """What it becomes; empty where the line is taken away."""
    reason: Annotated[str, Meta(min_length=1)]
    """Why no check can, or need, tell it from the reference."""
    within: str = ""
    """The function, class or method that the line stands in, by its dotted name."""

    def __str__(self) -> str:
        return f"`{self.line}` to `{self.mutant}`{_in(self.within)}"


class MutantsFile(Struct, frozen=True, forbid_unknown_fields=True):
    """What an author writes in mutants.toml."""

    format: Literal[1]
    survivors: list[Survivor] = []


class MutationScore(Struct, frozen=True):
    """What became of a kata's mutants."""

    mutants: list[Mutant]
    survivors: list[Mutant]

    @property
    def made(self) -> int:
        """How many there are."""
        return len(self.mutants)

    @property
    def killed(self) -> int:
        """How many a check noticed."""
        return len(self.mutants) - len(self.survivors)

    @property
    def enough(self) -> bool:
        """Whether as many were killed as is wanted."""
        return len(self.survivors) <= FEW or self.killed >= KILLED_WANTED * self.made

    def unlisted(self, listed: list[Survivor]) -> list[Mutant]:
        """Return the survivors that nobody gave a reason for."""
        known = {_key(s) for s in listed}
        return [m for m in self.survivors if _key(m) not in known]

    def outdated(self, listed: list[Survivor]) -> Iterator[tuple[int, Survivor, bool]]:
        """Yield (which, entry, whether there still is such a mutant) of those that do not live."""
        alive = {_key(m) for m in self.survivors}
        made = {_key(m) for m in self.mutants}
        for index, entry in enumerate(listed):
            if _key(entry) not in alive:
                yield index, entry, _key(entry) in made


class Mutator:
    """Makes mutants with cosmic-ray's operators, which it imports when it is made."""

    def __init__(self) -> None:
        """Raise `KataError` when cosmic-ray is not installed."""
        try:
            from cosmic_ray.ast import ast_nodes, get_ast  # type: ignore[import-untyped]
            from cosmic_ray.operators.provider import (  # type: ignore[import-untyped]
                OperatorProvider,
            )
        except ImportError:
            raise KataError(
                "mutants are made with cosmic-ray, which is not installed",
                next_step='pip install "nnkata[author]"',
            ) from None
        provider = OperatorProvider()
        kinds = [provider[name] for name in provider]
        self.operators = [kind() for kind in kinds if not kind.arguments()]
        self.nodes: Callable[[str], list[NodeOrLeaf]] = lambda text: list(ast_nodes(get_ast(text)))

    def mutants(self, text: str) -> list[Mutant]:
        """Return every mutant of a module's text; those that are the same program once."""
        seen = {program(ast.parse(text))}
        found = []
        for changed in self._changed(text):
            try:
                bare = program(ast.parse(changed))
            except SyntaxError:
                continue
            if bare not in seen:
                seen.add(bare)
                found.append(_mutant(text, changed))
        return found

    def _changed(self, text: str) -> Iterator[str]:
        nodes = self.nodes(text)
        fresh = pickle.dumps(nodes)  # an operator changes the tree that it is given
        for operator in self.operators:
            for number, node in enumerate(nodes):
                for index, _ in enumerate(operator.mutation_positions(node)):
                    yield _changed(pickle.loads(fresh), number, operator, index)


def read_survivors(path: Path) -> list[Survivor]:
    """Return what a mutants.toml lists, nothing if there is none; raises `CourseError`."""
    return read_toml(path, MutantsFile).survivors if path.is_file() else []


def line_of_entry(path: Path, index: int) -> int:
    """Return the line in which an entry of a mutants.toml begins."""
    lines = path.read_text(encoding="utf-8").splitlines()
    starts = [i for i, line in enumerate(lines, 1) if line.strip() == "[[survivors]]"]
    return starts[index] if index < len(starts) else 0


def _changed(nodes: list[Any], number: int, operator: Any, index: int) -> str:
    """Let an operator change one node of a tree, and return the tree's text."""
    node = nodes[number]
    new = operator.mutate(node, index)
    if new is not node:
        siblings = node.parent.children
        place = next(i for i, other in enumerate(siblings) if other is node)
        siblings[place : place + 1] = [] if new is None else [new]
    return str(nodes[0].get_code())


def _mutant(text: str, changed: str) -> Mutant:
    """Find the lines that a change touched."""
    before, after = text.splitlines(), changed.splitlines()
    start = _common(before, after)
    end = _common(before[start:][::-1], after[start:][::-1])
    touched = before[start : len(before) - end]
    number = start + 1 + next((i for i, line in enumerate(touched) if line.strip()), 0)
    return Mutant(
        changed,
        number,
        _within(ast.parse(text), number),
        _joined(touched),
        _joined(after[start : len(after) - end]),
    )


def _common(one: list[str], two: list[str]) -> int:
    pairs = enumerate(zip(one, two, strict=False))
    return next((i for i, (a, b) in pairs if a != b), min(len(one), len(two)))


def _joined(lines: list[str]) -> str:
    return " ".join(" ".join(lines).split())


def _within(tree: ast.Module, line: int) -> str:
    """Return the dotted name of the function, class or method that a line stands in."""
    names = []
    body: list[ast.stmt] = tree.body
    while body:
        inside: list[ast.stmt] = []
        for node in body:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                first = min([node.lineno, *(d.lineno for d in node.decorator_list)])
                if first <= line <= (node.end_lineno or first):
                    names.append(node.name)
                    inside = node.body
        body = inside
    return ".".join(names)


def _key(entry: Mutant | Survivor) -> tuple[str, str, str]:
    return entry.within, "".join(entry.line.split()), "".join(entry.mutant.split())


def _in(within: str) -> str:
    return f" in {within}" if within else ""
