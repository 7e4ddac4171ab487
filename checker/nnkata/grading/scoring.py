"""Combine the entries of a run: compute scores with a policy, and remove withheld details."""

from __future__ import annotations

import math
from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

from ..checking.reveal import redact
from ..hookspecs import Policy
from ..model import NeedsPerson, Rejection, Reveal, Verdict
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

    verdicts: list[Verdict] = []
    refused: list[Rejection] = []
    needs_person: list[NeedsPerson] = []
    policy_error: str | None = None


def score_entries(entries: Iterable[JournalEntry], options: ScoringOptions) -> GradingResult:
    """Return one result for the entries of a run, in their order.

    If the policy fails, no verdict has a score, and the result says why.
    """
    result = GradingResult()
    for entry in entries:
        result.verdicts += entry.verdicts
        result.refused += entry.refused
        if entry.needs_person is not None:
            result.needs_person.append(entry.needs_person)
    if options.policy is not None:
        try:
            result.verdicts = [_score(verdict, options) for verdict in result.verdicts]
        except (Exception, SystemExit) as error:  # the policy is a plugin's code
            words = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
            result.policy_error = one_line(f"the policy {options.policy_name} failed: {words}")
    result.verdicts = [redact(verdict, options.reveal) for verdict in result.verdicts]
    return result


def _score(verdict: Verdict, options: ScoringOptions) -> Verdict:
    """Return the verdict with the score of the policy; raises whatever the policy raises."""
    assert options.policy is not None
    score, reason = options.policy(verdict, options.times.of(verdict.submission))
    if not math.isfinite(score) or type(reason) is not str:
        raise ValueError(f"it returned {score!r} and {reason!r}: a score and a reason are expected")
    return replace(verdict, score=float(score), score_reason=reason)
