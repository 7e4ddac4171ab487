"""What every reporter needs: text of a submission made harmless, and results put in order.

A submission can put anything into a name, a message, an answer or what it prints. `visible` writes
out what would be acted on instead of read; each reporter then escapes for its own format.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from ..errors import KataError
from ..model import Outcome, Protection, Rejection, Verdict, Verdicts
from ..text.sanitize import clip, one_line

PASSED_OVER = ("passed", "not_run")


class Standing(Struct, frozen=True):
    """Everything about one submission."""

    name: str
    verdicts: list[Verdict]
    refused: list[Rejection]

    @property
    def points(self) -> int:
        """The points that its checks earned."""
        return sum(v.points for v in self.verdicts)

    @property
    def max_points(self) -> int:
        """The points that there are."""
        return sum(v.max_points for v in self.verdicts)

    @property
    def judged(self) -> bool:
        """Whether a policy, such as one for lateness, turned points into a score."""
        return any(v.score is not None for v in self.verdicts)

    @property
    def score(self) -> float:
        """The score that a policy gave, or else the points."""
        return round(sum(v.points if v.score is None else v.score for v in self.verdicts), 2)

    @property
    def reasons(self) -> list[str]:
        """Why the scores are not the points, a kata at a time; or what was said instead."""
        told = [v for v in self.verdicts if v.score_reason]
        lost = [f"{v.kata}: {v.score_reason}" for v in told if v.score != v.points]
        return lost or list(dict.fromkeys(v.score_reason or "" for v in told))[:1]

    @property
    def share(self) -> float:
        """The score as a part of what there is, from 0 to 1."""
        return self.score / self.max_points if self.max_points else 0.0

    @property
    def passed(self) -> int:
        """How many katas pass."""
        return sum(v.passed for v in self.verdicts)

    @property
    def broken(self) -> bool:
        """Whether a check of the course itself broke, so that its marks cannot be trusted."""
        return any(o.outcome == "broken" for v in self.verdicts for o in v.outcomes)

    @property
    def looks_like(self) -> list[str]:
        """The mistakes that were named, and why a module could not be loaded, each once."""
        said = [d.mistake for v in self.verdicts for d in v.diagnoses]
        said += [v.load.kind.replace("_", " ") for v in self.verdicts if v.load is not None]
        return list(dict.fromkeys(said))


def standings(result: Verdicts) -> list[Standing]:
    """Return the submissions of a result in the order in which they were graded."""
    verdicts: dict[str, list[Verdict]] = {}
    refused: dict[str, list[Rejection]] = {}
    for verdict in result.verdicts:
        verdicts.setdefault(verdict.submission, []).append(verdict)
    for file in result.refused:
        refused.setdefault(file.submission, []).append(file)
    return [
        Standing(name, verdicts.get(name, []), refused.get(name, []))
        for name in dict.fromkeys([*verdicts, *refused])
    ]


def worst_first(found: list[Standing]) -> list[Standing]:
    """Return the submissions, the smallest share of the points first."""
    return sorted(found, key=lambda standing: standing.share)


def the_one(result: Verdicts, reader: str) -> Standing:
    """Return the only submission of a result, for a reader that takes one at a time."""
    found = standings(result)
    if len(found) != 1:
        raise KataError(
            f"{reader} reads one submission at a time, and the result holds {len(found)}",
            next_step="grade them one by one, without --each",
        )
    return found[0]


def failing(verdict: Verdict) -> list[Outcome]:
    """Return the outcomes that are neither passed nor left out."""
    return [o for o in verdict.outcomes if o.outcome not in PASSED_OVER]


def not_written(verdict: Verdict) -> list[str]:
    """Return what the stub said where nothing is written yet, each sentence once."""
    said = [o.message or "" for o in verdict.outcomes if o.is_not_written]
    return list(dict.fromkeys(one_line(message) for message in said))


def details(outcome: Outcome) -> Iterator[tuple[str, str]]:
    """Yield what is known about a check that did not pass as (label, text), already clipped."""
    if outcome.call:
        yield "call", clip(outcome.call)
    if outcome.got is not None:
        yield "came back", clip(outcome.got)
    if outcome.expected is not None:
        yield "expected", clip(outcome.expected)
    if outcome.message:
        yield "said", clip(said(outcome))
    if outcome.frames:
        lines = []
        for frame in outcome.frames[-3:]:
            lines.append(f"{frame.file}, line {frame.line}, in {frame.function}")
            lines.append(f"    {frame.text}")
        yield "where", clip("\n".join(lines))
    if outcome.output:
        yield "printed", clip(outcome.output.rstrip())


def said(outcome: Outcome) -> str:
    """Return the message of an outcome, and of what kind it is where the message does not say."""
    if outcome.outcome == "broken":
        return f"This check is broken, which is the course's fault: {outcome.message}"
    if outcome.outcome in ("timeout", "crash", "limit"):
        return f"{outcome.outcome}: {outcome.message}"
    return outcome.message or ""


def plain_details(outcome: Outcome) -> str:
    """Return the details as plain text, each value below its label."""
    return "\n".join(f"{label}:\n{_indented(text)}" for label, text in details(outcome))


def held(protection: Protection) -> str:
    """Return what protected, in one line."""
    hidden = "yes" if protection.paths_hidden else "no"
    return one_line(
        f"level {protection.level} · files: {protection.files} · network: {protection.network} · "
        f"processes: {protection.processes} · memory: {protection.memory} · paths hidden: {hidden}",
        1000,
    )


def _indented(text: str) -> str:
    return "\n".join(f"    {line}" for line in text.split("\n"))
