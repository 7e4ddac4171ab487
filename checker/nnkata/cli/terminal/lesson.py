"""Show a lesson as plain text.

Markdown markup stays in the text. Paragraphs and lists are wrapped to the width, code is not
changed, and a table that is too wide becomes one paragraph per row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...text.layout import TextWriter

_ITEM = re.compile(r"(?P<indent> *)(?P<mark>[-*+]|\d+\.) +(?P<text>.*)")
_INTERRUPTS = re.compile(r" *([-*+]|1\.) +")
"""An item that may follow a paragraph without an empty line; "64. All" is the end of a sentence."""
_RULE = re.compile(r"[\s|:-]+")


def show_lesson(writer: TextWriter, text: str) -> None:
    """Write a lesson, given as Markdown."""
    lines = text.rstrip().splitlines()
    start = 0
    while start < len(lines):
        kind, end = _part(lines, start)
        part = lines[start:end]
        start = end
        if kind == "code":
            writer.block("\n".join(part), indent=0)
        elif kind == "table":
            rows = [_cells(line) for line in part if not _RULE.fullmatch(line)]
            _show_table(writer, rows, _indent(part[0]))
        elif not part[0].strip():
            writer.echo()
        else:
            _show_paragraph(writer, part)


def _part(lines: list[str], start: int) -> tuple[str, int]:
    """Return the kind of part that begins at a line, and the index after its last line."""
    first = lines[start]
    end = start + 1
    if first.startswith("    "):
        return "code", end
    if first.lstrip().startswith("```"):
        while end < len(lines) and not lines[end].lstrip().startswith("```"):
            end += 1
        return "code", min(end + 1, len(lines))
    if _begins_table(lines, start):
        while end < len(lines) and lines[end].lstrip().startswith("|"):
            end += 1
        return "table", end
    if first.strip() and not first.startswith("#"):
        ends = _ITEM if _ITEM.match(first) else _INTERRUPTS
        while end < len(lines) and _continues(lines, end, ends):
            end += 1
    return "text", end


def _begins_table(lines: list[str], start: int) -> bool:
    """Return whether a table begins at a line: a row with a rule below it, unlike |W|²."""
    below = lines[start + 1].lstrip() if start + 1 < len(lines) else ""
    is_rule = below.startswith("|") and _RULE.fullmatch(below)
    return lines[start].lstrip().startswith("|") and bool(is_rule)


def _continues(lines: list[str], place: int, ends: re.Pattern[str]) -> bool:
    """Return whether a line continues the paragraph or the list item above it.

    `ends` matches the items that end it.
    """
    line = lines[place]
    if not line.strip() or ends.match(line) or line.lstrip().startswith(("#", "```")):
        return False
    return not _begins_table(lines, place)


def _show_paragraph(writer: TextWriter, lines: list[str]) -> None:
    item = _ITEM.match(lines[0])
    indent = len(item["indent"]) if item else _indent(lines[0])
    hang = len(item["mark"]) + 1 if item else 0
    writer.paragraph(" ".join(line.strip() for line in lines), indent=indent, hang=hang)


def _indent(line: str) -> int:
    """Return the number of spaces at the start of a line."""
    return len(line) - len(line.lstrip(" "))


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def _show_table(writer: TextWriter, rows: list[list[str]], indent: int) -> None:
    """Write a table; if it is too wide, one paragraph per row, with the names of the columns."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    if sum(widths) + 2 * (len(widths) - 1) + indent <= writer.width:
        for line in _align(rows, widths):
            writer.block(line, indent=indent)
        return
    for number, (name, *rest) in enumerate(rows[1:]):
        if number:
            writer.echo()
        writer.paragraph(name, indent=indent, hang=2)
        for column, cell in zip(rows[0][1:], rest, strict=True):
            writer.paragraph(f"{column}: {cell}", indent=indent + 2, hang=2)


def _align(rows: list[list[str]], widths: list[int]) -> Iterator[str]:
    for number, row in enumerate(rows):
        yield "  ".join(f"{cell:<{w}}" for cell, w in zip(row, widths, strict=True)).rstrip()
        if number == 0:
            yield "  ".join("-" * w for w in widths)
