"""Group the failures of each kata by their cause: a known mistake, or equal answers."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct

from ..errors import KataError
from ..model import Outcome, Verdict, Verdicts
from .records import ClassMap, Difference, FailureGroup, GroupKind, KataMap

EXAMPLES = 3
STOPPED = ("timeout", "limit")


class Cause(Struct, frozen=True):
    """Why a submission failed a kata; equal causes make a group."""

    kind: GroupKind
    name: str
    answers: tuple[tuple[str, str], ...] = ()
    """For `alike`: each unexplained check, with the hash of the answers or the outcome."""


class Graded(Struct, frozen=True):
    """A verdict, and the seed that its checks were run with."""

    verdict: Verdict
    seed: int


def build_class_map(results: list[tuple[Path, Verdicts]]) -> ClassMap:
    """Return the class map of the results of one or more runs; raises `KataError`."""
    courses = {result.course: path for path, result in results}
    if len(courses) > 1:
        raise KataError(
            f"these are results of several courses: {', '.join(sorted(courses))}",
            next_step="make a map of each course",
        )
    by_kata: dict[str, dict[str, Graded]] = defaultdict(dict)
    places: dict[tuple[str, str], Path] = {}
    for path, result in results:
        for verdict in result.verdicts:
            where = places.setdefault((verdict.submission, verdict.kata), path)
            if verdict.submission in by_kata[verdict.kata]:
                raise KataError(
                    f"{verdict.submission}, {verdict.kata} is graded twice: in {where} and {path}",
                    next_step="leave one of the results out",
                )
            seed = result.seed if verdict.seed is None else verdict.seed
            by_kata[verdict.kata][verdict.submission] = Graded(verdict, seed)
    people = sorted({entry.submission for _, r in results for entry in r.needs_person})
    names = {verdict.submission for _, r in results for verdict in r.verdicts}
    return ClassMap(
        course=results[0][1].course,
        seeds=sorted({graded.seed for kata in by_kata.values() for graded in kata.values()}),
        submissions=len(names | set(people)),
        needs_person=people,
        katas=[_map_kata(kata, list(graded.values())) for kata, graded in by_kata.items()],
    )


def _map_kata(kata: str, graded: list[Graded]) -> KataMap:
    """Return the map of one kata from all its verdicts."""
    reason = find_incomparable(graded)
    members: dict[Cause, list[Verdict]] = defaultdict(list)
    first: Counter[Cause] = Counter()
    verdicts = sorted((one.verdict for one in graded), key=lambda v: v.submission)
    for verdict in verdicts:
        causes = find_causes(verdict, comparable=reason is None)
        first.update(causes[:1])
        for cause in causes:
            members[cause].append(verdict)
    ordered = sorted(members, key=lambda c: (-len(members[c]), c.kind, c.name, c.answers))
    numbers = [cause for cause in ordered if cause.kind == "alike"]
    return KataMap(
        kata=kata,
        seeds=sorted({one.seed for one in graded if not one.verdict.passed}),
        submissions=len(verdicts),
        passed=sum(verdict.passed for verdict in verdicts),
        groups=[
            _make_group(
                cause, members[cause], first[cause],
                f"{numbers.index(cause) + 1}" if cause in numbers else cause.name,
            )
            for cause in ordered
        ],
        not_compared=reason,
    )  # fmt: skip


def find_incomparable(graded: Iterable[Graded]) -> str | None:
    """Return why the answers of a kata's failing verdicts cannot be compared, or None."""
    failing = [one for one in graded if not one.verdict.passed]
    seeds = sorted({one.seed for one in failing})
    if len(seeds) > 1:
        some = " and ".join(map(str, seeds[:3]))
        return (
            f"the verdicts have different seeds ({some}), so the checks used different inputs: "
            "grade all submissions with one --seed"
        )
    if len({one.verdict.sha256.get("checks") for one in failing}) > 1:
        return "the verdicts are from different versions of the checks: grade all submissions again"
    failed = [
        outcome for one in failing if find_causes(one.verdict)[0].kind in ("alike", "known_mistake")
        for outcome in _quick_failures(one.verdict) if outcome.outcome in ("failed", "error")
    ]  # fmt: skip
    if failed and all(outcome.behaviour is None for outcome in failed):
        return (
            "the result does not contain the answers of the modules: grade again with this version "
            "and --reveal all"
        )
    return None


def find_causes(verdict: Verdict, comparable: bool = True) -> list[Cause]:
    """Return why a verdict is not a pass: known mistakes first, then other causes."""
    if verdict.passed:
        return []
    if verdict.broken_files or any(o.outcome == "broken" for o in verdict.outcomes):
        return [Cause("broken", "a file of the course is broken")]
    if verdict.load is not None:
        return [Cause("not_loaded", verdict.load.kind)]
    ran = [o for o in verdict.outcomes if o.outcome != "not_run"]
    if not ran:
        return [Cause("not_run", "it waits for another kata")]
    if all(outcome.is_not_written for outcome in ran):
        return [Cause("not_written", "it is not written yet")]
    if verdict.blame is not None:
        return [Cause("prerequisite", verdict.blame)]
    causes = [
        Cause("known_mistake", diagnosis.mistake)
        for diagnosis in sorted(verdict.diagnoses, key=lambda d: (-d.checks_matched, d.mistake))
    ]
    rest = list_unexplained(verdict)
    if rest:
        causes.append(_describe_rest(rest, comparable))
    if any(outcome.is_not_written for outcome in ran):
        causes.append(Cause("not_written", "a part of it is not written yet"))
    elif not causes:  # nothing quick failed
        slow = ", ".join(o.check for o in verdict.failures)
        causes.append(Cause("slow", slow or "slow checks were not run"))
    return causes


def list_unexplained(verdict: Verdict) -> list[Outcome]:
    """Return the quick checks that failed and that no diagnosis explains.

    A check that calls a function that is not written yet is left out.
    """
    return [
        outcome
        for outcome in _quick_failures(verdict)
        if not outcome.is_not_written
        and not any(diagnosis.explains(outcome) for diagnosis in verdict.diagnoses)
    ]


def _quick_failures(verdict: Verdict) -> list[Outcome]:
    return [outcome for outcome in verdict.failures if not outcome.slow]


def _describe_rest(rest: list[Outcome], comparable: bool) -> Cause:
    """Return the cause for checks that no known mistake explains."""
    if all(outcome.outcome in STOPPED for outcome in rest):
        return Cause("stopped", rest[0].outcome)
    if not comparable:
        return Cause("not_compared", "no known mistake")
    return Cause("alike", "", tuple((o.check, o.behaviour or o.outcome) for o in rest))


def _make_group(cause: Cause, verdicts: list[Verdict], first: int, name: str) -> FailureGroup:
    outcomes = [list(_outcomes_of(cause, verdict)) for verdict in verdicts]
    every = [{outcome.check for outcome in part} for part in outcomes]
    shared = set.intersection(*every)
    texts = [d.text for v in verdicts for d in v.diagnoses if d.mistake == cause.name]
    return FailureGroup(
        kind=cause.kind,
        name=name,
        text=texts[0] if cause.kind == "known_mistake" and texts else "",
        count=len(verdicts),
        first=first,
        submissions=[verdict.submission for verdict in verdicts],
        examples=_pick_examples(verdicts),
        checks=[o.check for o in outcomes[0] if o.check in shared],
        smallest=_find_smallest(o for part in outcomes for o in part if o.check in shared),
    )


def _outcomes_of(cause: Cause, verdict: Verdict) -> Iterable[Outcome]:
    """Yield the failed checks of a verdict that belong to a cause."""
    if cause.kind == "known_mistake":
        for diagnosis in verdict.diagnoses:
            if diagnosis.mistake == cause.name:
                yield from (o for o in verdict.failures if diagnosis.explains(o))
    elif cause.kind in ("alike", "not_compared", "stopped"):
        yield from list_unexplained(verdict)
    elif cause.kind in ("slow", "prerequisite"):
        yield from verdict.failures


def _pick_examples(verdicts: list[Verdict]) -> list[str]:
    """Return up to EXAMPLES submissions, those with different texts first."""
    by_text: dict[str, str] = {}
    for verdict in verdicts:
        by_text.setdefault(verdict.sha256.get("module", ""), verdict.submission)
    names = dict.fromkeys([*by_text.values(), *(verdict.submission for verdict in verdicts)])
    return list(names)[:EXAMPLES]


def _find_smallest(outcomes: Iterable[Outcome]) -> Difference | None:
    """Return the shortest failing call; one with the expected value is better than one without."""
    known = [outcome for outcome in outcomes if outcome.call]
    if not known:
        return None
    best = min(
        known,
        key=lambda o: (
            o.expected is None,
            len(o.call or ""),
            o.call,
            len(o.got or ""),
            o.got or "",
        ),
    )
    return Difference(
        best.check, best.sentence, best.call or "", best.got, best.expected, best.message
    )
