"""What the learner's own program raised, told by their lines and not by ours."""

from __future__ import annotations

import linecache
import traceback
from collections.abc import Mapping
from pathlib import Path

from ..model import TracebackFrame


def own_frames(
    error: BaseException, files: Mapping[str, Path], own: Path, package: str
) -> list[TracebackFrame]:
    """Return where in the network an exception went through, the innermost last.

    `files` are the modules that the network was made of, by their path inside the package. Only
    those in the learner's own folder `own` are returned, unless there are none; then those that
    are lent. A line that cannot be compiled counts as the innermost.
    """
    names = {str(path): name for name, path in files.items()}
    solved: list[TracebackFrame] = []
    lent: list[TracebackFrame] = []
    for frame in _frames(error):
        name = names.get(frame.file)
        if name is None:
            continue
        is_own = Path(frame.file).is_relative_to(own)
        shown = TracebackFrame(
            f"{package}/{name}" + ("" if is_own else " (borrowed)"),
            frame.line,
            frame.function,
            frame.text,
        )
        (solved if is_own else lent).append(shown)
    return solved or lent


def _frames(error: BaseException) -> list[TracebackFrame]:
    found = [
        TracebackFrame(f.filename, f.lineno or 0, f.name, f.line or "")
        for f in traceback.extract_tb(error.__traceback__)
    ]
    if isinstance(error, SyntaxError) and error.filename:
        line = error.lineno or 0
        text = (error.text or linecache.getline(error.filename, line)).strip()
        found.append(TracebackFrame(error.filename, line, "<module>", text))
    return found


def in_words(error: BaseException) -> str:
    """Return an exception's class and message as Python ends a traceback."""
    if isinstance(error, SyntaxError):
        return f"{type(error).__name__}: {error.msg}"
    return "".join(traceback.format_exception_only(type(error), error)).strip()
