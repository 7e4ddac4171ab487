"""Summaries of submissions, and the parts of an outcome, for every reporter.

A submission can put anything into a name, a message, a value or its output. The texts returned here
are sanitized by `text.sanitize`; each reporter then escapes them for its own format.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator

from msgspec import Struct

from ..errors import KataError
from ..model import Diagnosis, NeedsPerson, Outcome, Protection, Rejection, Verdict, Verdicts
from ..sequences import LazySequence
from ..text.sanitize import clip, one_line


class SubmissionSummary(Struct, frozen=True):
    """All results of one submission."""

    name: str
    verdicts: list[Verdict]
    refused: list[Rejection]
    needs_person: NeedsPerson | None = None
    """Why the submission could not be judged; it has no verdicts then."""

    @property
    def points(self) -> int:
        """The points of the checks that passed."""
        return sum(v.points for v in self.verdicts)

    @property
    def max_points(self) -> int:
        """The points of all checks."""
        return sum(v.max_points for v in self.verdicts)

    @property
    def has_score(self) -> bool:
        """Whether a policy, such as one for late submissions, set a score that is a mark."""
        return not self.broken and any(v.score is not None for v in self.verdicts)

    @property
    def score(self) -> float:
        """The score that a policy set, or else the points."""
        return round(sum(v.points if v.score is None else v.score for v in self.verdicts), 2)

    @property
    def reasons(self) -> list[str]:
        """The reasons for scores that differ from the points; if none does, one reason for that."""
        scored = [v for v in self.verdicts if v.score_reason]
        changed = [f"{v.kata}: {v.score_reason}" for v in scored if v.score != v.points]
        return changed or list(dict.fromkeys(v.score_reason or "" for v in scored))[:1]

    @property
    def share(self) -> float:
        """The score divided by the points of all checks, from 0 to 1."""
        return self.score / self.max_points if self.max_points else 0.0

    @property
    def passed(self) -> int:
        """The number of katas that pass."""
        return sum(v.passed for v in self.verdicts)

    @property
    def broken(self) -> bool:
        """Whether a check of the course is broken, so that the points are not a mark."""
        return any(map(broken_checks, self.verdicts))

    @property
    def has_mark(self) -> bool:
        """Whether the points are a mark."""
        return bool(self.verdicts) and not self.broken

    @property
    def points_words(self) -> str:
        """The points, or why there is no mark."""
        if self.needs_person is not None:
            return "no mark: needs a person"
        if self.broken:
            return "no mark: a check of the course is broken"
        return f"{self.points} of {self.max_points} points"

    @property
    def causes(self) -> list[str]:
        """The likely causes of failures, and why modules could not be loaded, each once."""
        causes = [likely_cause(d) for v in self.verdicts for d in v.diagnoses]
        kinds = [v.load.kind.replace("_", " ") for v in self.verdicts if v.load is not None]
        causes += [f"A module could not be loaded: {kind}." for kind in kinds]
        broken = [
            f"{v.kata} ({', '.join(names)})" for v in self.verdicts if (names := broken_checks(v))
        ]
        if broken:
            causes.append(f"Checks of the course are broken: {', '.join(broken)}.")
        if self.needs_person is not None:
            causes.append(f"Needs a person: {one_line(self.needs_person.reason)}.")
        ended = [v for v in self.verdicts if v.search_ended]
        causes += [f"{v.kata}: {one_line(search_ended(v))}" for v in ended]
        return list(dict.fromkeys(causes))


Summaries = LazySequence[str, SubmissionSummary]
"""The summaries of submissions by name."""


def likely_cause(diagnosis: Diagnosis) -> str:
    """Return the first paragraph of a diagnosis on one line."""
    return one_line(diagnosis.text.partition("\n\n")[0])


def search_ended(verdict: Verdict) -> str:
    """Return a sentence on why the search for the likely cause ended early, or nothing."""
    if not verdict.search_ended:
        return ""
    return f"The search for the cause ended early: {one_line(verdict.search_ended)}."


def summarize(result: Verdicts) -> Summaries:
    """Return a summary per submission, in the order in which they were graded.

    Each is made when it is read: only the names and the places of the verdicts are in memory.
    """
    places: dict[str, array[int]] = {}
    refused: dict[str, list[Rejection]] = {}
    for place, verdict in enumerate(result.verdicts):
        places.setdefault(verdict.submission, array("Q")).append(place)
    for file in result.refused:
        refused.setdefault(file.submission, []).append(file)
    unread = {entry.submission: entry for entry in result.needs_person}

    def make(name: str) -> SubmissionSummary:
        verdicts = [result.verdicts[place] for place in places.get(name, ())]
        return SubmissionSummary(name, verdicts, refused.get(name, []), unread.get(name))

    return LazySequence(list(dict.fromkeys([*places, *refused, *unread])), make)


def broken_checks(verdict: Verdict) -> list[str]:
    """Return the checks of a verdict that are broken, which is a fault of the course."""
    return [one_line(o.check) for o in verdict.outcomes if o.outcome == "broken"]


def points_of(verdict: Verdict) -> str:
    """Return the points of a verdict in words, or why there is no mark."""
    if broken_checks(verdict):
        return "no mark: a check of the course is broken"
    return f"{verdict.points} of {verdict.max_points} points"


def needs_person_text(entry: NeedsPerson) -> str:
    """Return why a submission could not be judged, where it is, and what to do, on one line."""
    return one_line(f"{entry.reason} ({entry.place}). This is not a mark. Next: {entry.next_step}.")


def worst_first(submissions: Summaries) -> Summaries:
    """Return the submissions by their share of the points, the smallest first."""
    names = sorted(submissions.keys, key=lambda name: submissions.make(name).share)
    return LazySequence(names, submissions.make)


def only_submission(result: Verdicts, format_name: str) -> SubmissionSummary:
    """Return the only submission of a result, for a format that describes one submission.

    Raises `KataError` if there are several, or none.
    """
    submissions = summarize(result)
    if len(submissions) != 1:
        raise KataError(
            f"{format_name} takes one submission at a time, and the result has {len(submissions)}",
            next_step="grade them one by one, without --each",
        )
    return submissions[0]


def not_written_messages(verdict: Verdict) -> list[str]:
    """Return the messages of functions that are not written yet, each once."""
    messages = [o.message or "" for o in verdict.outcomes if o.is_not_written]
    return list(dict.fromkeys(one_line(message) for message in messages))


def details(outcome: Outcome) -> Iterator[tuple[str, str]]:
    """Yield the parts of a failing check as (label, text), already clipped."""
    if outcome.call:
        yield "call", clip(outcome.call)
    if outcome.got is not None:
        yield "got", clip(outcome.got)
    if outcome.expected is not None:
        yield "expected", clip(outcome.expected)
    if outcome.message:
        yield "message", clip(outcome_message(outcome))
    if outcome.frames:
        lines = []
        for frame in outcome.frames[-3:]:
            lines.append(f"{frame.file}, line {frame.line}, in {frame.function}")
            lines.append(f"    {frame.text}")
        yield "where", clip("\n".join(lines))
    if outcome.output:
        yield "printed", clip(outcome.output.rstrip())


def outcome_message(outcome: Outcome) -> str:
    """Return the message of an outcome, preceded by its kind if the message does not name it."""
    if outcome.outcome == "broken":
        return f"This check is broken, which is a fault of the course: {outcome.message}"
    if outcome.outcome in ("timeout", "crash", "limit"):
        return f"{outcome.outcome}: {outcome.message}"
    return outcome.message or ""


def plain_details(outcome: Outcome) -> str:
    """Return the details as plain text, each text below its label."""
    return "\n".join(f"{label}:\n{_indent(text)}" for label, text in details(outcome))


def protection_line(protection: Protection) -> str:
    """Return the protection of a run on one line."""
    hidden = "yes" if protection.paths_hidden else "no"
    return one_line(
        f"level {protection.level} · files: {protection.files} · network: {protection.network} · "
        f"processes: {protection.processes} · memory: {protection.memory} · paths hidden: {hidden}",
        1000,
    )


def _indent(text: str) -> str:
    return "\n".join(f"    {line}" for line in text.split("\n"))
