"""Sequences whose items are not all in memory: a large class has more verdicts than fit there."""

from __future__ import annotations

import pickle
import tempfile
import weakref
from array import array
from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar, overload

from .errors import MachineryError

K = TypeVar("K")
T = TypeVar("T")
MEMORY_BYTES = 2**22
"""Up to this size, stored items are kept in memory; beyond it, in a temporary file."""


class _Items(Sequence[T]):
    """A sequence with a method for one item; slices are lists."""

    def _read(self, index: int) -> T:
        """Return the item at an index from 0 to the length - 1."""
        raise NotImplementedError

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> list[T]: ...
    def __getitem__(self, index: int | slice) -> T | list[T]:
        """Return an item, or the list of the items of a slice."""
        places = range(len(self))[index]
        return self._read(places) if isinstance(places, int) else [*map(self._read, places)]


class LazySequence(_Items[T], Generic[K, T]):
    """A sequence that makes an item from its key whenever the item is read."""

    def __init__(self, keys: Sequence[K], make: Callable[[K], T]) -> None:
        """Set the keys, and the function that makes the item of a key."""
        self.keys = keys
        self.make = make

    def __len__(self) -> int:
        return len(self.keys)

    def _read(self, index: int) -> T:
        return self.make(self.keys[index])


class StoredSequence(_Items[T]):
    """A sequence that keeps its items in a temporary file, and reads them one at a time.

    The file has no name, and it is removed with the sequence.
    """

    def __init__(self) -> None:
        """Start with no items."""
        self._file: Any = tempfile.SpooledTemporaryFile(MEMORY_BYTES)  # noqa: SIM115
        weakref.finalize(self, self._file.close)
        self._ends = array("Q")

    def append(self, item: T) -> None:
        """Add an item at the end; raises `MachineryError` if it cannot be written."""
        try:
            self._file.seek(self._ends[-1] if self._ends else 0)
            self._file.write(pickle.dumps(item, pickle.HIGHEST_PROTOCOL))
            self._file.flush()
        except OSError as error:
            raise MachineryError(
                f"a result cannot be written to {tempfile.gettempdir()}: {error.strerror or error}",
                next_step="free space there, or let TMPDIR name another folder",
            ) from None
        self._ends.append(self._file.tell())

    def clear(self) -> None:
        """Remove all items."""
        del self._ends[:]

    def __len__(self) -> int:
        return len(self._ends)

    def _read(self, index: int) -> T:
        start = self._ends[index - 1] if index else 0
        self._file.seek(start)
        item: T = pickle.loads(self._file.read(self._ends[index] - start))
        return item
