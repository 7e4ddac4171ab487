"""Recognise a file that is probably a module under another name, such as a copy of it."""

from __future__ import annotations

import re

_ENDINGS = re.compile(r"(\.py|\.txt|\.bak|~)+$")
# What browsers, editors and file managers add: `softmax (1)`, `softmax copy 2`, `softmax - 副本`.
_COPY = re.compile(r"[ _-]*(\(\d+\)|\b(copy|kopie)\b( ?\d+)?|_copy\d*|副本| \d+)$")


def plain_stem(name: str) -> str:
    """Return a file's name in lower case, without extensions and marks of a copy."""
    stem = _ENDINGS.sub("", name.lower())
    while (shorter := _COPY.sub("", stem).strip()) != stem:
        stem = shorter
    return stem.replace("-", "_")


def is_copy(name: str) -> bool:
    """Return whether a file's name has the mark of a copy."""
    stem = _ENDINGS.sub("", name.lower())
    return _COPY.search(stem) is not None or name.lower().endswith((".bak", "~"))
