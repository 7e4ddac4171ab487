"""Run a draft of a mistake, and compare its answers with those of a group."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ..checking.answer_hash import hash_answers
from ..checking.assessor import Assessor
from ..checking.runner import RunPlan
from ..checking.runtime import Submission
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
