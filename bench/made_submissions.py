"""Generate submissions mixed as in a class, with different texts, so that each is graded.

For each kata, the kind of a module is drawn from MIX, and its text is the next one of this kind.
"""

from __future__ import annotations

import ast
import random
from collections.abc import Iterator
from pathlib import Path

from nnkata.course.mistakes import read_mistakes
from nnkata.model import Course, Kata

MIX = {
    "right": 60,
    "known mistake": 20,
    "one operator or number changed": 12,
    "not written": 4,
    "cannot be loaded": 4,
}
"""Percentages. The right texts are the reference and its variants."""
OPERATORS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult,
}  # fmt: skip


class Texts:
    """The module texts of one kata, by kind."""

    def __init__(self, kata: Kata, rng: random.Random) -> None:
        """Read the files of the kata."""
        reference = kata.reference.read_text(encoding="utf-8")
        variants = sorted((kata.folder / "variants").glob("*.py"))
        self.rng = rng
        self.by_kind = {
            "right": [reference, *(path.read_text(encoding="utf-8") for path in variants)],
            "known mistake": [mistake.module for mistake in read_mistakes(kata)],
            "one operator or number changed": list(change_each(reference)),
            "not written": [(kata.folder / "stub.py").read_text(encoding="utf-8")],
            "cannot be loaded": [reference[: len(reference) * 2 // 3] + "\n  def ("],
        }
        self.used = dict.fromkeys(self.by_kind, 0)

    def draw(self, owner: str) -> tuple[str, str]:
        """Return a kind and a text of this kind, with the owner in a comment at its end."""
        (kind,) = self.rng.choices(list(MIX), list(MIX.values()))
        texts = self.by_kind[kind]
        text = texts[self.used[kind] % len(texts)]
        self.used[kind] += 1
        return kind, f"{text}\n# {owner}\n"


def change_each(text: str) -> Iterator[str]:
    """Yield the module with one operator or number changed, once for each of them."""
    places = [node for node in ast.walk(ast.parse(text)) if _changeable(node)]
    for number in range(len(places)):
        tree = ast.parse(text)
        node = [node for node in ast.walk(tree) if _changeable(node)][number]
        if isinstance(node, ast.BinOp):
            node.op = OPERATORS[type(node.op)]()
        elif isinstance(node, ast.Constant):
            assert isinstance(node.value, int | float)
            node.value += 1
        yield ast.unparse(tree)


def _changeable(node: ast.AST) -> bool:
    if isinstance(node, ast.BinOp):
        return type(node.op) in OPERATORS
    return isinstance(node, ast.Constant) and type(node.value) in (int, float)


def make_submissions(course: Course, katas: list[Kata], count: int, folder: Path) -> dict[str, int]:
    """Write `count` submissions into a new folder; return the number of modules of each kind."""
    rng = random.Random(1)
    texts = {kata.name: Texts(kata, rng) for kata in katas}
    kinds = dict.fromkeys(MIX, 0)
    for number in range(count):
        name = f"student-{number:06d}"
        for kata in katas:
            kind, text = texts[kata.name].draw(name)
            kinds[kind] += 1
            path = folder / name / course.package / kata.module
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    return kinds
