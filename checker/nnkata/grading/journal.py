"""The journal of a run: one line of JSON per submission, written as soon as it is graded.

A run that was stopped, or whose machine failed, continues from its journal: a submission is not
graded again if everything that its verdicts depend on is the same.
"""

from __future__ import annotations

import os
from io import FileIO
from pathlib import Path
from typing import Literal

import msgspec
from msgspec import Struct

from ..errors import KataError, MachineryError
from ..model import NeedsPerson, Rejection, Verdict


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


class Journal:
    """A journal that entries are appended to."""

    def __init__(self, path: Path, seed: int, known: list[JournalEntry]) -> None:
        """Set the fields; `open_journal` reads or creates the file."""
        self.path = path
        self.seed = seed
        self.by_key = {(e.submission, e.key): e for e in known if e.key and e.verdicts}
        self._file: FileIO | None = None

    def recall(self, submission: str, key: str) -> JournalEntry | None:
        """Return the entry of a submission that was graded before, if nothing has changed."""
        return self.by_key.get((submission, key))

    def add(self, entry: JournalEntry) -> None:
        """Append an entry; it is on the disk when this returns. Raises `MachineryError`."""
        rest = memoryview(msgspec.json.encode(entry) + b"\n")
        try:
            if self._file is None:
                self._file = self.path.open("ab", buffering=0)
            while rest:  # if the disk is nearly full, only a part is written
                rest = rest[self._file.write(rest) :]
            os.fsync(self._file.fileno())
        except OSError as error:
            raise MachineryError(
                f"the journal {self.path} cannot be written: {error.strerror or error}",
                next_step="free space on its disk, then continue with "
                f"--journal {self.path} --resume",
            ) from None

    def close(self) -> None:
        """Close the file."""
        if self._file is not None:
            self._file.close()
            self._file = None


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
        data = path.read_bytes()
    except FileNotFoundError:
        data = b""
    except OSError as error:
        raise _unusable(path, error.strerror or str(error)) from None
    if data and not resume:
        raise KataError(
            f"{path} exists: an earlier run wrote it",
            next_step="continue it with --resume, or name another file",
        )
    lines = data.split(b"\n")
    try:
        if data:
            header = msgspec.json.decode(lines[0], type=JournalHeader)
            seed = header.seed if seed is None else seed
            return _continue(path, seed, lines[1:])
        seed = drawn if seed is None else seed
        path.write_bytes(msgspec.json.encode(JournalHeader(seed=seed)) + b"\n")
    except msgspec.MsgspecError:
        raise _unusable(path, "its first line is not that of a journal") from None
    except OSError as error:
        raise _unusable(path, error.strerror or str(error)) from None
    return Journal(path, seed, [])


def _continue(path: Path, seed: int, lines: list[bytes]) -> Journal:
    """Return the journal with the entries of its lines; a line that was cut off is ignored."""
    known = []
    for line in lines:
        try:
            known.append(msgspec.json.decode(line, type=JournalEntry))
        except msgspec.MsgspecError:
            continue
    if lines and lines[-1]:  # the run was killed while it wrote this line
        with path.open("ab") as file:
            file.write(b"\n")
    return Journal(path, seed, known)


def _unusable(path: Path, why: str) -> KataError:
    return KataError(f"the journal {path} cannot be used: {why}", next_step="name another file")
