"""Choose the next hint of a kata, for the terminal and for the page."""

from __future__ import annotations

from msgspec import Struct

from ..model import Kata
from .workspace import Workspace


class Hint(Struct, frozen=True):
    """A hint to show, by its number from 1; 0 if the kata has none yet."""

    kata: Kata
    level: int


def take_hint(workspace: Workspace, kata: Kata) -> Hint:
    """Return the next hint if the module has changed since the last one, and store its level."""
    module = workspace.sha_of(kata)
    last = workspace.progress.last_hint(kata.name)
    attempt = workspace.progress.last_attempt(kata.name)
    mistakes = attempt.mistakes if attempt is not None and attempt.module == module else []
    start = min((kata.file.hint_for.get(m, 1) for m in mistakes), default=1)
    if last is None:
        level = min(start, max(1, len(kata.file.hints) - 1))  # never begin with the answer
    elif last[1] == module:
        level = last[0]
    else:
        level = max(last[0] + 1, start)
    level = min(level, len(kata.file.hints))
    if level:
        workspace.progress.record_hint(kata.name, level, module)
    return Hint(kata, level)


def is_same_hint(workspace: Workspace, kata: Kata) -> bool:
    """Return whether `take_hint` returns the latest hint again, because the module is the same."""
    last = workspace.progress.last_hint(kata.name)
    return last is not None and last[1] == workspace.sha_of(kata)
