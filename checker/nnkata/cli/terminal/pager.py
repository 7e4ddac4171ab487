"""Show text on the whole terminal, one page of lines at a time."""

from __future__ import annotations

import os
import sys
import unicodedata
from collections.abc import Callable
from typing import Any

import click

from ...text.layout import TextWriter
from .screen import NARROWEST, WIDEST, Screen

Painter = Callable[[Screen], None]
"""Writes some content to a screen of any width; called again when the width changes."""

HOME, CLEAR_LINE, CLEAR_BELOW = "\x1b[H", "\x1b[K", "\x1b[J"


class BufferedScreen(Screen):
    """A screen that stores its lines instead of writing them."""

    def __init__(self, like: Screen, columns: int) -> None:
        """Make a screen of `columns` characters with the colour and the symbols of `like`."""
        TextWriter.__init__(self, max(NARROWEST, min(columns, WIDEST)), like.symbols)
        self.color, self.plain = like.color, like.plain
        self.lines: list[str] = []

    def put(self, text: str, **style: Any) -> None:
        """Store a line."""
        self.lines.append(self.apply_style(text, **style))


class Pager:
    """Draws content, cut to the rows of the terminal, with a footer below it."""

    def __init__(self, screen: Screen) -> None:
        """Draw with the colour and the symbols of `screen`."""
        self.screen = screen
        self.offset = 0
        self.visible = 0
        """The number of lines of the content that the terminal shows."""
        self.remaining = 0
        """The number of lines of the content below those that the terminal shows."""

    def scroll_up(self) -> None:
        """Scroll the current text out of view; the user can scroll back to it."""
        self._write("\r\n" * _size().lines)

    def next_page(self) -> None:
        """Move to the lines that did not fit; after the last page, to the first."""
        self.offset = self.offset + self.visible if self.remaining else 0

    def paint(self, content: Painter, footer: Painter) -> None:
        """Draw the content and, directly below it, the footer."""
        size = _size()
        columns, rows = max(size.columns, 1), max(size.lines, 4)
        above, below = BufferedScreen(self.screen, columns), BufferedScreen(self.screen, columns)
        content(above)
        footer(below)
        room = rows - 1 - sum(_rows(line, columns) for line in below.lines)
        self.offset = min(self.offset, max(len(above.lines) - 1, 0))
        lines = above.lines[self.offset :]
        self.visible = _count_fitting(lines, columns, room)
        if self.visible < len(lines):
            self.visible = max(1, _count_fitting(lines, columns, room - 1))
        self.remaining = len(lines) - self.visible
        page = lines[: self.visible]
        if self.remaining or self.offset:
            more = f"{self.remaining} more lines" if self.remaining else "the end"
            above.echo(f"… {more} (m)", dim=True)
            page.append(above.lines[-1])
        frame = "".join(f"{line}{CLEAR_LINE}\r\n" for line in [*page, *below.lines])
        self._write(f"{HOME}{frame}{CLEAR_BELOW}")

    @staticmethod
    def _write(text: str) -> None:
        try:
            sys.stdout.write(text)
            sys.stdout.flush()
        except OSError:  # the terminal is gone, which the reader of its keys notices too
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, sys.stdout.fileno())
            os.close(nowhere)


def _size() -> os.terminal_size:
    try:
        return os.get_terminal_size(sys.stdout.fileno())
    except OSError:
        return os.terminal_size((80, 24))


def _count_fitting(lines: list[str], columns: int, room: int) -> int:
    """Return how many of the lines fit into `room` rows."""
    used = 0
    for number, line in enumerate(lines):
        used += _rows(line, columns)
        if used > room:
            return number
    return len(lines)


def _rows(line: str, columns: int) -> int:
    """Return the number of rows that a line takes: the terminal wraps long lines."""
    text = click.unstyle(line)
    cells = len(text)
    if not text.isascii():
        cells += sum(unicodedata.east_asian_width(c) in "WF" for c in text)
    return max(1, -(-cells // columns))
