"""The texts of a class map on the screen and the page, with special characters escaped."""

from __future__ import annotations

from collections.abc import Iterator

from ..text.sanitize import clip, one_line
from .records import ClassMap, FailureGroup, KataMap, LineSpan, SimilarityReport, SimilarModule

PLACE_TO_LOOK = (
    "Similar submissions have the same structure, with different names: a reason to look at them. "
    "People who learn together or follow the same book write similar code. This is not an "
    "accusation, and it changes no mark."
)
LOADS = {
    "missing": "there is no module",
    "encoding": "the file is not text",
    "syntax": "it is not valid Python",
    "refused_import": "it imports a module that may not be imported",
    "raised": "it raises an exception while it is loaded",
    "timeout": "it cannot be loaded in time",
    "crash": "the process ends while it is loaded",
    "limit": "it exceeds a limit while it is loaded",
}
SHOWN_NAMES = 3
VALUE_LINES = 8


def headline(kata: KataMap) -> str:
    """Return the first line about a kata: how many submissions pass."""
    share = round(100 * kata.passed / kata.submissions) if kata.submissions else 0
    return f"{one_line(kata.kata)} · {kata.passed} of {kata.submissions} pass ({share} %)"


def describe_group(group: FailureGroup) -> str:
    """Return a line on what the submissions of a group have in common."""
    many = group.count != 1
    if group.kind == "known_mistake":
        text = one_line(group.text.partition("\n\n")[0])
        return f"known mistake {one_line(group.name)}: {text}"
    if group.kind == "alike":
        if not many:
            return "gives answers that match no other submission and no known mistake"
        return f"answer alike and match no known mistake (group {group.name})"
    if group.kind == "not_compared":
        return f"{'match' if many else 'matches'} no known mistake"
    if group.kind == "prerequisite":
        return f"{'fail' if many else 'fails'} because of the module of {one_line(group.name)}"
    if group.kind == "not_loaded":
        return f"cannot be loaded: {LOADS.get(group.name, one_line(group.name))}"
    if group.kind == "stopped":
        words = "takes too long" if group.name == "timeout" else "exceeds a limit"
        return f"stopped: a check {words}"
    if group.kind == "slow":
        return f"{'pass' if many else 'passes'} all quick checks; slow: {one_line(group.name)}"
    if group.kind == "not_run":
        return f"not run: {one_line(group.name)}"
    return one_line(group.name)


def short_name(group: FailureGroup) -> str:
    """Return a group's name for a label of a picture."""
    if group.kind == "known_mistake":
        return group.name
    return {
        "alike": f"alike, group {group.name}",
        "not_compared": "no known mistake",
        "prerequisite": f"because of {group.name}",
        "not_loaded": f"not loaded: {group.name}",
        "stopped": f"stopped: {group.name}",
        "slow": "slow checks only",
        "not_run": "not run",
        "broken": "course broken",
    }.get(group.kind, "not written")


def is_lone(group: FailureGroup) -> bool:
    """Return whether the answers of a submission match those of no other."""
    return group.kind == "alike" and group.count == 1


def some_names(names: list[str], most: int = SHOWN_NAMES) -> str:
    """Return the first names of a list, and how many more there are."""
    shown = ", ".join(one_line(name, 60) for name in names[:most])
    return f"{shown} and {len(names) - most} more" if len(names) > most else shown


def difference_lines(group: FailureGroup) -> Iterator[tuple[str, str]]:
    """Yield the smallest call of a group as (label, text)."""
    smallest = group.smallest
    if smallest is None:
        return
    yield "call", clip(smallest.call, VALUE_LINES)
    if smallest.got is not None:
        yield "got", clip(smallest.got, VALUE_LINES)
    elif smallest.message is not None:
        yield "raised", clip(smallest.message, VALUE_LINES)
    if smallest.expected is not None:
        yield "expected", clip(smallest.expected, VALUE_LINES)


def describe_places(module: SimilarModule, first: str, second: str) -> Iterator[str]:
    """Yield the shared places of two submissions, `FILE:LINE-LINE` of both."""
    one, other = one_line(first, 60), one_line(second, 60)
    path = one_line(module.module)
    for place in module.places:
        yield (f"{one}/{path}:{_lines(place.first)} = {other}/{path}:{_lines(place.second)}")


def _lines(span: LineSpan) -> str:
    return str(span.start) if span.start == span.end else f"{span.start}-{span.end}"


def describe_module(module: SimilarModule) -> str:
    """Return a line on how similar two modules are."""
    share = f"{100 * module.score:.0f} % of the smaller module"
    return f"{one_line(module.kata)}: {share}, {module.tokens} nodes of the syntax tree"


def comparison_line(report: SimilarityReport) -> str:
    """Return a line on the modules that were compared, and those that were not."""
    parts = [f"{report.compared} modules compared", f"{report.short} too short"]
    if report.common:
        parts.append(f"{report.common} with a structure that many share")
    if report.unreadable:
        parts.append(f"{report.unreadable} not readable")
    if report.missing:
        parts.append(f"{report.missing} missing or changed since they were graded")
    return " · ".join(parts)


def describe_not_compared(report: SimilarityReport) -> Iterator[str]:
    """Yield a line for each module that could not be read, and why."""
    for module in report.not_compared:
        name, kata = one_line(module.submission, 60), one_line(module.kata)
        yield f"{name}, {kata}: not compared: {one_line(module.reason)}"


def totals(result: ClassMap) -> str:
    """Return the line that summarizes a map."""
    katas, count = len(result.katas), result.submissions
    words = (
        f"{count} submission{'' if count == 1 else 's'} · {katas} kata{'' if katas == 1 else 's'}"
    )
    seeds = ", ".join(map(str, result.seeds[:3]))
    people = len(result.needs_person)
    need = f" · {people} {'needs' if people == 1 else 'need'} a person" if people else ""
    seed = f" · seed{'' if len(result.seeds) == 1 else 's'} {seeds}" if seeds else ""
    return f"{words}{need}{seed}"
