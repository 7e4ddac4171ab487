"""What every reporter needs: text of a submission made harmless, and results put in order.

A submission can put anything into a name, a message, an answer or what it prints. `visible` writes
out what would be acted on instead of read; each reporter then escapes for its own format.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import msgspec
from msgspec import Struct

from ..errors import KataError
from ..model import Outcome, Protection, Refused, Verdict, Verdicts

LINES = 40
"""The most lines of one value, call or output that a report shows."""
LINE = 500
"""The most characters of one line."""
NOT_WRITTEN = "NotImplementedError"
PASSED_OVER = ("passed", "not_run")

# Control characters but tab and newline, bidirectional and invisible formatting but the joiners,
# separators of lines and paragraphs, lone surrogates, and what is no character at all.
_ACTED_ON = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]"
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_JSON_ACTED_ON = re.compile(
    "[\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f]"
)


class Standing(Struct, frozen=True):
    """Everything about one submission."""

    name: str
    verdicts: list[Verdict]
    refused: list[Refused]

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
    refused: dict[str, list[Refused]] = {}
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
    said = [o.message or "" for o in verdict.outcomes if o.raised == NOT_WRITTEN]
    return list(dict.fromkeys(one_line(message) for message in said))


def visible(text: str) -> str:
    """Write out characters that a terminal or a page would act on: ESC becomes `\\x1b`."""
    return _ACTED_ON.sub(_escaped, text.replace("\r\n", "\n"))


def one_line(text: str, most: int = 300) -> str:
    """Return the text visibly on one line, and no longer than `most` characters."""
    line = " ".join(visible(text).split())
    return line if len(line) <= most else line[: most - 1] + "…"


def clipped(text: str, lines: int = LINES) -> str:
    """Return the text visibly, without the rest of long lines and of many lines."""
    found = visible(text).expandtabs(8).split("\n")
    shown = [x if len(x) <= LINE else f"{x[:LINE]}… ({len(x) - LINE} more)" for x in found[:lines]]
    if len(found) > lines:
        shown.append(f"… ({len(found) - lines} more lines)")
    return "\n".join(shown)


def details(outcome: Outcome) -> Iterator[tuple[str, str]]:
    """Yield what is known about a check that did not pass as (label, text), already clipped."""
    if outcome.call:
        yield "call", clipped(outcome.call)
    if outcome.got is not None:
        yield "came back", clipped(outcome.got)
    if outcome.expected is not None:
        yield "expected", clipped(outcome.expected)
    if outcome.message:
        yield "said", clipped(said(outcome))
    if outcome.frames:
        lines = []
        for frame in outcome.frames[-3:]:
            lines.append(f"{frame.file}, line {frame.line}, in {frame.function}")
            lines.append(f"    {frame.text}")
        yield "where", clipped("\n".join(lines))
    if outcome.output:
        yield "printed", clipped(outcome.output.rstrip())


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


def number(value: float) -> str:
    """Return a number with two decimals at the most, and none where none are needed."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def json_text(value: Any) -> str:
    """Return a structure as JSON that any reader takes and no terminal acts on.

    A lone surrogate, which is no text, is written out; other characters that would be acted on
    are escaped, and come back as they were.
    """
    plain = _without_surrogates(msgspec.to_builtins(value))
    text = msgspec.json.format(msgspec.json.encode(plain), indent=2).decode()
    return _JSON_ACTED_ON.sub(lambda m: f"\\u{ord(m[0]):04x}", text) + "\n"


def _without_surrogates(value: Any) -> Any:
    if isinstance(value, str):
        return _SURROGATE.sub(_escaped, value)
    if isinstance(value, list):
        return [_without_surrogates(item) for item in value]
    if isinstance(value, dict):
        return {_without_surrogates(k): _without_surrogates(v) for k, v in value.items()}
    return value


def _escaped(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _indented(text: str) -> str:
    return "\n".join(f"    {line}" for line in text.split("\n"))
