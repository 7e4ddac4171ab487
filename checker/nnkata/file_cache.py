"""Cache values that are computed from files, until one of these files changes.

Only a learner's own commands use such a cache: grading and `kata verify` read every file each time.
"""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

import msgspec
from msgspec import Struct

from . import __version__
from .files import write_atomically

T = TypeVar("T")
Stamp = tuple[int, int, int, int, int]
SETTLED_NS = 2_000_000_000
"""The age in nanoseconds from which the last change of a file is trusted to be the last one.

A file system may give two changes in quick succession the same time.
"""
MOST_VALUES = 2000
"""The largest number of values that are stored; above it, those of other commands are dropped."""


class CachedValue(Struct, frozen=True, array_like=True):
    """An encoded value, and the stamps of the files that it was computed from."""

    stamps: list[Stamp | None]
    data: msgspec.Raw


class CacheContent(Struct, frozen=True):
    """The content of a cache file: the values by what they are and their first file."""

    engine: str
    values: dict[str, CachedValue]


class FileCache:
    """Values computed from files, in a cache file.

    A value is used as long as device, inode, size and times of its files are the same, as in git's
    index: no program can choose the time of the last change (ctime).
    """

    def __init__(self, path: Path | None = None) -> None:
        """Use the cache file `path`; one that is damaged or of another version counts as empty.

        Without a path, every value is computed each time.
        """
        self.path = path
        self._stored: dict[str, CachedValue] = {}
        self._used: dict[str, CachedValue] = {}
        self._changed = False
        if path is not None:
            with contextlib.suppress(OSError, msgspec.MsgspecError):
                content = msgspec.msgpack.decode(path.read_bytes(), type=CacheContent)
                if content.engine == __version__:
                    self._stored = content.values

    def get(
        self, what: str, files: Sequence[str | Path], kind: type[T], compute: Callable[[], T]
    ) -> T:
        """Return the cached value, or else the result of `compute`, which only reads `files`.

        Args:
            what: a name that distinguishes different values of the same files.
            files: the files that the value depends on; some of them may be missing.
            kind: the type of the value.
            compute: computes the value; its exceptions are passed on, and nothing is cached.
        """
        if self.path is None:
            return compute()
        key, stamps = f"{what} {files[0]}", [_stamp(file) for file in files]
        known = self._used.get(key) or self._stored.get(key)
        if known is not None and known.stamps == stamps:
            with contextlib.suppress(msgspec.MsgspecError):
                value = msgspec.msgpack.decode(known.data, type=kind)
                self._used[key] = known
                return value
        value = compute()
        if all(_is_settled(stamp) for stamp in stamps):
            self._used[key] = CachedValue(stamps, msgspec.Raw(msgspec.msgpack.encode(value)))
            self._changed = True
        return value

    def save(self) -> None:
        """Write the cache file if there is a new value; errors of the system are ignored."""
        if self.path is None or not self._changed:
            return
        values = self._stored | self._used
        content = CacheContent(__version__, values if len(values) <= MOST_VALUES else self._used)
        with contextlib.suppress(OSError):
            write_atomically(self.path, msgspec.msgpack.encode(content))
        self._changed = False


def _stamp(file: str | Path) -> Stamp | None:
    """Return what changes whenever a file does, or None if it is missing."""
    try:
        stat = os.stat(file)  # noqa: PTH116 (a command does this hundreds of times)
    except OSError:
        return None
    return stat.st_dev, stat.st_ino, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns


def _is_settled(stamp: Stamp | None) -> bool:
    """Return whether a later change of the file would change its stamp."""
    return stamp is None or time.time_ns() - max(stamp[3:]) >= SETTLED_NS
