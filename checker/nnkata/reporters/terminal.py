"""Write a verdict for a learner, as lines of text.

The text never contains the source of a check.
"""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import Any

from msgspec import Struct

from ..model import Diagnosis, LoadFailure, Outcome, Verdict
from ..text import sanitize
from ..text.layout import TextWriter

FIRST_FAILURE_LINES = 30
"""Maximum number of lines of the first failure and its likely cause.

With the lines above and below them, they then fit on a screen of 40 lines.
"""
LOAD_COLUMNS = 72
"""Maximum number of characters shown of a line that Python could not parse."""
DEBUGGER_LEFT = "BdbQuit"
NO_DEBUGGER = (
    "breakpoint() needs a terminal, and a check has none: `kata check --debug` runs the checks "
    "in yours and stops there."
)
# Text that a CI log treats as a command at the start of a line; wrapping can move it there.
_COMMAND = re.compile(r"(?<!\S)::(?=[A-Za-z])|##(?=\w*\[)")

_PROBE = re.compile(r"\bprobe\.\w+")
"""A helper function of the checks in a call."""


def visible(text: str) -> str:
    """Return text without commands for a terminal or for the log of a CI system."""
    return _COMMAND.sub(
        lambda match: f"\\x{ord(match[0][0]):02x}{match[0][1]}", sanitize.visible(text)
    )


def one_line(text: str) -> str:
    """Return the visible text on one line."""
    return visible(sanitize.one_line(text))


class Cuts(Struct, frozen=True):
    """The maximum number of lines shown of each part of a failure."""

    call: int = 10
    """Of a longer call, the last statements are shown, shortened; the file for `kata run` has the
    whole call."""
    value: int = 8
    output: int = 6


USUAL = Cuts()
SHORTER = (USUAL, Cuts(10, 6, 4), Cuts(8, 5, 2), Cuts(6, 4, 2), Cuts(4, 3, 1))
"""The limits to try in turn until the first failure fits."""


class Detail(Struct, frozen=True):
    """Options for writing a verdict."""

    call_file: str = ""
    """The file with a call that is too long for the screen, or empty."""
    package: str = ""
    """The folder that the modules' paths start from."""
    whole: bool = False
    """Whether every failing check is shown, and not only the first."""


BRIEF = Detail()


def write_verdict(writer: TextWriter, verdict: Verdict, detail: Detail = BRIEF) -> None:
    """Write one verdict: the first failure, its likely cause, and how many more there are."""
    package = detail.package
    where = visible(f"{package}/{verdict.module}" if package else verdict.module)
    writer.echo(f"{visible(verdict.kata)} · {where}", bold=True)
    if verdict.load is not None:
        _write_load(writer, verdict.load, package)
        return
    passed = sum(o.outcome == "passed" for o in verdict.outcomes)
    tally = f"{passed} of {len(verdict.outcomes)} checks pass"
    score = f"{verdict.points} of {verdict.max_points} points"
    if any(o.outcome == "broken" for o in verdict.outcomes):
        score = "no mark: a check of the course is broken"
    if verdict.passed:
        writer.echo(f"{writer.symbols['passed']} {tally} · {score}", fg="green")
        return
    failures = verdict.failures
    unwritten = [o for o in failures if o.is_not_written]
    if failures and len(unwritten) == len(verdict.outcomes) - _count(verdict, "not_run"):
        _write_unwritten(writer, verdict.kata, unwritten, where)
        return
    writer.echo(f"{writer.symbols['failed']} {tally} · {score}", fg="red")
    if not failures:
        for message in dict.fromkeys(o.message for o in verdict.outcomes if o.message):
            writer.paragraph(visible(message), indent=2)
        return
    written = [o for o in failures if not o.is_not_written]
    shown = (written or failures) if detail.whole else (written or failures)[:1]
    for outcome in failures:  # the course's author must see each of them
        if outcome.outcome == "broken" and outcome.message not in [o.message for o in shown]:
            shown.append(outcome)
    causes = list(verdict.diagnoses)
    cuts = USUAL if detail.whole else _fitting_cuts(writer, shown[0], causes, detail.call_file)
    stored = next((o for o in shown if o.call), None)  # the file has only this call
    probing = next((o for o in shown if _PROBE.search(o.call or "")), None)
    for outcome in shown:
        writer.echo()
        file = detail.call_file if outcome is stored else ""
        kata = PurePath(detail.call_file).stem if outcome is probing else ""
        write_outcome(writer, outcome, file, cuts, kata)
        causes = _write_causes(writer, causes, outcome)
    _write_blame(writer, verdict)
    _write_search_ended(writer, verdict)
    if detail.whole:
        _write_not_written(writer, verdict.kata, unwritten)
    _write_rest(writer, verdict, shown, detail.whole)


def _write_rest(writer: TextWriter, verdict: Verdict, shown: list[Outcome], is_whole: bool) -> None:
    """Write in one line how many other checks fail, are not written or were not run."""
    failures = verdict.failures
    rest = [o for o in failures if o not in shown]
    first = shown[0]
    alike = [o for o in rest if _ends_alike(o, first)]
    others = [o for o in rest if o not in alike and not o.is_not_written]
    unwritten = [o for o in rest if o.is_not_written and o not in alike]
    parts = []
    if alike:
        parts.append(f"{_more_checks(alike, 'fail')} with this error")
    if others:
        parts.append(_more_checks(others, "fail"))
    if unwritten and not is_whole:
        parts.append(f"{_more_checks(unwritten, 'call')} a function that is not written yet")
    if parts:
        command = f" To see each of them: `kata check {one_line(verdict.kata)} --all`"
        writer.echo()
        writer.paragraph(", ".join(parts) + "." + ("" if is_whole else command), dim=True)
    if _count(verdict, "not_run"):
        writer.echo()
        writer.paragraph(_not_run(verdict), dim=True)


def _more_checks(outcomes: list[Outcome], verb: str) -> str:
    """Return a phrase such as `3 more checks fail`, or `1 more check fails`."""
    count = len(outcomes)
    return f"{count} more check {verb}s" if count == 1 else f"{count} more checks {verb}"


def _ends_alike(outcome: Outcome, first: Outcome) -> bool:
    """Return whether two checks were ended by the same exception in the same place."""
    if outcome.raised is None or first.is_not_written:
        return False
    place = [(f.file, f.line) for f in outcome.frames[-1:]]
    return (outcome.raised, outcome.message, place) == (
        first.raised,
        first.message,
        [(f.file, f.line) for f in first.frames[-1:]],
    )


class _LineCounter(TextWriter):
    """Counts the lines that a terminal needs, and writes nothing."""

    count = 0

    def put(self, text: str, **style: Any) -> None:
        del style
        self.count += max(1, -(-len(text) // self.width))


def _fitting_cuts(
    writer: TextWriter, outcome: Outcome, causes: list[Diagnosis], call_file: str
) -> Cuts:
    """Return the largest limits with which a failure and its causes fit on a screen."""
    for cuts in SHORTER:
        counter = _LineCounter(writer.width, writer.symbols)
        write_outcome(counter, outcome, call_file, cuts, PurePath(call_file).stem)
        _write_causes(counter, causes, outcome)
        if counter.count <= FIRST_FAILURE_LINES:
            break
    return cuts


def write_outcome(
    writer: TextWriter,
    outcome: Outcome,
    call_file: str = "",
    cuts: Cuts = USUAL,
    probe_kata: str = "",
) -> None:
    """Write one failing check: its sentence, the call, the value that it got.

    With `probe_kata`, the name of the kata, a line says what `probe` is if the call uses it.
    """
    writer.paragraph(f"{writer.symbols['failed']} {visible(outcome.sentence)}", hang=2, bold=True)
    if outcome.call:
        writer.echo()
        lines = visible(outcome.call).splitlines()
        if len(lines) > cuts.call and call_file:
            from .abridge import last_statements  # only a long call needs it

            short = last_statements(outcome.call, cuts.call - 2)
            text = visible("\n".join(short)) or "\n".join(lines[: cuts.call // 2])
            writer.block(text.replace("…", writer.symbols["ellipsis"]), fold=bool(short))
            writer.echo(f"    … shortened from {len(lines)} lines; to run them:", dim=True)
            writer.echo(f"    kata run {call_file}", dim=True)
        else:
            writer.block("\n".join(lines))
        if probe_kata:
            _write_probe(writer, outcome.call, probe_kata)
    writer.echo()
    if outcome.outcome == "broken":
        writer.paragraph(
            "This check is broken. That is a fault of the course and costs no points: "
            f"{visible(outcome.message or '')}",
            indent=2,
        )
        return
    if outcome.got is not None:
        writer.block(_cut(writer, outcome.got, cuts.value), indent=2, label="got       ", fold=True)
    if outcome.expected is not None:
        writer.block(
            _cut(writer, outcome.expected, cuts.value), indent=2, label="expected  ", fold=True
        )
    shown = (f"got {outcome.got}", f"got {outcome.got}, expected {outcome.expected}")
    if outcome.message and outcome.message not in shown:
        writer.paragraph(_message(outcome), indent=2)
    if outcome.raised == DEBUGGER_LEFT:
        writer.paragraph(NO_DEBUGGER, indent=2)
    for frame in outcome.frames[-3:]:
        writer.echo(f"  {visible(frame.file)}, line {frame.line}, in {visible(frame.function)}")
        writer.echo(f"      {visible(frame.text)}")
    if outcome.output:
        writer.echo("  printed:", dim=True)
        lines = visible(outcome.output).splitlines()
        writer.block("\n".join(lines[: cuts.output]), fold=True, dim=True)
        if len(lines) > cuts.output:
            writer.echo(f"    … {len(lines) - cuts.output} more lines", dim=True)


def _write_probe(writer: TextWriter, call: str, kata: str) -> None:
    """Write what `probe` is, if a call of a kata's check uses it; on one line if possible."""
    found = _PROBE.search(call)
    if found is not None:
        how = f"help({one_line(found[0])}) in `kata run --kata {kata}`"
        words = f"probe: functions of the checks; {how}"
        words = words if len(words) + 4 <= writer.width else f"probe: {how}"
        writer.paragraph(words, indent=4, dim=True)


def _message(outcome: Outcome) -> str:
    message = visible(outcome.message or "")
    if outcome.outcome in ("timeout", "crash", "limit"):
        return f"{outcome.outcome}: {message}"
    return message


def _write_causes(writer: TextWriter, causes: list[Diagnosis], outcome: Outcome) -> list[Diagnosis]:
    """Write the likely causes of one failure; return the others."""
    for diagnosis in causes:
        if diagnosis.explains(outcome):
            writer.echo()
            writer.echo("Likely cause:", bold=True, fg="yellow")
            writer.paragraph(visible(diagnosis.text), indent=2)
    return [diagnosis for diagnosis in causes if not diagnosis.explains(outcome)]


def write_causes(writer: TextWriter, verdict: Verdict) -> None:
    """Write the likely cause of the first failure, or the other module that causes it."""
    written = [o for o in verdict.failures if not o.is_not_written]
    if written:
        _write_causes(writer, verdict.diagnoses, written[0])
    _write_blame(writer, verdict)
    _write_search_ended(writer, verdict)


def _write_blame(writer: TextWriter, verdict: Verdict) -> None:
    if verdict.blame:
        writer.echo()
        other = one_line(verdict.blame)
        writer.paragraph(
            f"The cause is your {other}, not this module: with the reference's {other}, all checks "
            "that ran here pass.",
            fg="yellow",
        )


def _write_search_ended(writer: TextWriter, verdict: Verdict) -> None:
    if verdict.search_ended:
        from .summary import search_ended  # hardly any verdict needs it

        writer.echo()
        writer.paragraph(visible(search_ended(verdict)), dim=True)


def _write_not_written(writer: TextWriter, kata: str, unwritten: list[Outcome]) -> None:
    if unwritten:
        writer.echo()
        writer.echo("Not written yet", bold=True)
        for message in _not_written_messages(kata, unwritten):
            writer.paragraph(f"{writer.symbols['open']} {message}", indent=2, hang=2)


def _write_load(writer: TextWriter, load: LoadFailure, package: str) -> None:
    writer.echo(
        f"{writer.symbols['failed']} The module could not be loaded, so no check was run.", fg="red"
    )
    place = f"{package}/{load.file}" if load.file and package else load.file or ""
    if load.line and place:
        place += f", line {load.line}"
    message = load.message
    if load.file and load.file in message:  # the message already names the file, inside its package
        message, place = message.replace(load.file, place), ""
    words = f"{load.kind.replace('_', ' ')}: {message}"
    writer.paragraph(visible(f"{place}: {words}" if place else words), indent=2, hang=2)
    if load.source is not None:
        source = visible(load.source.expandtabs(4)).rstrip()[:LOAD_COLUMNS]
        writer.echo(f"    {source}")
        if load.column is not None and load.column <= len(source) + 1:
            writer.echo(" " * (3 + load.column) + "^")
    if load.next_step is not None:
        writer.paragraph(visible(f"→ {load.next_step}"), indent=2, hang=2)


def _write_unwritten(writer: TextWriter, kata: str, outcomes: list[Outcome], where: str) -> None:
    writer.paragraph(
        f"{writer.symbols['open']} Nothing is written in {where} yet: it is still the stub, so "
        "every check fails.",
        hang=2,
    )
    for message in _not_written_messages(kata, outcomes):
        writer.paragraph(message, indent=4, hang=2)


def _not_written_messages(kata: str, unwritten: list[Outcome]) -> list[str]:
    """Return the messages of the stub's functions, each once, without the kata's name."""
    messages = [visible(o.message or "").removeprefix(f"kata {kata}: ") for o in unwritten]
    return list(dict.fromkeys(messages))


def _not_run(verdict: Verdict) -> str:
    """Return how many checks were not run, and why."""
    skipped = [o for o in verdict.outcomes if o.outcome == "not_run"]
    count = f"{len(skipped)} more {'check was' if len(skipped) == 1 else 'checks were'} not run"
    reasons = dict.fromkeys(visible(o.message) for o in skipped if o.message)
    return f"{count}: {'; '.join(reasons)}" if reasons else count


def _count(verdict: Verdict, outcome: str) -> int:
    return sum(o.outcome == outcome for o in verdict.outcomes)


def _cut(writer: TextWriter, text: str, most: int) -> str:
    lines = visible(text).splitlines()
    if len(lines) > most:
        return "\n".join([*lines[: most - 1], writer.symbols["ellipsis"]])
    return "\n".join(lines)
