"""Checks of a rendered lesson: accidental lists, unmatched marks, formulas not typeset."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..lessons.markdown import INLINE, parse

_MARKS = re.compile(r"`|~~|(?<!\S)\*+(?=\w)|(?<=\w)\*+(?!\S)")
_RAW = re.compile(r"\w\^|\^\w|\w_[A-Za-z0-9]\b|\w_[({]")
_NAMES = re.compile(r"\b[a-z]+(?:_[a-z0-9]{2,})+\b")
"""Names as Python writes them: fan_in. They belong in backticks, but can be read."""


def lesson_faults(text: str) -> Iterator[tuple[int, str, str]]:
    """Yield (line, problem, next step) for each fault of a lesson in Markdown."""
    tokens = parse(text)
    for position, token in enumerate(tokens):
        line = (token.map or [0])[0] + 1
        if token.type in ("ordered_list_open", "bullet_list_open"):
            close = token.type.replace("open", "close")
            items = 0
            for later in tokens[position + 1 :]:
                if later.type == close and later.level == token.level:
                    break
                items += later.type == "list_item_open" and later.level == token.level + 1
            if items == 1:
                yield (
                    line,
                    "a list of one item: did a line of prose begin with a number or a dash?",
                    "break the line elsewhere, or write it as prose",
                )
        elif token.type == "inline":
            yield from _inline_faults(line, [c.content for c in token.children or []
                                             if c.type == "text"])  # fmt: skip


def _inline_faults(line: int, texts: list[str]) -> Iterator[tuple[int, str, str]]:
    prose = INLINE.sub(" ", " ".join(texts))
    mark = _MARKS.search(prose)
    if mark is not None:
        yield line, f"a `{mark[0]}` without its counterpart", "close it, or write it as code"
    raw = _RAW.search(_NAMES.sub("", prose))
    if raw is not None:
        yield (
            line,
            f"`{raw[0]}` in prose is shown as it is written",
            "write the formula between dollar signs, or as code in backticks",
        )
