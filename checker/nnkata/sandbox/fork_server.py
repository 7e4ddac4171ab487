"""The grader's side of the pool: it starts the server and the workers, and holds their limits."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import sys
import tempfile
import time
from importlib.machinery import PathFinder
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import TracebackType
from .worker_client import ForkServerError, Worker

ENVIRONMENT = {
    "PYTHONHASHSEED": "0",
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
}
"""All that a worker's environment holds."""

START_SECONDS = 30.0
NO_FORK = "this system cannot copy a process that runs (fork), which a breakpoint needs"


class ForkServer:
    """The warm process that workers are forked from; start it before anything is imported."""

    def __init__(self, level: int = 2) -> None:
        """Start the process; it warms up while the grader goes on.

        `level` is the most that it tries to protect: 0 nothing, 1 files and system calls,
        2 namespaces too. What holds is tried, and then told in `held`.
        """
        if not hasattr(os, "fork"):
            raise ForkServerError(NO_FORK)
        self.level = level
        self.held: dict[str, dict[str, str]] = {"layers": {}, "tried": {}}
        self.folder = tempfile.mkdtemp(prefix="nnkata-")
        self.control, theirs = socket.socketpair()
        theirs.set_inheritable(True)
        script = Path(__file__).parent / "child" / "fork_server_main.py"
        arguments = [
            sys.executable, "-P", "-s", "-S", "-B", str(script), str(theirs.fileno()),
            self.folder, home("numpy"), home("msgspec"), str(level), str(script),
        ]  # fmt: skip
        try:
            self.pid = os.posix_spawn(sys.executable, arguments, ENVIRONMENT)
        except OSError:
            self.control.close()
            shutil.rmtree(self.folder, ignore_errors=True)
            raise
        finally:
            theirs.close()
        self.ready = False

    def fork(self) -> Worker:
        """Fork a worker; raises `ForkServerError`."""
        self._wait_until_ready()
        ours, wire_end = socket.socketpair()
        output, output_end = os.pipe()
        try:
            socket.send_fds(self.control, [self._command(b"F", 0)], [wire_end.fileno(), output_end])
            pid, _ = self._answer()
        except OSError as error:
            os.close(output)
            ours.close()
            raise ForkServerError(f"no worker could be forked: {error}") from None
        finally:
            wire_end.close()
            os.close(output_end)
        return Worker(self, pid, ours, output)

    def end(self, pid: int, with_grace: bool = False) -> int:
        """Kill a worker and its descendants; return its exit status (negative: a signal).

        A worker that closed its wire gets time to end of itself, with `with_grace`.
        """
        try:
            self.control.sendall(self._command(b"W" if with_grace else b"E", pid))
            return self._answer()[1]
        except OSError as error:
            raise ForkServerError(f"a worker could not be ended: {error}") from None

    def close(self) -> None:
        """End the process and all its workers, and remove their folder."""
        self.control.close()
        with contextlib.suppress(ChildProcessError):
            deadline = time.monotonic() + 5
            while os.waitpid(self.pid, os.WNOHANG) == (0, 0):
                if time.monotonic() > deadline:
                    os.kill(self.pid, signal.SIGKILL)
                time.sleep(0.001)
        shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self) -> ForkServer:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _wait_until_ready(self) -> None:
        if not self.ready:
            self.control.settimeout(START_SECONDS)
            try:
                self._answer()
                self.held = self._told()
            except OSError as error:
                raise ForkServerError(f"the worker's process did not start: {error}") from None
            self.ready = True

    def protection(self) -> dict[str, dict[str, str]]:
        """Return the layers that hold, and what each forbidden act came to when it was tried.

        Raises `ForkServerError`.
        """
        self._wait_until_ready()
        return self.held

    def _told(self) -> dict[str, dict[str, str]]:
        from .child import protocol

        header = self.control.recv(protocol.HEADER.size, socket.MSG_WAITALL)
        if len(header) < protocol.HEADER.size:
            raise ConnectionError("it ended")
        (length,) = protocol.HEADER.unpack(header)
        return dict(protocol.loads(self.control.recv(length, socket.MSG_WAITALL)))

    def _answer(self) -> tuple[int, int]:
        from .child.fork_server_main import ANSWER

        data = self.control.recv(ANSWER.size, socket.MSG_WAITALL)
        if len(data) < ANSWER.size:
            raise ConnectionError("it ended")
        pid, status = ANSWER.unpack(data)
        return pid, status

    @staticmethod
    def _command(letter: bytes, pid: int) -> bytes:
        from .child.fork_server_main import COMMAND

        return COMMAND.pack(letter, pid)


def home(package: str) -> str:
    """Return the folder that an installed package stands in, without importing it."""
    spec = PathFinder.find_spec(package)
    if spec is None or not spec.origin:
        raise ForkServerError(f"{package} is not installed")
    return str(Path(spec.origin).parent.parent)
