"""Mutants of a reference: one small change each, which the checks should notice.

cosmic-ray's operators change the text. A change in a docstring, an annotation, a block under
`TYPE_CHECKING` or the message of an exception is not a mutant, because no check should test it; a
syntax error is not one either. Survivors, the mutants that pass the checks, are listed in a
kata's mutants.toml, each with a reason:

    format = 1

    [[survivors]]
    within = "softmax"
    line = "shifted = z - z.max(axis=axis, keepdims=True)"
    mutant = "shifted = z - z.max(axis=axis, keepdims=False)"
    kind = "equivalent"
    reason = "…"

Equivalent mutants, and those that differ only in what the lesson leaves open, do not count in the
share of mutants that the checks must kill.
"""

from __future__ import annotations

import ast
import pickle
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

from msgspec import Meta, Struct

from ..course.definitions import program
from ..course.toml_reader import read_toml
from ..errors import KataError

if TYPE_CHECKING:
    from parso.tree import NodeOrLeaf

KILLED_WANTED = 0.95
"""The required share of killed mutants, without those that are listed as equivalent or open."""
KILLED_OF_ALL = 0.9
"""The required share of all mutants: rarely more than a tenth of them are equivalent."""
SURVIVORS_ALLOWED = 3
"""This many survivors are allowed even below KILLED_OF_ALL: a small module has few mutants."""


class Mutant(Struct, frozen=True):
    """A module's text with one change, and the place of the change."""

    text: str
    number: int
    within: str
    line: str
    mutant: str

    def __str__(self) -> str:
        return f"`{self.line}` became `{self.mutant}`{_in(self.within)}"


class Survivor(Struct, frozen=True, forbid_unknown_fields=True):
    """A mutant that no check kills, as an author lists it; whitespace is ignored."""

    line: str
    """The line of the reference that is changed; several are joined by a space."""
    mutant: str
    """The line of the mutant; empty if the line is removed."""
    reason: Annotated[str, Meta(min_length=1)]
    """Why no check can, or needs to, distinguish it from the reference."""
    kind: Literal["equivalent", "open"] | None = None
    """equivalent: it gives the same results for all inputs that the lesson allows. open: it
    differs only in a detail that the lesson leaves open.

    Without a kind, it is wrong in a way that the checks miss, and counts as not killed.
    """
    within: str = ""
    """The dotted name of the function, class or method that contains the line."""

    def __str__(self) -> str:
        return f"`{self.line}` to `{self.mutant}`{_in(self.within)}"


class MutantsFile(Struct, frozen=True, forbid_unknown_fields=True):
    """The content of a mutants.toml."""

    format: Literal[1]
    survivors: list[Survivor] = []


class MutationScore(Struct, frozen=True):
    """A kata's mutants, those that survive its checks, and those that its author lists."""

    mutants: list[Mutant]
    survivors: list[Mutant]
    listed: list[Survivor]

    @property
    def count(self) -> int:
        """The number of mutants."""
        return len(self.mutants)

    @property
    def killed(self) -> int:
        """The number of mutants that a check noticed."""
        return len(self.mutants) - len(self.survivors)

    @property
    def excused(self) -> int:
        """The number of survivors that are listed as equivalent or open."""
        known = {_key(s) for s in self.listed if s.kind is not None}
        return sum(_key(m) in known for m in self.survivors)

    def shortfall(self) -> tuple[int, int, float] | None:
        """Return (survivors, mutants, share to kill) if the checks kill too few mutants.

        They must kill the share KILLED_WANTED of the mutants that are neither equivalent nor open.
        Of all mutants, they must kill the share KILLED_OF_ALL, or all but SURVIVORS_ALLOWED.
        """
        alive, counted = len(self.survivors), self.count - self.excused
        if counted and self.killed / counted < KILLED_WANTED:
            return alive - self.excused, counted, KILLED_WANTED
        if alive > SURVIVORS_ALLOWED and self.killed / self.count < KILLED_OF_ALL:
            return alive, self.count, KILLED_OF_ALL
        return None

    def missing_entries(self) -> list[Mutant]:
        """Return the survivors that are not listed."""
        known = {_key(s) for s in self.listed}
        return [m for m in self.survivors if _key(m) not in known]

    def outdated_entries(self) -> Iterator[tuple[int, Survivor, bool]]:
        """Yield (index, entry, whether the mutant exists) of the entries that do not survive."""
        surviving = {_key(m) for m in self.survivors}
        existing = {_key(m) for m in self.mutants}
        for index, entry in enumerate(self.listed):
            if _key(entry) not in surviving:
                yield index, entry, _key(entry) in existing


class Mutator:
    """Makes mutants with the operators of cosmic-ray, which is imported by the constructor."""

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
        """Return all mutants of a module's text; mutants that are the same program count once."""
        seen = {program(ast.parse(text))}
        mutants = []
        for changed in self._mutated_texts(text):
            try:
                bare = program(ast.parse(changed))
            except SyntaxError:
                continue
            if bare not in seen:
                seen.add(bare)
                mutants.append(_describe_mutant(text, changed))
        return mutants

    def drawn_texts(self, text: str, seed: int) -> Iterator[str]:
        """Yield the texts of all mutants in random order, each made on demand.

        Two of them may be the same program.
        """
        right = program(ast.parse(text))
        for changed in self._mutated_texts(text, random.Random(seed)):
            try:
                bare = program(ast.parse(changed))
            except SyntaxError:
                continue
            if bare != right:
                yield changed

    def _mutated_texts(self, text: str, order: random.Random | None = None) -> Iterator[str]:
        nodes = self.nodes(text)
        fresh = pickle.dumps(nodes)  # an operator changes the tree that it gets
        places = [
            (number, operator, index)
            for operator in self.operators
            for number, node in enumerate(nodes)
            for index, _ in enumerate(operator.mutation_positions(node))
        ]
        if order is not None:
            order.shuffle(places)
        for number, operator, index in places:
            yield _mutate(pickle.loads(fresh), number, operator, index)


def find_mutator() -> Mutator | None:
    """Return a mutator, or None if cosmic-ray is not installed."""
    try:
        return Mutator()
    except KataError:
        return None


def read_survivors(path: Path) -> list[Survivor]:
    """Return the survivors in a mutants.toml, if there is one; raises `CourseError`."""
    return read_toml(path, MutantsFile).survivors if path.is_file() else []


def line_of_entry(path: Path, index: int) -> int:
    """Return the line in which an entry of a mutants.toml begins."""
    lines = path.read_text(encoding="utf-8").splitlines()
    starts = [i for i, line in enumerate(lines, 1) if line.strip() == "[[survivors]]"]
    return starts[index] if index < len(starts) else 0


def _mutate(nodes: list[Any], number: int, operator: Any, index: int) -> str:
    """Apply an operator to one node of a tree, and return the text of the tree."""
    node = nodes[number]
    new = operator.mutate(node, index)
    if new is not node:
        siblings = node.parent.children
        place = next(i for i, other in enumerate(siblings) if other is node)
        siblings[place : place + 1] = [] if new is None else [new]
    return str(nodes[0].get_code())


def _describe_mutant(text: str, changed: str) -> Mutant:
    """Return a changed text as a mutant, with the lines that differ."""
    before, after = text.splitlines(), changed.splitlines()
    start = _common_length(before, after)
    end = _common_length(before[start:][::-1], after[start:][::-1])
    changed_lines = before[start : len(before) - end]
    number = start + 1 + next((i for i, line in enumerate(changed_lines) if line.strip()), 0)
    return Mutant(
        changed,
        number,
        _within(ast.parse(text), number),
        _join(changed_lines),
        _join(after[start : len(after) - end]),
    )


def _common_length(one: list[str], two: list[str]) -> int:
    pairs = enumerate(zip(one, two, strict=False))
    return next((i for i, (a, b) in pairs if a != b), min(len(one), len(two)))


def _join(lines: list[str]) -> str:
    return " ".join(" ".join(lines).split())


def _within(tree: ast.Module, line: int) -> str:
    """Return the dotted name of the function, class or method that contains a line."""
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
