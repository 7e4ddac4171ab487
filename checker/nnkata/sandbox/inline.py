"""A worker on the terminal, for `breakpoint()`: without limits and without protection."""

from __future__ import annotations

import os
import shutil
import socket
import tempfile

from .child import worker
from .child.given_files import write_files
from .fork_server import NO_FORK, UNPROTECTED, ForkServer
from .worker_client import ForkServerError, Worker


class InlineServer(ForkServer):
    """Forks workers from the grader's own process, so that they keep its terminal."""

    def __init__(self) -> None:
        """Start nothing: there is no separate process, and no layer protects the workers.

        Raises `ForkServerError` if processes cannot be forked.
        """
        if not hasattr(os, "fork"):
            raise ForkServerError(NO_FORK)
        self._protection = UNPROTECTED
        self.ready = True
        self.folder = tempfile.mkdtemp(prefix="nnkata-")

    def fork(self) -> Worker:
        """Return a new worker that reads from and writes to the terminal."""
        wire, worker_wire = socket.socketpair()
        output, unused = os.pipe()
        pid = os.fork()
        if pid == 0:
            try:
                wire.close()
                worker.run(worker_wire.detach(), show_given=self._show_given)
            finally:
                os._exit(70)
        worker_wire.close()
        os.close(unused)
        return Worker(self, pid, wire, output)

    def request_trace(self, pid: int) -> bool:
        """Return False: these workers print no traceback."""
        del pid
        return False

    def end(self, pid: int, with_grace: bool = False) -> int:
        """Kill a worker if it still runs; return its exit status."""
        del with_grace
        ended, status = os.waitpid(pid, os.WNOHANG)
        if not ended:
            os.kill(pid, 9)
            _, status = os.waitpid(pid, 0)
        return os.waitstatus_to_exitcode(status)

    def _show_given(self, files: dict[str, bytes]) -> str:
        folder = tempfile.mkdtemp(dir=self.folder)
        write_files(folder, files)
        return folder

    def close(self) -> None:
        """Remove the folder of given files: there is no process to end."""
        shutil.rmtree(self.folder, ignore_errors=True)
