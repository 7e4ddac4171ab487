"""Find in a worker's output the place where it was stopped."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ..model import TracebackFrame

_START = re.compile(r"^(Stack|(Current t|T)hread 0x\w+) \(most recent call first\):$", re.MULTILINE)
_FRAME = re.compile(
    r'^  File "(?P<file>[^"\n]+)", line (?P<line>\d+) in (?P<name>[^\n]+)$', re.MULTILINE
)
FRAMES = 3


def split_trace(
    output: str | None, package: str, texts: Mapping[str, str]
) -> tuple[str | None, list[TracebackFrame]]:
    """Return the output without the trace that Python printed at its end, and the frames in it.

    Only frames in the learner's package are returned, the innermost last. The learner's code can
    print a text of this form itself; this only changes what is shown.
    """
    starts = list(_START.finditer(output or ""))
    if output is None or not starts:
        return output, []
    frames = []
    for match in _FRAME.finditer(output, starts[-1].start()):
        file, line = match["file"], int(match["line"][:9])
        if file.startswith(f"{package}/"):
            lines = texts.get(file.removeprefix(f"{package}/"), "").splitlines()
            text = lines[line - 1].strip() if 0 < line <= len(lines) else ""
            frames.append(TracebackFrame(file, line, match["name"][:80], text))
    before = output[: starts[-1].start()].rstrip()
    return before or None, frames[:FRAMES][::-1]
