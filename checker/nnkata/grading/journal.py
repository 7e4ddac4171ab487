"""The journal of a run: one line of JSON per submission, written as soon as it is graded.

A run that was stopped, or whose machine failed, continues from its journal: a submission is not
graded again if everything that its verdicts depend on is the same.
"""

from __future__ import annotations

import os
from io import BufferedReader, FileIO
from pathlib import Path
from typing import Literal, Protocol

import msgspec
from msgspec import Struct

from ..errors import KataError, MachineryError
from ..model import NeedsPerson, Rejection, Verdict
from ..sequences import StoredSequence


class JournalHeader(Struct, kw_only=True):
    """The first line of a journal."""

    schema: Literal["nnkata/journal/v1"] = "nnkata/journal/v1"
    seed: int


class JournalEntry(Struct, kw_only=True):
    """The result of one submission."""

    submission: str
    key: str = ""
    """The hash of everything that the verdicts depend on; "" if it could not be read."""
    verdicts: list[Verdict] = []
    refused: list[Rejection] = []
    needs_person: NeedsPerson | None = None


class EntryStore(Protocol):
    """Keeps the entries of a run, which are read back one at a time by their places."""

    def add(self, entry: JournalEntry) -> int:
        """Store an entry; return its place. Raises `MachineryError`."""

    def read(self, place: int) -> JournalEntry:
        """Return the entry at a place; raises `MachineryError`."""

    def recall(self, submission: str, key: str) -> int | None:
        """Return the place of a submission graded before, if nothing has changed since."""

    def close(self) -> None:
        """Close the file; nothing can be read after that."""


class TemporaryEntries:
    """The entries of a run without a journal; they are lost with the run."""

    def __init__(self) -> None:
        """Start with no entries."""
        self._entries: StoredSequence[JournalEntry] = StoredSequence()

    def add(self, entry: JournalEntry) -> int:
        """Store an entry; return its place. Raises `MachineryError`."""
        self._entries.append(entry)
        return len(self._entries) - 1

    def read(self, place: int) -> JournalEntry:
        """Return the entry at a place."""
        return self._entries[place]

    def recall(self, submission: str, key: str) -> int | None:
        """Return None: nothing was graded before."""
        del submission, key
        return None

    def close(self) -> None:
        """Forget the entries."""
        self._entries = StoredSequence()


class Journal:
    """A journal that entries are appended to; a place in it is the offset of a line in bytes."""

    def __init__(self, path: Path, seed: int, known: dict[tuple[str, str], int]) -> None:
        """Set the fields; `open_journal` reads or creates the file.

        `known` has the places of the submissions with verdicts, by name and key.
        """
        self.path = path
        self.seed = seed
        self.known = known
        self._file: FileIO | None = None
        self._reader: BufferedReader | None = None

    def recall(self, submission: str, key: str) -> int | None:
        """Return the place of a submission graded before, if nothing has changed since."""
        return self.known.get((submission, key))

    def add(self, entry: JournalEntry) -> int:
        """Append an entry; return its place. It is on the disk then. Raises `MachineryError`."""
        rest = memoryview(msgspec.json.encode(entry) + b"\n")
        try:
            if self._file is None:
                self._file = self.path.open("ab", buffering=0)
            place = self._file.seek(0, os.SEEK_END)
            while rest:  # if the disk is nearly full, only a part is written
                rest = rest[self._file.write(rest) :]
            os.fsync(self._file.fileno())
        except OSError as error:
            raise MachineryError(
                f"the journal {self.path} cannot be written: {error.strerror or error}",
                next_step="free space on its disk, then continue with "
                f"--journal {self.path} --resume",
            ) from None
        return place

    def read(self, place: int) -> JournalEntry:
        """Return the entry at a place; raises `MachineryError`."""
        try:
            if self._reader is None:
                self._reader = self.path.open("rb")
            self._reader.seek(place)
            return msgspec.json.decode(self._reader.readline(), type=JournalEntry)
        except (OSError, msgspec.MsgspecError) as error:
            raise MachineryError(
                f"the journal {self.path} cannot be read: {error}",
                next_step="let no other program write it; then grade with another --journal",
            ) from None

    def close(self) -> None:
        """Close the file."""
        for file in (self._file, self._reader):
            if file is not None:
                file.close()
        self._file = self._reader = None


def open_journal(path: Path, seed: int | None, resume: bool, drawn: int) -> Journal:
    """Create a journal, or with `resume` continue the one at `path`, if there is one.

    Args:
        seed: the requested seed, if any.
        resume: use the seed and the entries in the file; without it, an existing file is an error,
            so that no results are lost.
        drawn: the seed to use if neither `seed` nor the journal gives one.

    Raises:
        KataError: the file exists and `resume` is false, or it is not a journal, or it cannot be
            written.
    """
    try:
        with path.open("rb") as lines:
            first = lines.readline()
            if first and not resume:
                raise KataError(
                    f"{path} exists: an earlier run wrote it",
                    next_step="continue it with --resume, or name another file",
                )
            if first:
                header = msgspec.json.decode(first, type=JournalHeader)
                seed = header.seed if seed is None else seed
                return _continue(path, seed, lines)
    except FileNotFoundError:
        pass
    except msgspec.MsgspecError:
        raise _unusable(path, "its first line is not that of a journal") from None
    except OSError as error:
        raise _unusable(path, error.strerror or str(error)) from None
    seed = drawn if seed is None else seed
    try:
        path.write_bytes(msgspec.json.encode(JournalHeader(seed=seed)) + b"\n")
    except OSError as error:
        raise _unusable(path, error.strerror or str(error)) from None
    return Journal(path, seed, {})


def _continue(path: Path, seed: int, lines: BufferedReader) -> Journal:
    """Return the journal with the rest of its lines; a line that was cut off is ignored."""
    known: dict[tuple[str, str], int] = {}
    place, line = lines.tell(), b"\n"
    for line in lines:
        try:
            entry = msgspec.json.decode(line, type=JournalEntry)
            if entry.key and entry.verdicts:
                known[entry.submission, entry.key] = place
        except msgspec.MsgspecError:
            pass
        place += len(line)
    if not line.endswith(b"\n"):  # the run was killed while it wrote this line
        with path.open("ab") as file:
            file.write(b"\n")
    return Journal(path, seed, known)


def _unusable(path: Path, why: str) -> KataError:
    return KataError(f"the journal {path} cannot be used: {why}", next_step="name another file")
