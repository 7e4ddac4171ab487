"""Read keys one by one, and the signals that end or suspend a program or resize its terminal."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import sys
from collections.abc import Iterator
from types import FrameType, TracebackType
from typing import Any

from ...sandbox.pool import Wakeup

try:
    import termios
    import tty
except ImportError:  # no POSIX terminal: lines are printed, and keys are not read
    TERMINALS = False
else:
    TERMINALS = True

_SEQUENCE = re.compile(rb"\x1b(\[[0-?]*[ -/]*[@-~]|O.)")
"""The bytes that arrow keys and function keys send."""
ENDING = tuple(
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
)


def has_terminal() -> bool:
    """Return whether stdin and stdout are a terminal that can do more than print lines."""
    try:
        both = sys.stdin.isatty() and sys.stdout.isatty()
    except (AttributeError, ValueError):  # closed
        return False
    if not (both and TERMINALS) or os.environ.get("TERM", "dumb") == "dumb":
        return False
    try:
        return os.tcgetpgrp(sys.stdin.fileno()) == os.getpgrp()  # not in the background
    except OSError:  # this terminal has no job control
        return True


class Keyboard:
    """Reads keys as they are pressed, without echo; the terminal is restored at the end."""

    def __init__(self) -> None:
        """Read from the terminal on stdin."""
        self.fd = sys.stdin.fileno()
        self.before: list[Any] | None = None

    def __enter__(self) -> Keyboard:
        """Turn off line buffering and echo; Ctrl-C and Ctrl-Z still send their signals."""
        self.before = termios.tcgetattr(self.fd)
        tty.setcbreak(self.fd, termios.TCSADRAIN)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Restore the terminal's settings, and discard keys that were not read."""
        if self.before is not None:
            with contextlib.suppress(termios.error):  # the terminal is gone
                termios.tcsetattr(self.fd, termios.TCSAFLUSH, self.before)
            self.before = None

    def fileno(self) -> int:
        """Return the file descriptor that is readable when a key was pressed."""
        return self.fd

    def keys(self) -> str | None:
        """Return typed characters without arrow and function keys; None if the terminal is gone."""
        try:
            data = os.read(self.fd, 1024)
        except OSError:
            return None
        if not data:
            return None
        return _SEQUENCE.sub(b"", data).decode("utf-8", "ignore")

    def suspend(self) -> None:
        """Suspend this process as Ctrl-Z does, with the terminal restored; return after `fg`."""
        self.__exit__(None, None, None)
        handler = signal.signal(signal.SIGTSTP, signal.SIG_DFL)
        os.kill(os.getpid(), signal.SIGTSTP)
        signal.signal(signal.SIGTSTP, handler)
        self.__enter__()


class Signals:
    """Collects signals, so that an event loop that waits for `fileno()` can react to them.

    The C signal handler itself writes to the wakeup pipe (`signal.set_wakeup_fd`). If a Python
    handler did so, a signal that arrives just before the loop begins to wait would be noticed only
    when something else ends the wait.
    """

    def __init__(self) -> None:
        """Collect nothing yet; see `catch`."""
        self.wakeup = Wakeup()
        self.pending: list[int] = []

    def fileno(self) -> int:
        """Return the descriptor that is readable when `take` returns something."""
        return self.wakeup.fileno()

    @contextlib.contextmanager
    def catch(self, *more: signal.Signals) -> Iterator[Signals]:
        """Collect the signals that end a program and `more`, except those that are ignored."""
        before = signal.set_wakeup_fd(self.wakeup.writer_fileno(), warn_on_full_buffer=False)
        handlers = {}
        for number in (*ENDING, *more):
            if signal.getsignal(number) is not signal.SIG_IGN:
                handlers[number] = signal.signal(number, self._on_signal)
        try:
            yield self
        finally:
            for number, handler in handlers.items():
                signal.signal(number, handler)
            signal.set_wakeup_fd(before)
            self.wakeup.close()

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        del frame
        if number in ENDING and number in self.pending:  # sent twice: the event loop hangs
            raise SystemExit(128 + number)
        self.pending.append(number)

    def take(self) -> list[int]:
        """Return the signals since the last call."""
        self.wakeup.clear()
        pending, self.pending = self.pending, []
        return pending
