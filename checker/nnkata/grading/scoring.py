"""Combine the entries of a run: compute scores with a policy, and remove withheld details."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence

from msgspec import Struct
from msgspec.structs import replace

from ..checking.reveal import redact
from ..hookspecs import Policy
from ..model import NeedsPerson, Rejection, Reveal, Verdict
from ..sequences import StoredSequence
from ..text.sanitize import one_line
from .journal import JournalEntry
from .times import Times


class ScoringOptions(Struct, frozen=True):
    """The policy for scores, and how much of a failure is shown."""

    reveal: Reveal = "all"
    policy: Policy | None = None
    policy_name: str = ""
    times: Times = Times()


class GradingResult(Struct):
    """The result of a grading run: verdicts, refused files, and submissions without a verdict."""

    verdicts: Sequence[Verdict] = []
    refused: list[Rejection] = []
    needs_person: list[NeedsPerson] = []
    policy_error: str | None = None


class _PolicyError(Exception):
    """The policy failed; the message says how."""


def score_entries(
    entries: Collection[JournalEntry], options: ScoringOptions, stored: bool = False
) -> GradingResult:
    """Return one result for the entries of a run, in their order.

    With `stored`, only one verdict at a time is in memory. If the policy fails, no verdict has a
    score, and the result says why. Raises `MachineryError` if the verdicts cannot be stored.
    """
    verdicts: list[Verdict] | StoredSequence[Verdict] = StoredSequence() if stored else []
    result = GradingResult(verdicts)
    scores = options.policy is not None
    try:
        for entry in entries:
            for verdict in entry.verdicts:
                scored = _score(verdict, options) if scores else verdict
                verdicts.append(redact(scored, options.reveal))
            result.refused += entry.refused
            if entry.needs_person is not None:
                result.needs_person.append(entry.needs_person)
    except _PolicyError as error:
        result = score_entries(entries, replace(options, policy=None), stored)
        result.policy_error = one_line(f"the policy {options.policy_name} failed: {error}")
    return result


def _score(verdict: Verdict, options: ScoringOptions) -> Verdict:
    """Return the verdict with the score of the policy; raises `_PolicyError`."""
    assert options.policy is not None
    try:
        score, reason = options.policy(verdict, options.times.of(verdict.submission))
        if not math.isfinite(score) or type(reason) is not str:
            expected = "a score and a reason are expected"
            raise ValueError(f"it returned {score!r} and {reason!r}: {expected}")
        return replace(verdict, score=float(score), score_reason=reason)
    except (Exception, SystemExit) as error:  # the policy is a plugin's code
        kind = type(error).__name__
        raise _PolicyError(f"{kind}: {error}" if str(error) else kind) from None
