"""Text of a submission made harmless: nothing in it is obeyed by a terminal, a page or a log."""

from __future__ import annotations

import re
from typing import Any

import msgspec

LINES = 40
"""The most lines of one value, call or output that a report shows."""
LINE = 500
"""The most characters of one line."""

# Control characters but tab and newline, bidirectional and invisible formatting but the joiners,
# separators of lines and paragraphs, lone surrogates, and what is no character at all.
_ACTED_ON = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]"
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_JSON_ACTED_ON = re.compile(
    "[\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f]"
)


def visible(text: str) -> str:
    """Write out characters that a terminal or a page would act on: ESC becomes `\\x1b`."""
    return _ACTED_ON.sub(_escaped, text.replace("\r\n", "\n"))


def one_line(text: str, most: int = 300) -> str:
    """Return the text visibly on one line, and no longer than `most` characters."""
    line = " ".join(visible(text).split())
    return line if len(line) <= most else line[: most - 1] + "…"


def clipped(text: str, lines: int = LINES) -> str:
    """Return the text visibly, without the rest of long lines and of many lines."""
    found = visible(text).expandtabs(8).split("\n")
    shown = [x if len(x) <= LINE else f"{x[:LINE]}… ({len(x) - LINE} more)" for x in found[:lines]]
    if len(found) > lines:
        shown.append(f"… ({len(found) - lines} more lines)")
    return "\n".join(shown)


def number(value: float) -> str:
    """Return a number with two decimals at the most, and none where none are needed."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def json_text(value: Any) -> str:
    """Return a structure as JSON that any reader takes and no terminal acts on.

    A lone surrogate, which is no text, is written out; other characters that would be acted on
    are escaped, and come back as they were.
    """
    plain = _without_surrogates(msgspec.to_builtins(value))
    text = msgspec.json.format(msgspec.json.encode(plain), indent=2).decode()
    return _JSON_ACTED_ON.sub(lambda m: f"\\u{ord(m[0]):04x}", text) + "\n"


def _without_surrogates(value: Any) -> Any:
    if isinstance(value, str):
        return _SURROGATE.sub(_escaped, value)
    if isinstance(value, list):
        return [_without_surrogates(item) for item in value]
    if isinstance(value, dict):
        return {_without_surrogates(k): _without_surrogates(v) for k, v in value.items()}
    return value


def _escaped(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
