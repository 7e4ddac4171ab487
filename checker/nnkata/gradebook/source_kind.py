"""Distinguish a gradebook (a URL or an SQLite file) from a result file."""

from __future__ import annotations

from pathlib import Path

SQLITE_MAGIC = b"SQLite format 3\0"
"""The first bytes of every SQLite file."""


def is_url(source: str) -> bool:
    """Return whether a source is a URL and not a path."""
    return "://" in source


def is_gradebook(source: str) -> bool:
    """Return whether a source is a gradebook: a URL, or the path of an SQLite file."""
    if is_url(source):
        return True
    try:
        with Path(source).open("rb") as file:
            return file.read(len(SQLITE_MAGIC)) == SQLITE_MAGIC
    except OSError:
        return False
