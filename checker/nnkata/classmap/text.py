"""Write a class map as lines of text."""

from __future__ import annotations

from ..text.layout import TextWriter
from ..text.sanitize import one_line
from .records import ClassMap, FailureGroup, KataMap, SimilarityReport
from .words import (
    PLACE_TO_LOOK,
    comparison_line,
    describe_group,
    describe_module,
    describe_not_compared,
    describe_places,
    difference_lines,
    headline,
    is_lone,
    some_names,
    totals,
)

INDENT = 6
SHOWN_PAIRS = 10
SHOWN_PLACES = 5
SHOWN_NOT_COMPARED = 5


def write_class_map(writer: TextWriter, result: ClassMap) -> None:
    """Write each kata with its ways of failing, then the similar submissions."""
    for kata in result.katas:
        _write_kata(writer, kata)
    if result.similarity is not None:
        _write_similarity(writer, result.similarity)
    writer.echo(totals(result))


def _write_kata(writer: TextWriter, kata: KataMap) -> None:
    writer.echo(headline(kata), bold=True)
    for group in kata.groups:
        if not is_lone(group):
            _write_group(writer, group)
    lone = [group.submissions[0] for group in kata.groups if is_lone(group)]
    if lone:
        words = "gives answers that match no other" if len(lone) == 1 else "each answer differently"
        writer.paragraph(f"{len(lone):4} {words}: {some_names(lone)}", hang=5)
    if kata.not_compared is not None:
        writer.paragraph(f"not compared: {kata.not_compared}", indent=2, hang=2, fg="yellow")
    writer.echo()


def _write_group(writer: TextWriter, group: FailureGroup) -> None:
    line = f"{group.count:4} {describe_group(group)}"
    if group.kind not in ("known_mistake", "not_written"):
        names = group.examples + [n for n in group.submissions if n not in group.examples]
        line += f": {some_names(names)}"
    for number, part in enumerate(line.split("\n")):
        writer.paragraph(part, indent=0 if number == 0 else 5, hang=5)
    if group.kind in ("alike", "not_compared"):
        for label, text in difference_lines(group):
            writer.block(text, INDENT, f"{label:9}", fold=label != "call")


def _write_similarity(writer: TextWriter, report: SimilarityReport) -> None:
    writer.echo("Similar submissions", bold=True)
    writer.paragraph(PLACE_TO_LOOK, indent=2)
    for pair in report.pairs[:SHOWN_PAIRS]:
        names = f"{one_line(pair.first, 60)} and {one_line(pair.second, 60)}"
        writer.paragraph(names, indent=2)
        for module in pair.modules:
            writer.paragraph(describe_module(module), indent=4, hang=2)
            places = list(describe_places(module, pair.first, pair.second))
            for place in places[:SHOWN_PLACES]:
                writer.block(place, INDENT)
            if len(places) > SHOWN_PLACES:
                writer.block(f"and {len(places) - SHOWN_PLACES} more places", INDENT)
    more = len(report.pairs[SHOWN_PAIRS:]) + report.left_out
    if not report.pairs:
        writer.paragraph("none", indent=2)
    elif more:
        writer.paragraph(f"and {more} more pairs", indent=2)
    writer.paragraph(comparison_line(report), indent=2, hang=2)
    lines = list(describe_not_compared(report))
    for line in lines[:SHOWN_NOT_COMPARED]:
        writer.paragraph(line, indent=4, hang=2)
    if len(lines) > SHOWN_NOT_COMPARED:
        writer.paragraph(f"and {len(lines) - SHOWN_NOT_COMPARED} more not compared", indent=4)
    writer.echo()
