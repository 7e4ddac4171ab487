"""Tracebacks of the learner's program, without the frames of the engine."""

from __future__ import annotations

import linecache
import traceback
from collections.abc import Mapping
from pathlib import Path

from ..model import TracebackFrame


def package_frames(
    error: BaseException, files: Mapping[str, Path], own: Path, package: str
) -> list[TracebackFrame]:
    """Return the frames of an exception in the learner's package, the innermost last.

    `files` are the modules that were imported: path inside the package -> file. If there are
    frames in the learner's own folder `own`, only those are returned; otherwise the frames in
    borrowed modules. A line that cannot be compiled counts as the innermost frame.
    """
    names = {str(path): name for name, path in files.items()}
    own_frames: list[TracebackFrame] = []
    borrowed: list[TracebackFrame] = []
    for frame in _frames(error):
        name = names.get(frame.file)
        if name is None:
            continue
        is_own = Path(frame.file).is_relative_to(own)
        relative = TracebackFrame(
            f"{package}/{name}" + ("" if is_own else " (borrowed)"),
            frame.line,
            frame.function,
            frame.text,
        )
        (own_frames if is_own else borrowed).append(relative)
    return own_frames or borrowed


def _frames(error: BaseException) -> list[TracebackFrame]:
    frames = [
        TracebackFrame(f.filename, f.lineno or 0, f.name, f.line or "")
        for f in traceback.extract_tb(error.__traceback__)
    ]
    if isinstance(error, SyntaxError) and error.filename:
        line = error.lineno or 0
        text = (error.text or linecache.getline(error.filename, line)).strip()
        frames.append(TracebackFrame(error.filename, line, "<module>", text))
    return frames


def exception_text(error: BaseException) -> str:
    """Return an exception's class and message, as in the last line of a traceback."""
    if isinstance(error, SyntaxError):
        return f"{type(error).__name__}: {error.msg}"
    return "".join(traceback.format_exception_only(type(error), error)).strip()
