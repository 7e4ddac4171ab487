"""A terminal of a given width for one command, and what was written on it."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path
from typing import NamedTuple

KATA = str(Path(sys.executable).with_name("kata"))
LINES = 40
DEADLINE = 60.0
"""Seconds after which a command is ended: it waits for somebody, or it is lost."""
_KEPT = ("LD_LIBRARY_PATH", "OPENBLAS_CORETYPE", "SSL_CERT_FILE")


class Written(NamedTuple):
    """What a command wrote on its terminal, escapes and all, and the code that it ended with."""

    text: str
    code: int


def on_terminal(place: Path, columns: int, *arguments: str, **variables: str) -> Written:
    """Run `kata` in a folder, on a terminal of that many columns."""
    ours, solved = pty.openpty()
    fcntl.ioctl(solved, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, columns, 0, 0))
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    process = subprocess.Popen(
        [KATA, *arguments], cwd=place, start_new_session=True,
        stdin=solved, stdout=solved, stderr=solved,
        env=kept | {
            "PATH": f"{Path(KATA).parent}:/usr/bin:/bin", "HOME": str(place), "LANG": "C.UTF-8",
            "TERM": "xterm-256color",
        } | variables,
    )  # fmt: skip
    os.close(solved)
    try:
        written = _read(ours, time.monotonic() + DEADLINE)
        code = process.wait(timeout=DEADLINE)
    finally:
        os.close(ours)
        process.kill()
        process.wait()
    return Written(without_progress(written.decode("utf-8").replace("\r\n", "\n")), code)


def without_progress(text: str) -> str:
    """Remove what was overwritten from the start of its line, as a slow check's progress is."""
    return re.sub(r"(\r[^\r\n]*)+\r", "", text)


def _read(ours: int, deadline: float) -> bytes:
    """Read until the last process has left the terminal."""
    written = b""
    while select.select([ours], [], [], max(0.0, deadline - time.monotonic()))[0]:
        try:
            part = os.read(ours, 2**16)
        except OSError:  # how Linux says that nobody is there any more
            return written
        if not part:
            return written
        written += part
    raise TimeoutError(f"the command still runs; so far it wrote {written!r}")
