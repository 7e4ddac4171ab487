"""What the terminal can do, decided in one place: colour, symbols, width."""

from __future__ import annotations

import os
import shutil
import sys
from typing import Any

import click
from msgspec import Struct

MAX_WIDTH = 100
SYMBOLS = {
    "passed": "✓",
    "failed": "✗",
    "not_run": "·",
    "arrow": "→",
    "dot": "·",
    "bar": "█",
    "empty": "░",
}
ASCII = {
    "passed": "+",
    "failed": "x",
    "not_run": "-",
    "arrow": "->",
    "dot": "-",
    "bar": "#",
    "empty": ".",
}


class Screen(Struct, frozen=True):
    """How to write for the person at this terminal."""

    color: bool
    plain: bool
    symbols: dict[str, str]
    width: int

    @classmethod
    def of(cls, color: str, plain: bool) -> Screen:
        """Decide from the options, NO_COLOR, FORCE_COLOR, TERM and the terminal, in that order."""
        width = min(shutil.get_terminal_size((80, 24)).columns, MAX_WIDTH)
        fancy = not plain and _can_encode()
        return cls(
            color=_colour(color, plain),
            plain=plain,
            symbols=SYMBOLS if fancy else ASCII,
            width=max(width, 40),
        )

    def echo(self, text: str = "", **style: Any) -> None:
        """Write a line, styled where colour is on."""
        if self.symbols is ASCII:
            for name in ("arrow", "dot"):
                text = text.replace(SYMBOLS[name], ASCII[name])
            text = text.replace("…", "...")
        click.echo(click.style(text, **style) if style and self.color else text, color=self.color)

    def wrapped(self, text: str, indent: int = 0, **style: Any) -> None:
        """Write paragraphs, folded to the terminal's width."""
        import textwrap

        margin = " " * indent
        for number, part in enumerate(text.split("\n\n")):
            if number:
                self.echo()
            folded = textwrap.fill(
                part, self.width, initial_indent=margin, subsequent_indent=margin,
                break_long_words=False, break_on_hyphens=False,
            )  # fmt: skip
            self.echo(folded, **style)

    def block(self, text: str, indent: int = 4, **style: Any) -> None:
        """Write lines as they are, indented."""
        for line in text.splitlines():
            self.echo(" " * indent + line, **style)

    def meter(self, part: int, whole: int, cells: int = 20) -> str:
        """Return a bar of progress, which always stands beside its numbers."""
        full = round(cells * part / whole) if whole else 0
        return self.symbols["bar"] * full + self.symbols["empty"] * (cells - full)


def _colour(choice: str, plain: bool) -> bool:
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
