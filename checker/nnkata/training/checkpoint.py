"""What a training that was stopped has reached, kept in one file so that the next goes on.

It is void as soon as any module of the network is another: what was reached was reached with the
modules of then.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec
from msgspec import Struct

from .. import __version__
from ..files import write_atomically
from .stages import Event, Stage

FORMAT = 1


class KeptFile(Struct, forbid_unknown_fields=True):
    """The file: hashes of what trained, and what each finished part of each stage told."""

    format: int
    engine: str
    files: dict[str, str]
    done: dict[str, list[list[Event]]] = {}


class Kept:
    """The file `.kata/training.json`."""

    def __init__(self, path: Path, files: Mapping[str, Path], afresh: bool = False) -> None:
        """Read what was kept, unless training begins afresh; say in `note` why it is void."""
        self.path = path
        self.note = ""
        self.stored = True
        """Whether what is done could be written."""
        self._now = KeptFile(FORMAT, __version__, {name: _sha256(f) for name, f in files.items()})
        if afresh:
            self.forget()
        else:
            self._read()

    def _read(self) -> None:
        try:
            old = msgspec.json.decode(self.path.read_bytes(), type=KeptFile)
        except FileNotFoundError:
            return
        except (OSError, msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
            self.note = f"{self.path.name} cannot be read ({error}), so training begins afresh"
            return
        if (old.format, old.engine) != (FORMAT, __version__):
            self.note = "training was stopped in another version of nnkata, so it begins afresh"
        elif old.files != self._now.files:
            names = sorted(
                name
                for name in old.files.keys() | self._now.files.keys()
                if old.files.get(name) != self._now.files.get(name)
            )
            more = f" and {len(names) - 3} more" if len(names) > 3 else ""
            self.note = (
                f"the network has changed since training was stopped ({', '.join(names[:3])}{more})"
                ", so it begins afresh"
            )
        else:
            self._now = old

    def parts(self, stage: Stage) -> list[list[Event]]:
        """Return what each part of the stage that is done has told."""
        return self._now.done.get(stage.title, [])

    def reached(self, stages: Iterable[Stage]) -> list[str]:
        """Return in words which stages are done, and how far the one that is not."""
        found = []
        for stage in stages:
            parts = len(self.parts(stage))
            if parts >= stage.parts:
                found.append(stage.title)
            elif parts:
                found.append(f"{parts} of {stage.parts} parts of {stage.title}")
        return found

    def keep(self, stage: Stage, told: list[Event]) -> None:
        """Keep that one more part of the stage is done; where nothing can be written, go on."""
        self._now.done.setdefault(stage.title, []).append(told)
        try:
            write_atomically(self.path, msgspec.json.encode(self._now) + b"\n")
        except OSError:
            self.stored = False

    def forget(self) -> None:
        """Remove the file: training is done, or begins afresh."""
        try:
            self.path.unlink(missing_ok=True)
        except OSError:
            self.stored = False


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
