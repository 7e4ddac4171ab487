"""Run a draft of a mistake, and remove definitions that make no difference."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping

from ..checking.answer_hash import hash_answers
from ..checking.assessor import Assessor
from ..checking.runner import RunPlan
from ..checking.runtime import Submission
from ..course.mistakes import compose
from ..model import Kata

Reproduces = Callable[[str], bool]
"""Returns whether a module gives the same answers as the submissions of a group."""


def make_replay(
    assessor: Assessor, kata: Kata, seed: int, answers: Mapping[str, str]
) -> Reproduces:
    """Return a function that runs the checks in `answers` on a module, and compares the hashes.

    The prerequisites are the reference's, so a submission that fails because of its own
    prerequisites gives different answers here.
    """
    runner = assessor.runner(kata, seed)
    submission = Submission("draft", lambda path: path)
    plan = RunPlan(slow_checks="never", only=frozenset(answers))

    def reproduces(module: str) -> bool:
        run = runner.run(assessor.bundles.build(kata, module, submission), plan)
        found = {c.info.name: hash_answers(c.answers) for c in run.failing_checks}
        return run.load is None and found == answers

    return reproduces


def trim(base: str, code: str, reproduces: Reproduces) -> list[str] | None:
    """Return the parts of a mistake's code without the definitions that make no difference.

    Return None if even the whole code does not give the answers of the group.
    """
    if not reproduces(compose(base, code)):
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
            if not text.strip() or not reproduces(compose(base, text)):
                owner.body.insert(place, node)
    used = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    for node in tree.body:
        if isinstance(node, ast.Import | ast.ImportFrom):
            node.names = [a for a in node.names if (a.asname or a.name.split(".")[0]) in used]
    return [ast.unparse(node) for node in _without_empty(tree).body]


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
