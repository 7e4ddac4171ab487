"""What a learner reads after a check, and an instructor after grading, as lines of text.

It never holds the source of a check.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TextIO

from ..model import LoadFailure, Outcome, Verdict, Verdicts
from ..text import sanitize
from ..text.layout import FileWriter, TextWriter
from ..text.sanitize import number
from .summary import Standing, standings, worst_first

CALL_LINES = 10
"""A longer call is shown by its beginning, and stands whole in a file."""
VALUE_LINES = 8
OUTPUT_LINES = 12
DEBUGGER_LEFT = "BdbQuit"
NO_DEBUGGER = (
    "breakpoint() asks at a terminal, and a check has none: `kata check --debug` runs the checks "
    "on yours, and stops there."
)
# What the log of a CI system would take for a command, once folding has put it in front.
_COMMAND = re.compile(r"(?<!\S)::(?=[A-Za-z])|##(?=\w*\[)")


def visible(words: str) -> str:
    """Return text of a submission that neither a terminal nor the log of a CI system acts on."""
    return _COMMAND.sub(
        lambda found: f"\\x{ord(found[0][0]):02x}{found[0][1]}", sanitize.visible(words)
    )


def one_line(words: str) -> str:
    """Return the same on one line."""
    return visible(sanitize.one_line(words))


def write(verdicts: Verdicts, out: TextIO) -> None:
    """Write the one submission in full, or an overview of many."""
    page = FileWriter(out)
    if len(standings(verdicts)) > 1:
        tell_graded(page, verdicts)
        return
    for verdict in verdicts.verdicts:
        tell(page, verdict)
        page.echo()
    _tell_refused(page, verdicts)


def tell_graded(page: TextWriter, result: Verdicts) -> None:
    """Write what an instructor reads: the katas of one submission, or many, the worst first."""
    found = worst_first(standings(result))
    for standing in found:
        _tell_standing(page, standing, len(found) > 1)
    _tell_refused(page, result)
    page.echo()
    if len(found) > 1:
        _tell_together(page, found)
    page.echo(
        f"seed {result.seed} · protection level {result.protection.level} · "
        f"{visible(result.protection.files)}"
    )


def _tell_standing(page: TextWriter, standing: Standing, short: bool) -> None:
    score = f" · score {number(standing.score)}" if standing.judged and short else ""
    katas = f" · {standing.passed} of {len(standing.verdicts)} katas pass" if short else ""
    page.echo(
        f"{one_line(standing.name)} · {standing.points} of {standing.max_points} points"
        f"{score}{katas}",
        bold=True,
    )
    for verdict in standing.verdicts:
        if verdict.passed and short:
            continue
        mark, dot = page.symbols["passed" if verdict.passed else "failed"], page.symbols["dot"]
        said = ", ".join(d.mistake for d in verdict.diagnoses)
        if verdict.load is not None:
            said = f"{verdict.load.kind}: {verdict.load.message}"
        score = f" {dot} score {number(verdict.score)}" if verdict.score is not None else ""
        line = f"{mark} {one_line(verdict.kata)} {verdict.points}/{verdict.max_points}{score}"
        page.paragraph(line + (f" {dot} {one_line(said)}" if said else ""), indent=2, hang=4)


def _tell_refused(page: TextWriter, result: Verdicts) -> None:
    for refused in result.refused:
        line = f"refused in {refused.submission}: {refused.name}: {refused.why}"
        page.paragraph(one_line(line), hang=2)


def _tell_together(page: TextWriter, found: list[Standing]) -> None:
    """Write what a whole group did: how many pass everything, and what is often wrong."""
    whole = sum(standing.passed == len(standing.verdicts) for standing in found)
    mean = 100 * sum(standing.share for standing in found) / len(found)
    page.echo(f"{len(found)} submissions · {whole} pass every kata · {mean:.0f} % on average")
    often = Counter(
        f"{verdict.kata}: {diagnosis.mistake}"
        for standing in found
        for verdict in standing.verdicts
        for diagnosis in verdict.diagnoses
    )
    for mistake, times in often.most_common(5):
        page.paragraph(f"{times} x {one_line(mistake)}", indent=2, hang=4)


def tell(page: TextWriter, verdict: Verdict, call_file: str = "", package: str = "") -> None:
    """Write one verdict: what failed first, in full; the rest by their sentences."""
    where = visible(f"{package}/{verdict.module}" if package else verdict.module)
    page.echo(f"{visible(verdict.kata)} · {where}", bold=True)
    if verdict.load is not None:
        _tell_load(page, verdict.load, package)
        return
    passed = sum(o.outcome == "passed" for o in verdict.outcomes)
    tally = f"{passed} of {len(verdict.outcomes)} checks pass"
    score = f"{verdict.points} of {verdict.max_points} points"
    if verdict.passed:
        page.echo(f"{page.symbols['passed']} {tally} · {score}", fg="green")
        return
    failing = [o for o in verdict.outcomes if o.outcome not in ("passed", "not_run")]
    unwritten = [o for o in failing if o.is_not_written]
    if failing and len(unwritten) == len(verdict.outcomes) - _count(verdict, "not_run"):
        _tell_unwritten(page, verdict.kata, unwritten, where)
        return
    page.echo(f"{page.symbols['failed']} {tally} · {score}", fg="red")
    if not failing:
        for message in dict.fromkeys(o.message for o in verdict.outcomes if o.message):
            page.paragraph(visible(message), indent=2)
        return
    page.echo()
    written = [o for o in failing if not o.is_not_written]
    first = (written or failing or verdict.outcomes)[0]
    tell_outcome(page, first, call_file)
    tell_reasons(page, verdict)
    rest = [o for o in written if o is not first]
    if rest:
        page.echo()
        page.echo("Also not passed", bold=True)
        for outcome in rest:
            page.paragraph(
                f"{page.symbols['failed']} {visible(outcome.sentence)}", indent=2, hang=2
            )
    if unwritten:
        page.echo()
        page.echo("Not written yet", bold=True)
        for message in _yours(verdict.kata, unwritten):
            page.paragraph(f"{page.symbols['open']} {message}", indent=2, hang=2)
    if _count(verdict, "not_run"):
        page.echo()
        page.paragraph(_not_run(verdict), dim=True)


def tell_outcome(page: TextWriter, outcome: Outcome, call_file: str = "") -> None:
    """Write one check that did not pass: its sentence, the call, what came back."""
    page.paragraph(f"{page.symbols['failed']} {visible(outcome.sentence)}", hang=2, bold=True)
    if outcome.call:
        page.echo()
        lines = visible(outcome.call).splitlines()
        if len(lines) > CALL_LINES and call_file:
            page.block("\n".join(lines[: CALL_LINES // 2]))
            page.echo(f"    … {len(lines)} lines; this runs all of them:", dim=True)
            page.echo(f"    kata run {call_file}", dim=True)
        else:
            page.block("\n".join(lines))
    page.echo()
    if outcome.outcome == "broken":
        page.paragraph(
            "This check is broken. That is the course's fault and costs no mark: "
            f"{visible(outcome.message or '')}",
            indent=2,
        )
        return
    if outcome.got is not None:
        page.block(_cut(page, outcome.got), indent=2, label="came back  ", fold=True)
    if outcome.expected is not None:
        page.block(_cut(page, outcome.expected), indent=2, label="expected   ", fold=True)
    if outcome.message:
        page.paragraph(_said(outcome), indent=2)
    if outcome.raised == DEBUGGER_LEFT:
        page.paragraph(NO_DEBUGGER, indent=2)
    for frame in outcome.frames[-3:]:
        page.echo(f"  {visible(frame.file)}, line {frame.line}, in {visible(frame.function)}")
        page.echo(f"      {visible(frame.text)}")
    if outcome.output:
        page.echo("  printed:", dim=True)
        lines = visible(outcome.output).splitlines()
        page.block("\n".join(lines[:OUTPUT_LINES]), fold=True, dim=True)
        if len(lines) > OUTPUT_LINES:
            page.echo(f"    … {len(lines) - OUTPUT_LINES} lines more", dim=True)


def _said(outcome: Outcome) -> str:
    message = visible(outcome.message or "")
    if outcome.outcome in ("timeout", "crash", "limit"):
        return f"{outcome.outcome}: {message}"
    return message


def tell_reasons(page: TextWriter, verdict: Verdict) -> None:
    """Write what a failure looks like, or which other module is to blame."""
    for diagnosis in verdict.diagnoses:
        page.echo()
        page.echo(f"What this looks like: {visible(diagnosis.mistake)}", bold=True, fg="yellow")
        page.paragraph(visible(diagnosis.text), indent=2)
    if verdict.blame:
        page.echo()
        guilty = one_line(verdict.blame)
        page.paragraph(
            f"Your {guilty} broke this, not this kata: with the reference's "
            f"{guilty} every check here passes. `kata check {guilty}` looks at it.",
            fg="yellow",
        )


def _tell_load(page: TextWriter, load: LoadFailure, package: str) -> None:
    page.echo(
        f"{page.symbols['failed']} The module could not be loaded, so no check was run.", fg="red"
    )
    place = f"{package}/{load.file}" if load.file and package else load.file or ""
    if load.line and place:
        place += f", line {load.line}"
    message = load.message
    if load.file and load.file in message:  # it names the file itself, as its package does
        message, place = message.replace(load.file, place), ""
    words = f"{load.kind.replace('_', ' ')}: {message}"
    page.paragraph(visible(f"{place}: {words}" if place else words), indent=2, hang=2)


def _tell_unwritten(page: TextWriter, kata: str, outcomes: list[Outcome], where: str) -> None:
    page.paragraph(
        f"{page.symbols['open']} Nothing is written in {where} yet: it still is the stub, and "
        "every check waits for it.",
        hang=2,
    )
    for message in _yours(kata, outcomes):
        page.paragraph(message, indent=4, hang=2)


def _yours(kata: str, unwritten: list[Outcome]) -> list[str]:
    """Return what the stub's functions said, each once; which kata it is, is told above."""
    said = [visible(o.message or "").removeprefix(f"kata {kata}: ") for o in unwritten]
    return list(dict.fromkeys(said))


def _not_run(verdict: Verdict) -> str:
    """Say how many checks were not run, and why."""
    left = [o for o in verdict.outcomes if o.outcome == "not_run"]
    were = f"{len(left)} more {'was' if len(left) == 1 else 'were'} not run"
    reasons = dict.fromkeys(visible(o.message) for o in left if o.message)
    return f"{were}: {'; '.join(reasons)}" if reasons else were


def _count(verdict: Verdict, outcome: str) -> int:
    return sum(o.outcome == outcome for o in verdict.outcomes)


def _cut(page: TextWriter, text: str) -> str:
    lines = visible(text).splitlines()
    if len(lines) > VALUE_LINES:
        return "\n".join([*lines[: VALUE_LINES - 1], page.symbols["ellipsis"]])
    return "\n".join(lines)
