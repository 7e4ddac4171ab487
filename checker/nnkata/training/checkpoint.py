"""The checkpoint of a training run that was stopped; the next run continues from this file.

It is valid only for the modules that it was made with. When one of them changes, training starts
from the beginning.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec
from msgspec import Struct

from .. import __version__
from ..files import write_atomically
from .stages import STORED, Event, Stage

FORMAT = 1


class CheckpointFile(Struct, forbid_unknown_fields=True):
    """The content of the file: hashes of the modules, and the events of each part that is done."""

    format: int
    engine: str
    files: dict[str, str]
    done: dict[str, list[list[Event]]] = {}


class Checkpoint:
    """The file `.kata/training.json`, and what it contains."""

    def __init__(self, path: Path, files: Mapping[str, Path], afresh: bool = False) -> None:
        """Read the file, or delete it if `afresh`; `note` says why it is not valid."""
        self.path = path
        self.note = ""
        self.stored = True
        """Whether the file could be written."""
        hashes = {name: _sha256(file) for name, file in files.items()}
        self._content = CheckpointFile(FORMAT, __version__, hashes)
        if afresh:
            self.delete()
        else:
            self._read()

    def _read(self) -> None:
        try:
            old = msgspec.json.decode(self.path.read_bytes(), type=CheckpointFile)
        except FileNotFoundError:
            return
        except (OSError, msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
            self.note = f"{self.path.name} cannot be read ({error}), so training starts again"
            return
        if (old.format, old.engine) != (FORMAT, __version__):
            self.note = "training was stopped in a different version of nnkata, so it starts again"
        elif old.files != self._content.files:
            names = sorted(
                name
                for name in old.files.keys() | self._content.files.keys()
                if old.files.get(name) != self._content.files.get(name)
            )
            more = f" and {len(names) - 3} more" if len(names) > 3 else ""
            self.note = (
                f"modules have changed since training was stopped ({', '.join(names[:3])}{more}), "
                "so it starts again"
            )
        else:
            self._content = old

    def done_parts(self, stage: Stage) -> list[list[Event]]:
        """Return the stored events of each part of the stage that is done."""
        return self._content.done.get(stage.title, [])

    def lines(self, stages: Iterable[Stage]) -> list[str]:
        """Return the stored lines that the finished parts of the stages printed."""
        events = (e for stage in stages for part in self.done_parts(stage) for e in part)
        texts = [event.text for event in events if isinstance(event, STORED)]
        return [line for text in texts for line in text.split("\n")]

    def summary(self, stages: Iterable[Stage]) -> list[str]:
        """Return one text for each stage with finished parts."""
        texts = []
        for stage in stages:
            parts = len(self.done_parts(stage))
            if parts >= stage.parts:
                texts.append(stage.title)
            elif parts:
                texts.append(f"{parts} of {stage.parts} parts of {stage.title}")
        return texts

    def add_part(self, stage: Stage, events: list[Event]) -> None:
        """Store that one more part of the stage is done; a failure sets `stored` to False."""
        self._content.done.setdefault(stage.title, []).append(events)
        try:
            write_atomically(self.path, msgspec.json.encode(self._content) + b"\n")
        except OSError:
            self.stored = False

    def delete(self) -> None:
        """Delete the file."""
        try:
            self.path.unlink(missing_ok=True)
        except OSError:
            self.stored = False


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
