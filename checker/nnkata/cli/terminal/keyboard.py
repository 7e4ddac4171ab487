"""A terminal's keys, one at a time, and the signals that end, stop or resize what runs on it."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import sys
from collections.abc import Callable, Iterator
from types import FrameType, TracebackType
from typing import Any

try:
    import termios
    import tty
except ImportError:  # no terminals of this kind here: lines are printed, and no keys are read
    TERMINALS = False
else:
    TERMINALS = True

_SEQUENCE = re.compile(rb"\x1b(\[[0-?]*[ -/]*[@-~]|O.)")
"""What arrows and function keys send."""
ENDING = tuple(
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
)


def has_terminal() -> bool:
    """Whether a person sits at stdin and stdout, at a terminal that can do more than lines."""
    try:
        both = sys.stdin.isatty() and sys.stdout.isatty()
    except (AttributeError, ValueError):  # closed
        return False
    if not (both and TERMINALS) or os.environ.get("TERM", "dumb") == "dumb":
        return False
    try:
        return os.tcgetpgrp(sys.stdin.fileno()) == os.getpgrp()  # not in the background
    except OSError:  # nobody controls jobs on this terminal
        return True


class Keyboard:
    """Reads keys as they are pressed, without showing them; the terminal is always put back."""

    def __init__(self) -> None:
        """Take the terminal on stdin."""
        self.fd = sys.stdin.fileno()
        self.before: list[Any] | None = None

    def __enter__(self) -> Keyboard:
        """Turn off lines and echo; Ctrl-C and Ctrl-Z keep what they mean."""
        self.before = termios.tcgetattr(self.fd)
        tty.setcbreak(self.fd, termios.TCSADRAIN)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Put the terminal back; what was typed and not read is thrown away."""
        if self.before is not None:
            with contextlib.suppress(termios.error):  # the terminal is gone
                termios.tcsetattr(self.fd, termios.TCSAFLUSH, self.before)
            self.before = None

    def fileno(self) -> int:
        """Return the descriptor that can be read when a key was pressed."""
        return self.fd

    def keys(self) -> str | None:
        """Return what was typed, without arrows and the like; None when the terminal is gone."""
        try:
            data = os.read(self.fd, 1024)
        except OSError:
            return None
        if not data:
            return None
        return _SEQUENCE.sub(b"", data).decode("utf-8", "ignore")

    def stopped(self) -> None:
        """Stop as Ctrl-Z does everywhere, with the terminal as it was; returns when we go on."""
        self.__exit__(None, None, None)
        kept = signal.signal(signal.SIGTSTP, signal.SIG_DFL)
        os.kill(os.getpid(), signal.SIGTSTP)
        signal.signal(signal.SIGTSTP, kept)
        self.__enter__()


class Signals:
    """Turns signals into something that a loop finds when it looks."""

    def __init__(self, wake: Callable[[], None]) -> None:
        """Call `wake`, which must be safe in a signal handler, at each of them."""
        self.wake = wake
        self.came: list[int] = []

    @contextlib.contextmanager
    def heeded(self, *more: signal.Signals) -> Iterator[Signals]:
        """Heed those that end a program, unless they were ignored before, and `more`."""
        kept = {}
        for number in (*ENDING, *more):
            if signal.getsignal(number) is not signal.SIG_IGN:
                kept[number] = signal.signal(number, self._heed)
        try:
            yield self
        finally:
            for number, handler in kept.items():
                signal.signal(number, handler)

    def _heed(self, number: int, frame: FrameType | None) -> None:
        del frame
        if number in ENDING and number in self.came:  # again: whoever should look does not
            raise SystemExit(128 + number)
        self.came.append(number)
        self.wake()

    def take(self) -> list[int]:
        """Return the signals that came since the last look."""
        came, self.came = self.came, []
        return came
