"""Decide, in one place, how much of a verdict is shown: `name`, `message`, `input` or `all`."""

from __future__ import annotations

from typing import Literal

from msgspec.structs import replace

from .model import Outcome, Verdict

Reveal = Literal["name", "message", "input", "all"]
LEVELS: tuple[Reveal, ...] = ("name", "message", "input", "all")


def revealed(verdict: Verdict, level: Reveal) -> Verdict:
    """Return a verdict with no more in it than `level` allows.

    `name`: which checks exist and what they found. `message`: also what went wrong, in words,
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
    bare = replace(bare, call=None, frames=[], output=None)
    if level == "message":
        # A finding of values quotes what was expected; the sentence of the check does not.
        return replace(bare, message=None) if bare.rung in ("values", "finite") else bare
    return replace(bare, message=None, rung=None)
