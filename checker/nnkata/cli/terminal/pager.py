"""A terminal's whole screen: what fits is shown, what does not can be leafed through."""

from __future__ import annotations

import os
import sys
import unicodedata
from collections.abc import Callable
from typing import Any

import click

from ...text.layout import TextWriter
from .screen import NARROWEST, WIDEST, Screen

View = Callable[[Screen], None]
"""Writes what is to be seen to a screen of any width; it may be asked again at another."""

HOME, CLEAR_LINE, CLEAR_BELOW = "\x1b[H", "\x1b[K", "\x1b[J"


class Sheet(Screen):
    """A screen that keeps its lines."""

    def __init__(self, like: Screen, columns: int) -> None:
        """Take colour and symbols from the real one."""
        TextWriter.__init__(self, max(NARROWEST, min(columns, WIDEST)), like.symbols)
        self.color, self.plain = like.color, like.plain
        self.lines: list[str] = []

    def put(self, text: str, **style: Any) -> None:
        """Keep a line."""
        self.lines.append(self.styled(text, **style))


class Window:
    """The terminal's screen: a view that is cut to the rows there are, and a foot below it."""

    def __init__(self, screen: Screen) -> None:
        """Draw as `screen` would, colour and symbols alike."""
        self.screen = screen
        self.offset = 0
        self.left = 0
        """How many lines of the view stand below what is shown."""

    def fresh(self) -> None:
        """Move what stands on the terminal up and away, where it can be scrolled back to."""
        self._write("\r\n" * _size().lines)

    def leaf(self) -> None:
        """Go on to the lines that did not fit, and after the last to the first."""
        self.offset = self.offset + self.shown if self.left else 0

    def paint(self, view: View, foot: View) -> None:
        """Draw the view and, right below it, the foot."""
        size = _size()
        columns, rows = max(size.columns, 1), max(size.lines, 4)
        sheet, below = Sheet(self.screen, columns), Sheet(self.screen, columns)
        view(sheet)
        foot(below)
        room = rows - 1 - sum(_rows(line, columns) for line in below.lines)
        self.offset = min(self.offset, max(len(sheet.lines) - 1, 0))
        lines = sheet.lines[self.offset :]
        self.shown = _fitting(lines, columns, room)
        if self.shown < len(lines):
            self.shown = max(1, _fitting(lines, columns, room - 1))
        self.left = len(lines) - self.shown
        shown = lines[: self.shown]
        if self.left or self.offset:
            more = f"{self.left} lines more" if self.left else "the end"
            sheet.echo(f"… {more} (m)", dim=True)
            shown.append(sheet.lines[-1])
        drawn = "".join(f"{line}{CLEAR_LINE}\r\n" for line in [*shown, *below.lines])
        self._write(f"{HOME}{drawn}{CLEAR_BELOW}")

    @staticmethod
    def _write(text: str) -> None:
        try:
            sys.stdout.write(text)
            sys.stdout.flush()
        except OSError:  # the terminal is gone, and whoever reads its keys will hear of it
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, sys.stdout.fileno())
            os.close(nowhere)


def _size() -> os.terminal_size:
    try:
        return os.get_terminal_size(sys.stdout.fileno())
    except OSError:
        return os.terminal_size((80, 24))


def _fitting(lines: list[str], columns: int, room: int) -> int:
    """Return how many of the lines fit into so many rows."""
    used = 0
    for number, line in enumerate(lines):
        used += _rows(line, columns)
        if used > room:
            return number
    return len(lines)


def _rows(line: str, columns: int) -> int:
    """Return the rows that a line takes: long ones go on in the next."""
    text = click.unstyle(line)
    cells = len(text)
    if not text.isascii():
        cells += sum(unicodedata.east_asian_width(c) in "WF" for c in text)
    return max(1, -(-cells // columns))
