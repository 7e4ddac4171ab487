"""Describe a learner's exception in plain values, and make the exceptions that a check throws."""

from __future__ import annotations

import builtins
import traceback
from collections.abc import Collection, Iterator
from typing import Any

from . import protocol

MAX_MESSAGE = 4096
MAX_CLASS_NAME = 80
MAX_FRAMES = 12
BUILTIN_EXCEPTIONS = {
    id(kind): name
    for name, kind in vars(builtins).items()
    if isinstance(kind, type) and issubclass(kind, BaseException)
}
"""The names of the built-in exceptions by identity, because a class can change its own name."""


def describe_exception(error: BaseException, own: Collection[str]) -> list[Any]:
    """Return an exception in plain values: built-in base, class name, packed message, frames.

    The frames are those in the files `own`, each as file, line and function. If there are more than
    `MAX_FRAMES`, only the first and the last ones are included.
    """
    if isinstance(error, MemoryError):  # its frames refer to the objects that filled the memory
        traceback.clear_frames(error.__traceback__)
    builtin = next(
        BUILTIN_EXCEPTIONS[id(k)] for k in type.mro(type(error)) if id(k) in BUILTIN_EXCEPTIONS
    )
    try:
        message = str.__getitem__(str(error), slice(MAX_MESSAGE))
    except BaseException:  # `__str__` may be the learner's code
        message = "(its message could not be created)"
    frames = [
        [str(f.filename), f.lineno or 0, f.name[:MAX_CLASS_NAME]]
        for f in _walk_frames(error)
        if f.filename in own
    ]
    if len(frames) > MAX_FRAMES:
        frames = frames[: MAX_FRAMES // 2] + frames[-MAX_FRAMES // 2 :]
    return [builtin, type(error).__name__[:MAX_CLASS_NAME], protocol.pack(message), frames]


def make_exception(name: str, message: str) -> BaseException:
    """Return a built-in exception, or the nearest of its bases that takes only a message."""
    for kind in type.mro(getattr(builtins, name)):
        try:
            error = kind(message)
        except TypeError:
            continue
        if isinstance(error, BaseException):
            return error
    return Exception(message)


def _walk_frames(error: BaseException) -> Iterator[traceback.FrameSummary]:
    """Yield a traceback's frames without reading any file."""
    for frame, line in traceback.walk_tb(error.__traceback__):
        code = frame.f_code
        yield traceback.FrameSummary(code.co_filename, line, code.co_name, lookup_line=False)
