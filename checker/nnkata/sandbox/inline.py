"""A worker on the terminal, for `breakpoint()`: without limits and without protection."""

from __future__ import annotations

import os
import socket

from .child import worker
from .fork_server import NO_FORK, ForkServer
from .worker_client import ForkServerError, Worker


class InlineServer(ForkServer):
    """Forks workers from this very process, which keep its terminal."""

    def __init__(self) -> None:
        """Start nothing: there is no process in between, and nothing holds."""
        if not hasattr(os, "fork"):
            raise ForkServerError(NO_FORK)
        self.held = {"layers": {}, "tried": {}}
        self.ready = True

    def fork(self) -> Worker:
        """Fork a worker that reads and writes the terminal."""
        ours, theirs = socket.socketpair()
        output, unused = os.pipe()
        pid = os.fork()
        if pid == 0:
            try:
                ours.close()
                worker.run(theirs.detach())
            finally:
                os._exit(70)
        theirs.close()
        os.close(unused)
        return Worker(self, pid, ours, output)

    def end(self, pid: int, with_grace: bool = False) -> int:
        """End a worker; one that has left is not waited for."""
        del with_grace
        ended, status = os.waitpid(pid, os.WNOHANG)
        if not ended:
            os.kill(pid, 9)
            _, status = os.waitpid(pid, 0)
        return os.waitstatus_to_exitcode(status)

    def close(self) -> None:
        """Leave nothing."""
