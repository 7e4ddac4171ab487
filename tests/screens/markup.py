"""Colours of a terminal as text that can be read: ESC[1mhint ESC[0m becomes ‹bold›hint‹/›.

A terminal is told its styles by SGR codes. What it is told besides, a move of the cursor or a
link, has no place on our screens, and is refused by name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

COLOURS = ("black", "red", "green", "yellow", "blue", "magenta", "cyan", "white")
ON = {1: "bold", 2: "dim", 3: "italic", 4: "underlined", 7: "reversed", 9: "struck"}
OFF = {22: ("bold", "dim")} | {code + 20: (ON[code],) for code in (3, 4, 7, 9)}
_CODES = re.compile(r"\x1b\[([\d;]*)m")
_CONTROL = re.compile(r"\x1b\[[\d;?]*[A-Za-z]?|[\x00-\x09\x0b-\x1f\x7f-\x9f]")


def marked(text: str) -> str:
    """Return the text with every styled run of a line between ‹style› and ‹/›.

    Raises ValueError for codes that are not known, for other control characters, and for text
    in which the marks themselves occur.
    """
    lines: list[list[tuple[str, str]]] = [[]]
    for part, style in _runs(text):
        for number, piece in enumerate(part.split("\n")):
            if number:
                lines.append([])
            if piece and lines[-1] and lines[-1][-1][1] == style:
                lines[-1][-1] = (lines[-1][-1][0] + piece, style)
            elif piece:
                lines[-1].append((piece, style))
    return "\n".join("".join(_marked(*run) for run in line) for line in lines)


def bare(text: str) -> str:
    """Return the text without its styles; raises ValueError as `marked` does."""
    return "".join(part for part, _ in _runs(text))


def _marked(part: str, style: str) -> str:
    return f"‹{style}›{part}‹/›" if style else part


def _runs(text: str) -> Iterator[tuple[str, str]]:
    """Yield (text, style) from one change of style to the next."""
    if found := re.search("[‹›]", text):
        raise ValueError(f"the text holds {found[0]}, which the marks are made of")
    style: dict[str, str] = {}
    end = 0
    for codes in _CODES.finditer(text):
        yield _clean(text[end : codes.start()]), " ".join(style.values())
        _change(style, [int(code or 0) for code in codes[1].split(";")])
        end = codes.end()
    yield _clean(text[end:]), " ".join(style.values())


def _clean(part: str) -> str:
    if found := _CONTROL.search(part):
        raise ValueError(f"{found[0]!r} is not a style")
    return part


def _change(style: dict[str, str], codes: list[int]) -> None:
    """Apply the codes of one escape to a style, a dict of what is on by what it changes."""
    while codes:
        code = codes.pop(0)
        if code == 0:
            style.clear()
        elif code in ON:
            style[ON[code]] = ON[code]
        elif code in OFF:
            for name in OFF[code]:
                style.pop(name, None)
        elif code in (39, 49):
            style.pop("on" if code == 49 else "colour", None)
        elif code in (38, 48):
            _set(style, code == 48, _mixed(codes))
        elif 30 <= code <= 37 or 40 <= code <= 47:
            _set(style, code >= 40, COLOURS[code % 10])
        elif 90 <= code <= 97 or 100 <= code <= 107:
            _set(style, code >= 100, f"bright-{COLOURS[code % 10]}")
        else:
            raise ValueError(f"SGR code {code} is not known")


def _set(style: dict[str, str], behind: bool, colour: str) -> None:
    if behind:
        style["on"] = f"on-{colour}"
    else:
        style["colour"] = colour


def _mixed(codes: list[int]) -> str:
    """Take a colour by number or by its red, green and blue off the codes."""
    kind, rest = codes[:1], codes[1:]
    if kind == [5] and rest:
        del codes[:2]
        return f"colour-{rest[0]}"
    if kind == [2] and len(rest) >= 3:
        del codes[:4]
        return "#{:02x}{:02x}{:02x}".format(*rest[:3])
    raise ValueError(f"SGR colour {codes} is not known")
