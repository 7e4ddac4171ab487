"""Write text for people: folded paragraphs, blocks and symbols, to a terminal or a file."""

from __future__ import annotations

import re
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
_QUOTED = re.compile(r"`[^`\n]+`")
LONGEST = 40
"""The longest command in backticks that is kept on one line."""
_BLANK = "\ue000"
"""The placeholder for a space between words that stay on one line."""


class TextWriter:
    """Writes text to an output of a known width, with the symbols that it can show."""

    def __init__(self, width: int = 80, symbols: dict[str, str] = SYMBOLS) -> None:
        """Set the width in characters and the table of symbols."""
        self.width = width
        self.symbols = symbols

    def put(self, text: str, **style: Any) -> None:
        """Write one line; subclasses define where."""
        raise NotImplementedError

    def echo(self, text: str = "", **style: Any) -> None:
        """Write one line; symbols that cannot be shown are replaced."""
        if self.symbols is not SYMBOLS:
            for name in ("arrow", "back", "dot", "ellipsis"):
                text = text.replace(SYMBOLS[name], self.symbols[name])
        self.put(text, **style)

    def paragraph(self, text: str, indent: int = 0, hang: int = 0, **style: Any) -> None:
        """Write paragraphs folded to the width; lines after the first are indented by `hang` more.

        The text may come from an author or a learner. A dot in it can be a product, so dots are
        not replaced by the ASCII symbol.
        """
        for number, part in enumerate(text.split("\n\n")):
            if number:
                self.echo()
            for line in fold(part, self.width, " " * indent, " " * (indent + hang)):
                if self.symbols is not SYMBOLS:
                    for name in ("arrow", "back", "ellipsis"):
                        line = line.replace(SYMBOLS[name], self.symbols[name])
                self.put(line, **style)

    def block(
        self, text: str, indent: int = 4, label: str = "", fold: bool = False, **style: Any
    ) -> None:
        """Write lines as they are, the first after a label and the rest below it.

        With `fold`, lines that are too long start below the label and are folded. Do not fold
        code.
        """
        before = " " * indent + label
        if (
            fold
            and label
            and max(map(len, text.splitlines()), default=0) > self.width - len(before)
        ):
            self.put(before.rstrip(), **style)
            before = " " * (indent + 2)
        for line in text.splitlines():
            for piece in _cut(line, self.width - len(before)) if fold else [line]:
                self.put((before + piece).rstrip(), **style)
                before = " " * len(before)

    def meter(self, part: int, whole: int) -> str:
        """Return a progress bar; write the two numbers next to it."""
        cells = min(20, self.width // 4)
        full = round(cells * part / whole) if whole else 0
        return self.symbols["bar"] * full + self.symbols["empty"] * (cells - full)


def fold(text: str, width: int, first: str = "", rest: str = "") -> list[str]:
    """Return a paragraph as lines of at most `width` characters, with the given margins.

    A command in backticks stays on one line. If the last line would be a single word, a slightly
    smaller width is used if it avoids this without an additional line.
    """
    joined = _QUOTED.sub(_join_words, text)
    lines = _wrap(joined, width, first, rest)
    for narrower in range(width - 1, width * 7 // 8, -1):
        if len(lines) < 2 or " " in lines[-1].strip():
            break
        again = _wrap(joined, narrower, first, rest)
        if len(again) == len(lines):
            lines = again
    return [line.replace(_BLANK, " ") for line in lines]


def _join_words(quoted: re.Match[str]) -> str:
    """Return a quoted command with placeholders for its spaces, unless it is long."""
    return quoted[0].replace(" ", _BLANK) if len(quoted[0]) <= LONGEST else quoted[0]


def _wrap(text: str, width: int, first: str, rest: str) -> list[str]:
    return textwrap.wrap(
        text,
        width,
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _cut(line: str, room: int) -> list[str]:
    """Return a line in pieces; the later ones are indented by two spaces more than the line."""
    if len(line) <= room:
        return [line]
    indent = line[: len(line) - len(line.lstrip())]
    rest = indent + "  " if len(indent) < room // 2 else "  "
    return textwrap.wrap(
        line, max(room, 20), subsequent_indent=rest, break_on_hyphens=False,
        replace_whitespace=False, expand_tabs=False,
    )  # fmt: skip


def clock(seconds: float) -> str:
    """Return a duration as text: `7 s`, `2 min 5 s`, `1 h 20 min`."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60} s"
    return f"{whole // 3600} h {whole % 3600 // 60} min"


class FileWriter(TextWriter):
    """Writes text to an open text file."""

    def __init__(self, out: TextIO, width: int = 80) -> None:
        """Write to `out`."""
        super().__init__(width)
        self.out = out

    def put(self, text: str, **style: Any) -> None:
        """Write a line without its style."""
        del style
        self.out.write(text + "\n")
