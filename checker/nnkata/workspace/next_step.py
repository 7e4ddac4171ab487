"""The next step after a verdict, for the terminal and for the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..model import Kata, Verdict
    from .workspace import Workspace


MISSING = "kata init writes the stub again"
FIX = "fix that, then run kata check"
HINT = "kata hint"
TELL_AUTHOR = "tell the author of the course: this is not your fault"


def next_step(workspace: Workspace, kata: Kata, verdict: Verdict, solved: frozenset[str]) -> str:
    """Return what to do after a verdict: in most cases text that begins with a command."""
    course = workspace.course
    if verdict.passed:
        train = f", or kata train to see the {course.whole} run" if course.training else ""
        return f"kata next{train}"
    if verdict.load is not None and not workspace.path_of(kata).exists():
        path = workspace.display_path(kata)
        if any(path in snapshot.files for snapshot in workspace.snapshots()):
            return f"kata restore {kata.name} brings back your latest stored version"
        return MISSING
    borrows = course.can_borrow_needs(kata.name)
    unsolved = [] if borrows else [n for n in course.all_needs(kata.name) if n not in solved]
    if unsolved:
        return f"kata show {unsolved[0]}"
    if verdict.blame:
        blamed = course.katas[verdict.blame]
        if workspace.states()[blamed.name] == "passed":  # its own checks find nothing
            return f"try the call above on {workspace.display_path(blamed)}: kata run"
        return f"kata check {verdict.blame}"
    if verdict.load is not None:
        return FIX
    if all(o.outcome in ("passed", "broken", "not_run") for o in verdict.outcomes):
        broken = any(o.outcome == "broken" for o in verdict.outcomes)
        return TELL_AUTHOR if broken else HINT
    if all(o.is_not_written for o in verdict.outcomes if o.outcome != "not_run"):
        return f"kata show {kata.name}"
    return HINT
