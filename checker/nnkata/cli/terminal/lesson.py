"""A lesson, which its author wrote in Markdown, on a page without styles.

The marks stay: they can be read as they are. Paragraphs and lists are folded to the width, code
stays as it is, and the columns of a table are set below each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...text.layout import TextWriter

_ITEM = re.compile(r"(?P<indent> *)(?P<mark>[-*+]|\d+\.) +(?P<text>.*)")
_RULE = re.compile(r"[\s|:-]+")


def tell_lesson(page: TextWriter, text: str) -> None:
    """Write a lesson."""
    lines = text.rstrip().splitlines()
    at = 0
    while at < len(lines):
        kind, end = _part(lines, at)
        part = lines[at:end]
        at = end
        if kind == "code":
            page.block("\n".join(part), indent=0)
        elif kind == "table":
            _tell_table(page, [_cells(line) for line in part if not _RULE.fullmatch(line)])
        elif not part[0].strip():
            page.echo()
        else:
            _tell_paragraph(page, part)


def _part(lines: list[str], start: int) -> tuple[str, int]:
    """Return what begins at a line, code, a table or text, and the line behind it."""
    first = lines[start]
    end = start + 1
    if first.startswith("```"):
        while end < len(lines) and not lines[end].startswith("```"):
            end += 1
        return "code", min(end + 1, len(lines))
    if first.startswith("    "):
        return "code", end
    if first.startswith("|"):
        while end < len(lines) and lines[end].startswith("|"):
            end += 1
        return "table", end
    if first.strip() and not first.startswith("#"):
        while end < len(lines) and _goes_on(lines[end]):
            end += 1
    return "text", end


def _goes_on(line: str) -> bool:
    """Whether a line belongs to the paragraph or the item above it."""
    return bool(line.strip()) and not _ITEM.match(line) and not line.startswith(("#", "|", "```"))


def _tell_paragraph(page: TextWriter, lines: list[str]) -> None:
    item = _ITEM.match(lines[0])
    indent = len(item["indent"]) if item else 0
    hang = len(item["mark"]) + 1 if item else 0
    page.paragraph(" ".join(line.strip() for line in lines), indent=indent, hang=hang)


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def _tell_table(page: TextWriter, rows: list[list[str]]) -> None:
    """Write a table; where it is too wide, each row is a paragraph that names the columns."""
    wide = [max(map(len, column)) for column in zip(*rows, strict=True)]
    if sum(wide) + 2 * (len(wide) - 1) <= page.width:
        for line in _set_out(rows, wide):
            page.block(line, indent=0)
        return
    for number, (name, *rest) in enumerate(rows[1:]):
        if number:
            page.echo()
        page.paragraph(name, hang=2)
        for column, cell in zip(rows[0][1:], rest, strict=True):
            page.paragraph(f"{column}: {cell}", indent=2, hang=2)


def _set_out(rows: list[list[str]], wide: list[int]) -> Iterator[str]:
    for number, row in enumerate(rows):
        yield "  ".join(f"{cell:<{w}}" for cell, w in zip(row, wide, strict=True)).rstrip()
        if number == 0:
            yield "  ".join("-" * w for w in wide)
