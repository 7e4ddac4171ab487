"""What a learner reads after a check. It never holds the source of a check."""

from __future__ import annotations

import io
import re

from ..model import Load, Outcome, Verdict, Verdicts
from .page import Page, TextPage

CALL_LINES = 10
"""A longer call is shown by its beginning, and stands whole in a file."""
VALUE_LINES = 8
OUTPUT_LINES = 12
NOT_WRITTEN = "NotImplementedError"

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200e\u200f]")


def plain_text(verdicts: Verdicts) -> str:
    """Return all verdicts as plain text."""
    out = io.StringIO()
    page = TextPage(out)
    for verdict in verdicts.verdicts:
        tell(page, verdict)
        page.echo()
    return out.getvalue()


def tell(page: Page, verdict: Verdict, call_file: str = "", package: str = "") -> None:
    """Write one verdict: what failed first, in full; the rest by their sentences."""
    where = f"{package}/{verdict.module}" if package else verdict.module
    page.echo(f"{verdict.kata} · {where}", bold=True)
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
    unwritten = [o for o in failing if o.raised == NOT_WRITTEN]
    if failing and len(unwritten) == len(verdict.outcomes) - _count(verdict, "not_run"):
        _tell_unwritten(page, unwritten, where)
        return
    page.echo(f"{page.symbols['failed']} {tally} · {score}", fg="red")
    page.echo()
    written = [o for o in failing if o.raised != NOT_WRITTEN]
    first = (written or failing or verdict.outcomes)[0]
    tell_outcome(page, first, call_file)
    _tell_reasons(page, verdict)
    rest = [o for o in written if o is not first]
    if rest:
        page.echo()
        page.echo("Also not passed", bold=True)
        for outcome in rest:
            page.wrapped(f"{page.symbols['failed']} {outcome.sentence}", indent=2, hang=2)
    if unwritten:
        page.echo()
        page.echo("Not written yet", bold=True)
        for message in dict.fromkeys(_clean(o.message or "") for o in unwritten):
            page.wrapped(f"{page.symbols['open']} {message}", indent=2, hang=2)
    if _count(verdict, "not_run"):
        page.echo()
        page.echo(f"{_count(verdict, 'not_run')} more were not run", dim=True)


def tell_outcome(page: Page, outcome: Outcome, call_file: str = "") -> None:
    """Write one check that did not pass: its sentence, the call, what came back."""
    page.wrapped(f"{page.symbols['failed']} {outcome.sentence}", hang=2, bold=True)
    if outcome.call:
        page.echo()
        lines = outcome.call.splitlines()
        if len(lines) > CALL_LINES and call_file:
            page.block("\n".join(lines[: CALL_LINES // 2]))
            page.echo(f"    … ({len(lines)} lines; all of them: kata run {call_file})", dim=True)
        else:
            page.block(outcome.call)
    page.echo()
    if outcome.outcome == "broken":
        page.wrapped(
            "This check is broken. That is the course's fault and costs no mark: "
            f"{_clean(outcome.message or '')}",
            indent=2,
        )
        return
    if outcome.got is not None:
        page.block(_cut(outcome.got), indent=2, label="came back  ")
    if outcome.expected is not None:
        page.block(_cut(outcome.expected), indent=2, label="expected   ")
    if outcome.message:
        page.wrapped(_said(outcome), indent=2)
    for frame in outcome.frames[-3:]:
        page.echo(f"  {frame.file}, line {frame.line}, in {_clean(frame.function)}")
        page.echo(f"      {_clean(frame.text)}")
    if outcome.output:
        page.echo("  printed:", dim=True)
        lines = _clean(outcome.output).splitlines()
        page.block("\n".join(lines[:OUTPUT_LINES]), dim=True)
        if len(lines) > OUTPUT_LINES:
            page.echo(f"    … {len(lines) - OUTPUT_LINES} lines more", dim=True)


def _said(outcome: Outcome) -> str:
    message = _clean(outcome.message or "")
    if outcome.outcome in ("timeout", "crash", "limit"):
        return f"{outcome.outcome}: {message}"
    return message


def _tell_reasons(page: Page, verdict: Verdict) -> None:
    for diagnosis in verdict.diagnoses:
        page.echo()
        page.echo(f"What this looks like: {diagnosis.mistake}", bold=True, fg="yellow")
        page.wrapped(diagnosis.text, indent=2)
    if verdict.blame:
        page.echo()
        page.wrapped(
            f"Your {verdict.blame} broke this, not this kata: with the reference's "
            f"{verdict.blame} every check here passes. `kata check {verdict.blame}` looks at it.",
            fg="yellow",
        )


def _tell_load(page: Page, load: Load, package: str) -> None:
    page.echo(
        f"{page.symbols['failed']} The module could not be loaded, so no check was run.", fg="red"
    )
    place = f"{package}/{load.file}" if load.file and package else load.file or ""
    if load.line and place:
        place += f", line {load.line}"
    words = f"{load.kind.replace('_', ' ')}: {_clean(load.message)}"
    page.wrapped(f"{place}: {words}" if place else words, indent=2)


def _tell_unwritten(page: Page, outcomes: list[Outcome], where: str) -> None:
    page.wrapped(
        f"{page.symbols['open']} Nothing is written in {where} yet: it still is the stub, and "
        "every check waits for it.",
        hang=2,
    )
    for message in dict.fromkeys(_clean(o.message or "") for o in outcomes):
        page.wrapped(message, indent=4)


def _count(verdict: Verdict, outcome: str) -> int:
    return sum(o.outcome == outcome for o in verdict.outcomes)


def _cut(text: str) -> str:
    lines = _clean(text).splitlines()
    if len(lines) > VALUE_LINES:
        return "\n".join([*lines[: VALUE_LINES - 1], "…"])
    return "\n".join(lines)


def _clean(text: str) -> str:
    """Make control characters, which could rewrite the screen, visible instead."""
    return _CONTROL.sub(lambda m: f"\\x{ord(m[0]):02x}", text.replace("\r\n", "\n"))
