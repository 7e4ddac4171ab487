"""Merge the results of shards into one result."""

from __future__ import annotations

import hashlib
from pathlib import Path

from ..errors import KataError
from ..model import Rejection, Verdict, Verdicts

SAME = ("engine", "course", "seed", "environment", "package", "policy_error")
"""The fields that are equal in all results of one run."""


def in_shard(name: str, shard: int, shards: int) -> bool:
    """Return whether a submission belongs to a shard, counted from 1.

    Only its name decides, so an added submission does not move others into another shard.
    """
    digest = hashlib.sha256(name.encode("utf-8", "surrogateescape")).digest()
    return int.from_bytes(digest[:8]) % shards == shard - 1


def parse_shard(text: str) -> tuple[int, int]:
    """Return (i, n) for "i/n" with 1 ≤ i ≤ n; raises `ValueError`."""
    first, _, second = text.partition("/")
    shard, shards = int(first), int(second)
    if not 1 <= shard <= shards:
        raise ValueError(text)
    return shard, shards


def merge_results(results: list[tuple[Path, Verdicts]]) -> Verdicts:
    """Return one result with the submissions of all results, in the order of their names.

    The level of protection is the lowest of all. A submission that two results contain must have
    the same outcomes in both.

    Raises:
        KataError: the results do not belong to one run, or disagree; both files are named.
    """
    first_path, first = results[0]
    for path, result in results[1:]:
        for field in SAME:
            one, other = getattr(first, field), getattr(result, field)
            if one != other:
                raise KataError(
                    f"{first_path} and {path} are not from one run: {field} is {one} and {other}",
                    next_step="grade every shard with the same --seed, course and versions",
                )
    verdicts: dict[tuple[str, str], tuple[Path, Verdict]] = {}
    for path, result in results:
        for verdict in result.verdicts:
            where, known = verdicts.setdefault((verdict.submission, verdict.kata), (path, verdict))
            if _counts(known) != _counts(verdict):
                raise KataError(
                    f"{where} and {path} disagree on {verdict.submission}, {verdict.kata}: "
                    f"{known.points} and {verdict.points} points",
                    next_step="grade this submission again, and merge without the other result",
                )
    people = {p.submission: p for _, result in results for p in result.needs_person}
    stopped = {name for _, result in results for name in result.not_graded}
    refused: dict[str, list[Rejection]] = {}
    for _, result in results:  # all of them refuse the same names of a submission
        refused = _refused_of(result) | refused
    ordered = sorted(verdicts.values(), key=lambda pair: pair[1].submission)  # stable
    return Verdicts(
        engine=first.engine,
        course=first.course,
        seed=first.seed,
        protection=min((r.protection for _, r in results), key=lambda p: p.level),
        verdicts=[verdict for _, verdict in ordered],
        refused=[one for name in sorted(refused) for one in refused[name]],
        needs_person=[people[name] for name in sorted(people)],
        not_graded=sorted(stopped - {name for name, _ in verdicts} - people.keys()),
        policy_error=first.policy_error,
        package=first.package,
        environment=first.environment,
    )


def _refused_of(result: Verdicts) -> dict[str, list[Rejection]]:
    """Return the rejected names of each submission, in their order."""
    found: dict[str, list[Rejection]] = {}
    for one in result.refused:
        found.setdefault(one.submission, []).append(one)
    return found


def _counts(verdict: Verdict) -> tuple[object, ...]:
    """Return the values that must be equal in two verdicts on the same module."""
    outcomes = [(o.check, o.outcome, o.points) for o in verdict.outcomes]
    return verdict.points, verdict.score, verdict.sha256, outcomes
