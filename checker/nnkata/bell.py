"""A bell: something that a wait for several things can wait for too, and that anybody may ring."""

from __future__ import annotations

import contextlib
import socket


class Bell:
    """Rings until it is silenced. A pair of sockets: only those can be waited for everywhere."""

    def __init__(self) -> None:
        """Be silent."""
        self._heard, self._rope = socket.socketpair()
        for end in (self._heard, self._rope):
            end.setblocking(False)

    def fileno(self) -> int:
        """Return the descriptor that can be read while it rings."""
        return self._heard.fileno()

    def ring(self) -> None:
        """Ring; safe in a signal handler and from any thread."""
        with contextlib.suppress(BlockingIOError):  # it rings so much already
            self._rope.send(b".")

    def silence(self) -> None:
        """Ring no more."""
        with contextlib.suppress(BlockingIOError):
            self._heard.recv(2**16)

    def close(self) -> None:
        """Take it down."""
        self._heard.close()
        self._rope.close()
