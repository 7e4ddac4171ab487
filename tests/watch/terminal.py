"""A `kata watch` on a pseudo-terminal: what it shows, and keys that are pressed."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable
from pathlib import Path

from nnkata.cli.context import pick_course
from nnkata.course.mistakes import read_mistake

KATA = str(Path(sys.executable).with_name("kata"))
PATIENCE = 60.0
COURSE = pick_course()[0]
ESCAPES = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
FOOT = "? keys"


def reference(kata: str) -> str:
    return COURSE.katas[kata].reference.read_text(encoding="utf-8")


def mistake(kata: str, name: str) -> str:
    return read_mistake(COURSE.katas[kata], name).module


def module(place: Path, kata: str) -> Path:
    return place / COURSE.package / COURSE.katas[kata].module


def save(path: Path, text: str) -> None:
    """Save as most editors do: the file is replaced by another."""
    partial = path.with_name(f".{path.name}.partial")
    partial.write_text(text, encoding="utf-8")
    partial.replace(path)


class Terminal:
    """A program on a terminal that it controls."""

    def __init__(
        self, place: Path, *command: str, columns: int = 80, rows: int = 60, **variables: str
    ) -> None:
        self.ours, self.tty = pty.openpty()
        self.columns = columns
        self.size(columns, rows)
        clean = {k: v for k, v in os.environ.items() if k not in ("COLUMNS", "LINES")}
        self.process = subprocess.Popen(
            command, cwd=place, stdin=self.tty, stdout=self.tty, stderr=self.tty,
            start_new_session=True, preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
            env=clean | {"TERM": "xterm", "LC_ALL": "C.UTF-8"} | variables,
        )  # fmt: skip
        self.seen = ""
        self.mark = 0

    def size(self, columns: int, rows: int) -> None:
        fcntl.ioctl(self.tty, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def press(self, keys: str) -> None:
        """Type, and take only what is written from now on for an answer."""
        self.forget()
        os.write(self.ours, keys.encode())

    def forget(self) -> None:
        self.mark = len(self.seen)

    @property
    def news(self) -> str:
        return self.seen[self.mark :]

    @property
    def frame(self) -> str:
        """The last whole frame that was painted since `forget`, without escapes."""
        painted = self.news.split("\x1b[H")[1:]
        whole = [part for part in painted if part.endswith("\x1b[J") or "\x1b[J" in part]
        return ESCAPES.sub("", whole[-1].partition("\x1b[J")[0]).replace("\r", "") if whole else ""

    def until(self, ready: Callable[[], bool], what: str) -> None:
        """Read until something is so; fail when it never is."""
        deadline = time.monotonic() + PATIENCE
        while not ready():
            left = deadline - time.monotonic()
            assert left > 0, f"{what} never came:\n{self.news}\n--- before:\n{self.seen[-4000:]}"
            if not select.select([self.ours], [], [], min(left, 0.5))[0]:
                continue
            try:
                part = os.read(self.ours, 2**16)
            except OSError:
                part = b""
            assert part, f"{what} never came:\n{self.seen}"
            self.seen += part.decode("utf-8", "replace")

    def shows(self, *words: str) -> str:
        """Wait for a frame with all these words, spaces folded; return it as it is."""
        self.until(lambda: all(w in _folded(self.frame) for w in words), f"a frame with {words}")
        return self.frame

    def says(self, *words: str) -> str:
        """Wait for words among the lines that are written; return all that is new."""
        self.until(lambda: all(w in _folded(self.news) for w in words), f"{words}")
        return self.news

    def is_raw(self) -> bool:
        """Whether keys arrive one by one and are not shown."""
        return not self._modes() & (termios.ICANON | termios.ECHO)

    def is_as_before(self) -> bool:
        """Whether lines are read whole and shown, as in a shell."""
        both = termios.ICANON | termios.ECHO
        return self._modes() & both == both

    def _modes(self) -> int:
        return int(termios.tcgetattr(self.tty)[3])

    def signal(self, number: signal.Signals) -> None:
        self.process.send_signal(number)

    def end(self) -> int:
        """Read the rest; return the exit code."""
        deadline = time.monotonic() + PATIENCE
        while self.process.poll() is None:
            assert time.monotonic() < deadline, f"it did not end:\n{self.seen[-4000:]}"
            self._read(0.05)
        while self._read(0.0):
            pass
        return self.process.returncode

    def _read(self, wait: float) -> bool:
        if not select.select([self.ours], [], [], wait)[0]:
            return False
        part = os.read(self.ours, 2**16)
        self.seen += part.decode("utf-8", "replace")
        return bool(part)

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        os.close(self.ours)
        os.close(self.tty)


def _folded(text: str) -> str:
    return " ".join(text.split())
