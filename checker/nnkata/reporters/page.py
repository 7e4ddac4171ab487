"""Writing for people: folded text, blocks and symbols, on any terminal or in a file."""

from __future__ import annotations

import textwrap
from typing import Any, TextIO

SYMBOLS = {
    "passed": "✓",
    "failed": "✗",
    "open": "·",
    "arrow": "→",
    "back": "←",
    "dot": "·",
    "ellipsis": "…",
    "bar": "█",
    "empty": "░",
}
ASCII = {
    "passed": "+",
    "failed": "x",
    "open": "-",
    "arrow": "->",
    "back": "<-",
    "dot": "-",
    "ellipsis": "...",
    "bar": "#",
    "empty": ".",
}


class Page:
    """A place to write to: how wide it is, and which symbols it can show."""

    def __init__(self, width: int = 80, symbols: dict[str, str] = SYMBOLS) -> None:
        """Take the width in characters and the symbols."""
        self.width = width
        self.symbols = symbols

    def put(self, text: str, **style: Any) -> None:
        """Write one line; a subclass says where."""
        raise NotImplementedError

    def echo(self, text: str = "", **style: Any) -> None:
        """Write one line, with symbols that can be shown here."""
        if self.symbols is not SYMBOLS:
            for name in ("arrow", "back", "dot", "ellipsis"):
                text = text.replace(SYMBOLS[name], self.symbols[name])
        self.put(text, **style)

    def wrapped(self, text: str, indent: int = 0, hang: int = 0, **style: Any) -> None:
        """Write paragraphs folded to the width; all lines but the first hang by `hang` more."""
        for number, part in enumerate(text.split("\n\n")):
            if number:
                self.echo()
            folded = textwrap.wrap(
                part,
                self.width,
                initial_indent=" " * indent,
                subsequent_indent=" " * (indent + hang),
                break_long_words=False,
                break_on_hyphens=False,
            )
            for line in folded:
                self.echo(line, **style)

    def block(self, text: str, indent: int = 4, label: str = "", **style: Any) -> None:
        """Write lines as they are, the first behind a label and the rest below it."""
        margin = " " * indent
        for number, line in enumerate(text.splitlines()):
            self.echo(margin + (label if number == 0 else " " * len(label)) + line, **style)

    def meter(self, part: int, whole: int, cells: int = 20) -> str:
        """Return a bar of progress, which always stands beside its numbers."""
        full = round(cells * part / whole) if whole else 0
        return self.symbols["bar"] * full + self.symbols["empty"] * (cells - full)


class TextPage(Page):
    """A page in an open text file."""

    def __init__(self, out: TextIO, width: int = 80) -> None:
        """Write to `out`."""
        super().__init__(width)
        self.out = out

    def put(self, text: str, **style: Any) -> None:
        """Write a line without its style."""
        del style
        self.out.write(text + "\n")
