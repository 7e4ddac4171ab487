"""Make text of a submission harmless: no terminal, page or log interprets characters in it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Any, TextIO

import msgspec

LINES = 40
"""The maximum number of lines that a report shows of one value, call or output."""
LINE = 500
"""The maximum number of characters of one line."""
MAX_NAME_LENGTH = 255
"""The maximum number of characters of a name that `escape_name` returns."""

# Control characters except tab and newline, bidirectional and invisible formatting except joiners,
# separators of lines and paragraphs, lone surrogates, and code points that are not characters.
_ACTED_ON = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]"
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_JSON_ACTED_ON = re.compile(
    "[\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f]"
    r"|:(?=:[A-Za-z])|#(?=#\w*\[)"  # ::error:: and ##[error], which the log of a CI system obeys
)


def visible(text: str) -> str:
    """Return the text with characters that a terminal interprets escaped: ESC becomes `\\x1b`."""
    if text.isprintable():  # a quick answer for most texts of one line
        return text
    return _ACTED_ON.sub(_escape, text.replace("\r\n", "\n"))


def one_line(text: str, most: int = 300) -> str:
    """Return the text on one line of at most `most` characters, with control characters escaped."""
    line = " ".join(visible(text).split())
    return line if len(line) <= most else line[: most - 1] + "…"


def escape_name(text: str) -> str:
    """Return a text with control, bidirectional and surrogate characters escaped, and truncated.

    It has at most `MAX_NAME_LENGTH` characters and a mark. Backslashes are escaped too, so two
    different texts stay different unless they are truncated.
    """
    safe = "".join(
        f"\\x{ord(c):02x}"
        if c == "\\" or unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp")
        else c
        for c in text
    )
    return safe if len(safe) <= MAX_NAME_LENGTH else safe[:MAX_NAME_LENGTH] + "…"


def clip(text: str, lines: int = LINES) -> str:
    """Return the text with control characters escaped, cut to `lines` lines of LINE characters."""
    every = visible(text).expandtabs(8).split("\n")
    first = [x if len(x) <= LINE else f"{x[:LINE]}… ({len(x) - LINE} more)" for x in every[:lines]]
    if len(every) > lines:
        first.append(f"… ({len(every) - lines} more lines)")
    return "\n".join(first)


def number(value: float) -> str:
    """Return a number as text with at most two decimals, without trailing zeros."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def json_text(value: Any) -> str:
    """Return a structure as JSON that is valid for every parser and harmless in a terminal or log.

    A lone surrogate is not text, so it is escaped as `\\udxxx` in the text itself. Other characters
    that a terminal interprets, and the first of `::command` and `##[command]`, become JSON escapes,
    so a parser returns them unchanged.
    """
    plain = _without_surrogates(msgspec.to_builtins(value))
    text = msgspec.json.format(msgspec.json.encode(plain), indent=2).decode()
    return _JSON_ACTED_ON.sub(lambda m: f"\\u{ord(m[0]):04x}", text) + "\n"


def write_json_list(items: Iterable[Any], out: TextIO, depth: int = 0) -> None:
    """Write a list as `json_text` does, one item at a time, and without a line break at its end.

    `depth` is the number of structures around the list.
    """
    outside = "\n" + "  " * depth
    mark = "["
    for item in items:
        text = json_text(item).removesuffix("\n").replace("\n", f"{outside}  ")
        out.write(f"{mark}{outside}  {text}")
        mark = ","
    out.write("[]" if mark == "[" else f"{outside}]")


def _without_surrogates(value: Any) -> Any:
    if isinstance(value, str):
        return _SURROGATE.sub(_escape, value)
    if isinstance(value, list):
        return [_without_surrogates(item) for item in value]
    if isinstance(value, dict):
        return {_without_surrogates(k): _without_surrogates(v) for k, v in value.items()}
    return value


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
