"""The worker pool: it forks workers, and can interrupt every wait for their answers."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Callable
from typing import TypeVar

from ..errors import MachineryError
from . import start_server
from .fork_server import ForkServer
from .worker_client import ForkServerError, Worker

T = TypeVar("T")
STARTS = 3
"""How many fork servers to try before concluding that this machine cannot start one."""


class Wakeup:
    """A wakeup pipe: a descriptor that becomes readable when `wake` is called.

    It is a pair of sockets, because on Windows only sockets can be waited for.
    """

    def __init__(self) -> None:
        """Open the pipe; it is not readable yet."""
        self._reader, self._writer = socket.socketpair()
        for end in (self._reader, self._writer):
            end.setblocking(False)

    def fileno(self) -> int:
        """Return the descriptor that is readable after `wake`."""
        return self._reader.fileno()

    def writer_fileno(self) -> int:
        """Return the end that a byte is written to, for `signal.set_wakeup_fd`."""
        return self._writer.fileno()

    def wake(self) -> None:
        """Make the descriptor readable; safe in a signal handler and from any thread."""
        with contextlib.suppress(BlockingIOError):  # the pipe is full, so it is readable
            self._writer.send(b".")

    def clear(self) -> None:
        """Make the descriptor unreadable until the next `wake`."""
        with contextlib.suppress(BlockingIOError):
            self._reader.recv(2**16)

    def close(self) -> None:
        """Close both ends."""
        self._reader.close()
        self._writer.close()


class WorkerPool:
    """Provides workers; starts the fork server again if a submission managed to kill it."""

    def __init__(self, server: ForkServer | None = None, limited: bool = True) -> None:
        """Use a fork server that was started early, or start one.

        With `limited` false, workers have no limits: for debugging at a breakpoint.
        """
        self.server = server or start_server()
        self.limited = limited
        self.processor: int | None = None
        """The processor that workers run on, if this process is pinned to one."""
        self.wakeup: Wakeup | None = None
        """After `abandon_waits`, each wait for an answer raises `WaitAbandonedError`."""

    def open_wakeup(self) -> None:
        """Let `abandon_waits` interrupt every wait for a worker from now on."""
        self.wakeup = Wakeup()

    def abandon_waits(self) -> None:
        """Interrupt every wait for a worker until `allow_waits` is called."""
        if self.wakeup is not None:
            self.wakeup.wake()

    def allow_waits(self) -> None:
        """Allow waits again after `abandon_waits`."""
        if self.wakeup is not None:
            self.wakeup.clear()

    def close_wakeup(self) -> None:
        """Close the wakeup pipe; waits can no longer be interrupted."""
        if self.wakeup is not None:
            self.wakeup.close()
        self.wakeup = None

    def fork(self) -> Worker:
        """Return a new worker; raises `MachineryError`."""
        return self._attach_wakeup(self._ask(lambda server: server.fork()))

    def _ask(self, question: Callable[[ForkServer], T]) -> T:
        """Return the fork server's answer; raises `MachineryError`."""
        for _ in range(STARTS):
            try:
                return question(self.server)
            except ForkServerError as error:  # it may have been killed, even during its start
                why = error
                self.server.close()
                self.server = start_server(self.server.level)
        raise MachineryError(
            f"could not start a process for the learner's module: {why}",
            next_step="`kata doctor` shows what is missing",
        )

    def _attach_wakeup(self, worker: Worker) -> Worker:
        """Let the wakeup interrupt waits for `worker`; return `worker`."""
        if self.wakeup is not None:
            worker.watch_wakeup(self.wakeup.fileno())
        return worker

    def protection(self) -> dict[str, dict[str, str]]:
        """Return the protection of the workers, as `ForkServer.protection` does.

        Raises `MachineryError`.
        """
        return self._ask(lambda server: server.protection())

    def close(self) -> None:
        """End the fork server and all workers."""
        self.server.close()

    def __enter__(self) -> WorkerPool:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
