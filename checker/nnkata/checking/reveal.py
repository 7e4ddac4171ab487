"""Decide, in one place, how much of a verdict is shown: `name`, `message`, `input` or `all`."""

from __future__ import annotations

import builtins
import re
from typing import Literal

from msgspec.structs import replace

from ..model import Outcome, Verdict

Reveal = Literal["name", "message", "input", "all"]
_BUILT_IN = frozenset(
    name for name, kind in vars(builtins).items()
    if isinstance(kind, type) and issubclass(kind, BaseException)
)  # fmt: skip
_OWN_CLASS = re.compile(r"an object of the class .*?(?= came back|$)", re.DOTALL)
_NUMBER = re.compile(
    r"the (?P<kind>number|truth value) .*?(?= came back| was expected|$)", re.DOTALL
)
_QUOTING = re.compile(r"(?P<kept>unreadable|be used) \(.*", re.DOTALL)
LEVELS: tuple[Reveal, ...] = ("name", "message", "input", "all")


def revealed(verdict: Verdict, level: Reveal) -> Verdict:
    """Return a verdict with no more in it than `level` allows.

    `name`: which checks exist and what they found. `message`: also what went wrong, in our words,
    and the diagnoses. `input`: also the failing call and the learner's own frames and output.
    `all`: also what came back and what was expected.
    """
    if level == "all":
        return verdict
    shown = [_outcome(o, level) for o in verdict.outcomes]
    if level == "name":
        return replace(verdict, outcomes=shown, diagnoses=[], blame=None)
    return replace(verdict, outcomes=shown)


def _outcome(outcome: Outcome, level: Reveal) -> Outcome:
    bare = replace(outcome, got=None, expected=None)
    if level == "input":
        return bare
    raised = outcome.raised if outcome.raised in _BUILT_IN else None
    bare = replace(bare, call=None, frames=[], output=None, raised=raised)
    if level == "message":
        return replace(bare, message=_words(bare))
    return replace(bare, message=None, rung=None)


def _words(outcome: Outcome) -> str | None:
    """Return a message without what the module itself put into it: it has seen the input.

    A finding of values quotes what was expected; the sentence of the check does not.
    """
    if outcome.message is None or outcome.rung in ("values", "finite"):
        return None
    if outcome.outcome == "error":
        return outcome.raised or "it raised an exception of its own"
    if outcome.rung == "type" or outcome.outcome == "crash":
        words = _OWN_CLASS.sub("an object of its own class", outcome.message)
        return _QUOTING.sub(r"\g<kept>", _NUMBER.sub(r"a \g<kind>", words))
    return outcome.message
