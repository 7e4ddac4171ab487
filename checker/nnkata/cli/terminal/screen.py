"""Write to the terminal, with the colour, symbols and width that it supports."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
from typing import Any

import click

from ...text.layout import ASCII, SYMBOLS, TextWriter, fold

NARROWEST, WIDEST = 40, 100
_ERROR_PREFIX = "Error: "
"""The text that click writes before an error message."""


class Screen(TextWriter):
    """Writes to stdout, with colour and symbols if the terminal has them."""

    def __init__(self, color: str, plain: bool) -> None:
        """Decide from the options, NO_COLOR, FORCE_COLOR, TERM and the terminal, in that order."""
        columns = shutil.get_terminal_size((80, 24)).columns
        fancy = not plain and _can_encode()
        super().__init__(max(NARROWEST, min(columns, WIDEST)), SYMBOLS if fancy else ASCII)
        self.color = _use_color(color, plain)
        self.plain = plain
        with contextlib.suppress(AttributeError, ValueError):  # stdout is replaced
            sys.stdout.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]

    def put(self, text: str, **style: Any) -> None:
        """Write a line."""
        click.echo(self.apply_style(text, **style), color=self.color)

    def apply_style(self, text: str, **style: Any) -> str:
        """Return a line with its style, if colour is on; escape characters stdout cannot encode."""
        encoding = sys.stdout.encoding or "ascii"
        text = text.encode(encoding, "backslashreplace").decode(encoding)
        return click.style(text, **style) if style and self.color else text

    def error(self, message: str, next_step: str) -> str:
        """Return the text that follows click's `Error: `; it is folded only on a terminal."""
        arrow = self.symbols["arrow"]
        if not sys.stderr.isatty():
            return f"{message}\n  {arrow} {next_step}" if next_step else message
        lines: list[str] = []
        for line in f"{_ERROR_PREFIX}{message}".split("\n"):
            margin = line[: len(line) - len(line.lstrip())]
            lines += fold(line.strip(), self.width, margin, margin + "  ")
        if next_step:
            lines += fold(f"{arrow} {next_step}", self.width, "  ", "    ")
        return "\n".join(lines).removeprefix(_ERROR_PREFIX)


def _use_color(choice: str, plain: bool) -> bool:
    if plain or choice == "never":
        return False
    if choice == "always":
        return True
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR") not in (None, "", "0"):
        return True
    return os.environ.get("TERM") != "dumb" and sys.stdout.isatty()


def _can_encode() -> bool:
    try:
        "".join(SYMBOLS.values()).encode(sys.stdout.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True
