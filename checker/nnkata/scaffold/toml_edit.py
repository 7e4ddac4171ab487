"""Add an entry to a list in a course.toml and leave every other character as its author wrote it.

What cannot be done surely is not done: the new text must read as the old table with exactly that
entry more, else there is no new text and the author is told what to add.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable
from typing import Any

_TABLE = re.compile(r"^[ \t]*\[", re.MULTILINE)
_TRACK = re.compile(r"^[ \t]*\[\[[ \t]*tracks[ \t]*\]\]", re.MULTILINE)
_TOKEN = re.compile(r'"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'|#[^\n]*|[\],]')


def with_kata(text: str, kata: str, track: str, title: str) -> str | None:
    """Return course.toml with a kata at the end of a track, which is added if it is not there."""
    names = [t["name"] for t in tomllib.loads(text)["tracks"]]
    if track not in names:
        return _proven(
            text, _with_track(text, kata, track, title), _track_added(kata, track, title)
        )
    headers = list(_TRACK.finditer(text))
    if len(headers) != len(names):
        return None
    index = names.index(track)
    start = headers[index].end()
    end = headers[index + 1].start() if index + 1 < len(headers) else len(text)

    def change(table: dict[str, Any]) -> None:
        table["tracks"][index]["katas"].append(kata)

    return _proven(text, _appended(text, "katas", kata, start, end), change)


def with_given(text: str, path: str) -> str | None:
    """Return course.toml with one more given file."""
    table = _TABLE.search(text)

    def change(table: dict[str, Any]) -> None:
        table.get("given", []).append(path)

    return _proven(text, _appended(text, "given", path, 0, table.start() if table else 0), change)


def track_lines(kata: str, track: str, title: str) -> str:
    """Return the lines of a new track."""
    return (
        f"[[tracks]]\nname = {json.dumps(track)}\n"
        f"title = {json.dumps(title, ensure_ascii=False)}\nkatas = [{json.dumps(kata)}]\n"
    )


def _with_track(text: str, kata: str, track: str, title: str) -> str:
    lines = f"{text.rstrip()}\n\n{track_lines(kata, track, title)}"
    return lines.replace("\r\n", "\n").replace("\n", "\r\n") if "\r\n" in text else lines


def _track_added(kata: str, track: str, title: str) -> Callable[[dict[str, Any]], None]:
    def change(table: dict[str, Any]) -> None:
        table["tracks"].append({"name": track, "title": title, "katas": [kata]})

    return change


def _appended(text: str, key: str, entry: str, start: int, end: int) -> str | None:
    """Return `text` with an entry at the end of the list `key` that stands between two places."""
    opening = re.compile(rf"^[ \t]*{key}[ \t]*=[ \t]*\[", re.MULTILINE).search(text, start, end)
    if opening is None:
        return None
    last, comma = None, False
    for token in _TOKEN.finditer(text, opening.end()):
        if token[0] == "]":
            break
        if token[0] == ",":
            comma = True
        elif token[0][0] != "#":
            last, comma = token, False
    else:
        return None
    quoted, rest = json.dumps(entry), text[opening.end() :]
    newline = "\r\n" if "\r\n" in text else "\n"
    if last is None:
        broken = "\n" in text[opening.end() : token.start()]
        return f"{text[: opening.end()]}{f'{newline}    {quoted},' if broken else quoted}{rest}"
    line_end = text.find("\n", last.end(), token.start())
    if line_end < 0:  # the closing bracket stands on the line of the last entry
        return f"{text[: last.end()]}, {quoted}{text[last.end() :]}"
    line_start = text.rfind("\n", 0, last.start()) + 1
    indent = re.match(r"[ \t]*", text[line_start:])
    assert indent is not None
    return (
        f"{text[: last.end()]}{'' if comma else ','}{text[last.end() : line_end + 1]}"
        f"{indent[0]}{quoted},{newline}{text[line_end + 1 :]}"
    )


def _proven(old: str, new: str | None, change: Callable[[dict[str, Any]], None]) -> str | None:
    """Return `new` if it reads as `old` after `change`, and nothing otherwise."""
    if new is None:
        return None
    wanted = tomllib.loads(old)
    change(wanted)
    try:
        return new if tomllib.loads(new) == wanted else None
    except tomllib.TOMLDecodeError:
        return None
