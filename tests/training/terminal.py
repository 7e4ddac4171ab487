"""A command on a terminal, or in a pipe, that a test follows and interrupts; and what stays."""

from __future__ import annotations

import codecs
import contextlib
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
from collections.abc import Iterator
from pathlib import Path

KATA = str(Path(sys.executable).with_name("kata"))
DEADLINE = 60.0
_KEPT = ("LD_LIBRARY_PATH", "OPENBLAS_CORETYPE", "SSL_CERT_FILE")
_ESCAPE = re.compile(r"\x1b\[([?\d;]*)([A-Za-z])|(\r)|(\n)|([^\x1b\r\n]+)")


class Running:
    """A command that runs; what it writes is read when a test waits for something."""

    def __init__(self, process: subprocess.Popen[bytes], out: int) -> None:
        self.process = process
        self.out = out
        self.is_terminal = os.isatty(out)
        self.text = ""
        self._decoder = codecs.getincrementaldecoder("utf-8")()

    def until(self, wanted: str, after: int = 0) -> int:
        """Read until that was written after a place in the text; return where it ends."""
        end = time.monotonic() + DEADLINE
        while wanted not in self.text[after:]:
            assert time.monotonic() < end, f"never wrote {wanted!r}, but {self.text!r}"
            assert self._read(end), f"ended without {wanted!r}: {self.text!r}"
        return self.text.index(wanted, after) + len(wanted)

    def drawn(self, wanted: str, after: int = 0) -> list[str]:
        """Return the terminal's lines with the first whole frame that shows that."""
        end = self.until("Ctrl-C stops.", self.until(wanted, after))
        return stays(self.text[:end])

    def interrupt(self) -> None:
        self.process.send_signal(signal.SIGINT)

    def resize(self, columns: int, lines: int) -> None:
        fcntl.ioctl(self.out, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        self.process.send_signal(signal.SIGWINCH)

    def write(self, text: str) -> None:
        os.write(self.out, text.encode())

    def end(self) -> int:
        """Read to the end and return the exit code."""
        end = time.monotonic() + DEADLINE
        while self._read(end):
            pass
        return self.process.wait(timeout=DEADLINE)

    def _read(self, end: float) -> bool:
        if not select.select([self.out], [], [], max(0.0, end - time.monotonic()))[0]:
            raise TimeoutError(f"the command still runs; so far it wrote {self.text!r}")
        try:
            part = os.read(self.out, 2**16)
        except OSError:  # how Linux says that nobody is on the terminal any more
            part = b""
        self.text += self._decoder.decode(part).replace("\r\n", "\n")
        return bool(part)

    def stays(self) -> list[str]:
        """Return the lines that stay on the terminal, as a person reads them."""
        return stays(self.text)


class Kata:
    """Runs `kata` in one folder."""

    def __init__(self, place: Path, variables: dict[str, str] | None = None) -> None:
        self.place = place
        self.variables = variables or {}

    def go(self) -> None:
        """Let what waits for a file go on."""
        Path(self.variables["GO"]).touch()

    def halt(self) -> None:
        Path(self.variables["GO"]).unlink()

    @contextlib.contextmanager
    def on_terminal(
        self, columns: int, *arguments: str, lines: int = 24, **variables: str
    ) -> Iterator[Running]:
        ours, solved = pty.openpty()
        fcntl.ioctl(solved, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        with self._started(arguments, variables, ours, solved) as running:
            yield running

    @contextlib.contextmanager
    def piped(self, *arguments: str, **variables: str) -> Iterator[Running]:
        ours, solved = os.pipe()
        with self._started(arguments, variables, ours, solved) as running:
            yield running

    @contextlib.contextmanager
    def _started(
        self, arguments: tuple[str, ...], variables: dict[str, str], ours: int, solved: int
    ) -> Iterator[Running]:
        kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
        environment = {
            "PATH": f"{Path(KATA).parent}:/usr/bin:/bin", "HOME": str(self.place),
            "LANG": "C.UTF-8", "TERM": "xterm-256color",
        }  # fmt: skip
        terminal = solved if os.isatty(solved) else subprocess.DEVNULL
        process = subprocess.Popen(
            [KATA, *arguments], cwd=self.place, start_new_session=True,
            stdin=terminal, stdout=solved, stderr=solved,
            env=kept | environment | self.variables | variables,
        )  # fmt: skip
        os.close(solved)
        try:
            yield Running(process, ours)
        finally:
            os.close(ours)
            process.kill()
            process.wait()

    def train(self, *arguments: str, code: int = 0, **variables: str) -> str:
        """Train with the output in a pipe, and return it."""
        with self.piped("train", *arguments, **variables) as running:
            ended = running.end()
            assert ended == code, running.text
            assert "Traceback" not in running.text
            return running.text


def stays(text: str) -> list[str]:
    """Play what was written on a terminal that is high enough, and return its lines."""
    lines, row, column = [""], 0, 0
    for code, letter, back, feed, plain in _ESCAPE.findall(text):
        if letter == "A":
            row = max(0, row - int(code or 1))
        elif letter == "K" and code == "2":
            lines[row] = ""
        elif back or feed:
            column = 0
            row += bool(feed)
            lines += [""] * (row + 1 - len(lines))
        elif plain:
            lines[row] = (
                lines[row][:column].ljust(column) + plain + lines[row][column + len(plain) :]
            )
            column += len(plain)
        elif letter not in ("m", "h", "l"):
            raise AssertionError(f"an escape that this terminal does not know: {code}{letter}")
    while lines[1:] and not lines[-1].strip():
        lines.pop()
    return [line.rstrip() for line in lines]
