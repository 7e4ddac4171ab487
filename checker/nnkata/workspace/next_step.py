"""What helps after a verdict: said by the terminal, and by the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..model import Kata, Verdict
    from .workspace import Workspace


PASSED = "kata next, or kata train to see the network run"
MISSING = "kata init writes the stub again"
MEND = "mend that, then kata check"
HINT = "kata hint"


def next_step(workspace: Workspace, kata: Kata, verdict: Verdict, solved: frozenset[str]) -> str:
    """Return what helps after a verdict, as words that begin with a command."""
    course = workspace.course
    lends = course.can_borrow_needs(kata.name)
    waiting = [] if lends else [n for n in course.needed(kata.name) if n not in solved]
    if verdict.passed:
        return PASSED
    if verdict.load is not None and not workspace.path_of(kata).exists():
        return MISSING
    if waiting:
        return f"kata show {waiting[0]}"
    if verdict.blame:
        return f"kata check {verdict.blame}"
    if verdict.load is not None:
        return MEND
    if all(o.is_not_written for o in verdict.outcomes if o.outcome != "not_run"):
        return f"kata show {kata.name}"
    return HINT
