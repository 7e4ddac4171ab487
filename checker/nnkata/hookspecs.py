"""All hooks of nnkata. The built-in course and reporters are registered through them too."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import pluggy

from .model import Verdict, Verdicts

if TYPE_CHECKING:  # it takes 5 ms to import, and most commands do not need it
    from concurrent.futures import Executor

NAME = "nnkata"

hookspec = pluggy.HookspecMarker(NAME)
hookimpl = pluggy.HookimplMarker(NAME)

Reporter = Callable[[Verdicts, TextIO], None]
"""Writes verdicts to an open text file.

A reporter gets all verdicts as a list. If it has an attribute `reads_one_at_a_time` that is true,
it gets a sequence that reads a verdict from a file whenever it is used, for very large classes.
"""


Policy = Callable[[Verdict, datetime | None], tuple[float, str]]
"""Takes a verdict and the time of its submission; returns the score and the reason for it."""

ExecutorFactory = Callable[[int, str | None], "Executor"]
"""Takes the number of submissions to grade at once, and the address from `--scheduler` or None.

The executor's `submit` gets functions and arguments that can be pickled. The executor is used as a
context manager, so that it is closed even after an exception.
"""


@hookspec
def nnkata_courses() -> Sequence[Path]:  # type: ignore[empty-body]
    """Return the folders that contain a course.toml."""


@hookspec
def nnkata_reporters() -> Mapping[str, Reporter]:  # type: ignore[empty-body]
    """Return the functions that write verdicts, by the name that `--report NAME` takes."""


@hookspec
def nnkata_policies() -> Mapping[str, Policy]:  # type: ignore[empty-body]
    """Return the rules that turn points into scores, by the name that `--policy NAME` takes."""


@hookspec
def nnkata_executors() -> Mapping[str, ExecutorFactory]:  # type: ignore[empty-body]
    """Return functions that make executors, by the name that `kata grade --executor NAME` takes."""
