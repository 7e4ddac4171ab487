"""The record of the last completed training run: its printed lines, for the page."""

from __future__ import annotations

import contextlib
import time
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from ..files import write_atomically

FILE = "trained.json"
"""The name of the file in the folder `.kata` of a workspace."""
MAX_LINES = 200
"""Maximum number of lines that are kept: the last ones, which contain the results."""


class TrainingRecord(Struct, forbid_unknown_fields=True):
    """The lines of a training run, and when it ended, in seconds since 1970."""

    at: Annotated[float, Meta(ge=0, le=1e11)]
    lines: list[str]


def store_record(path: Path, lines: list[str]) -> None:
    """Store the record of a training run; a folder that cannot be written to is not an error."""
    with contextlib.suppress(OSError):
        record = TrainingRecord(time.time(), lines[-MAX_LINES:])
        write_atomically(path, msgspec.json.encode(record) + b"\n")


def read_record(path: Path) -> TrainingRecord | None:
    """Return the record of the last training run, or None if none can be read."""
    with contextlib.suppress(OSError, msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return msgspec.json.decode(path.read_bytes(), type=TrainingRecord)
    return None
