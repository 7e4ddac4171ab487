"""Every hook of nnkata, on one page. Our own course and reporters come in through them too."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TextIO

import pluggy

from .model import Verdicts

NAME = "nnkata"

hookspec = pluggy.HookspecMarker(NAME)
hookimpl = pluggy.HookimplMarker(NAME)

Reporter = Callable[[Verdicts, TextIO], None]
"""Writes verdicts to an open text file."""


@hookspec
def nnkata_courses() -> Sequence[Path]:  # type: ignore[empty-body]
    """Return the folders that hold a course.toml."""


@hookspec
def nnkata_reporters() -> Mapping[str, Reporter]:  # type: ignore[empty-body]
    """Return the writers of verdicts, by the name that `--report NAME` takes."""
