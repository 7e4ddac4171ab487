"""Choose the next hint of a kata, for the terminal and for the page."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from ..model import Kata
from .workspace import Workspace

Reason = Literal["cause", "check"]


class Hint(Struct, frozen=True):
    """A hint to show, by its number from 1; 0 if the kata has none yet."""

    kata: Kata
    level: int
    reason: Reason | None = None
    """Why it is not simply the next hint: the likely cause or the failing check has chosen it."""


def take_hint(workspace: Workspace, kata: Kata) -> Hint:
    """Return the next hint if the module has changed since the last one, and store its level.

    The hint that fits the first failure of the latest check comes first, unless it has been shown:
    then the next one that is new. The last hint, nearly the answer, is never the first one.
    """
    hints = len(kata.file.hints)
    if not hints:
        return Hint(kata, 0)
    progress, module = workspace.progress, workspace.sha_of(kata)
    last, shown = progress.last_hint(kata.name), progress.hint_levels(kata.name)
    fitting, reason = _fitting_hint(workspace, kata, module)
    if last is not None and last[1] == module:
        level = min(last[0], hints)
    elif last is None:
        level = min(fitting or 1, max(1, hints - 1))
    elif fitting is not None and fitting not in shown:
        level = min(fitting, hints)
    else:
        level = next((n for n in range(last[0] + 1, hints) if n not in shown), hints)
    progress.record_hint(kata.name, level, module)
    is_next = level == 1 and set(shown) <= {1}
    is_chosen = fitting is not None and level == min(fitting, max(1, hints - 1)) and not is_next
    return Hint(kata, level, reason if is_chosen else None)


def _fitting_hint(
    workspace: Workspace, kata: Kata, module: str
) -> tuple[int | None, Reason | None]:
    """Return the number of the hint for the first failure of this module, and what chose it.

    Of several likely causes, the one with the earliest hint decides. Without a verdict on the
    module as it is now, or when nothing is written yet, no hint fits better than the next one.
    """
    verdict = workspace.last_verdict(kata)
    if verdict is None or verdict.sha256.get("module") != module:
        return None, None
    failure = verdict.first_failure
    if failure is None or all(o.is_not_written for o in verdict.outcomes):
        return None, None
    causes = [d.mistake for d in verdict.diagnoses if d.explains(failure)]
    known = [kata.file.hint_for[m] for m in causes if m in kata.file.hint_for]
    if known:
        return min(known), "cause"
    if failure.check in kata.file.hint_for_check:
        return kata.file.hint_for_check[failure.check], "check"
    return None, None


def is_same_hint(workspace: Workspace, kata: Kata) -> bool:
    """Return whether `take_hint` returns the latest hint again, because the module is the same."""
    last = workspace.progress.last_hint(kata.name)
    return last is not None and last[1] == workspace.sha_of(kata)
