"""The grader's side of the fork server: start it, fork workers from it, and end them."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import sys
import tempfile
import time
from collections.abc import Sequence
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
"""The whole environment of a worker."""

UNPROTECTED: dict[str, dict[str, str]] = {"layers": {}, "acts": {}}
"""The protection of workers that no layer is applied to."""

START_SECONDS = 30.0
NO_FORK = "this system cannot copy a running process (fork), which a breakpoint needs"


class ForkServer:
    """The process that workers are forked from; start it before anything else is imported."""

    ended_seconds = 0.0
    """The processor time of the worker that was ended last, in seconds; 0.0 if it is not known."""

    def __init__(self, level: int = 2) -> None:
        """Start the process; it imports numpy while the grader continues.

        `level` is the highest protection level to try: 0 nothing, 1 files and system calls,
        2 namespaces too. `protection` returns the layers that could be applied. Raises
        `ForkServerError` if processes cannot be forked.
        """
        if not hasattr(os, "fork"):
            raise ForkServerError(NO_FORK)
        self.level = level
        self._protection = UNPROTECTED
        self.folder = tempfile.mkdtemp(prefix="nnkata-")
        self.control, child_control = socket.socketpair()
        child_control.set_inheritable(True)
        script = Path(__file__).parent / "child" / "fork_server_main.py"
        arguments = [
            sys.executable, "-P", "-s", "-S", "-B", str(script), str(child_control.fileno()),
            self.folder, find_package_parent("numpy"), find_package_parent("msgspec"),
            str(level), str(script),
        ]  # fmt: skip
        try:
            self.pid = os.posix_spawn(sys.executable, arguments, ENVIRONMENT)
        except OSError:
            self.control.close()
            shutil.rmtree(self.folder, ignore_errors=True)
            raise
        finally:
            child_control.close()
        self.ready = False

    def fork(self) -> Worker:
        """Return a new worker; raises `ForkServerError`."""
        self._wait_until_ready()
        wire, worker_wire = socket.socketpair()
        output, worker_output = os.pipe()
        try:
            descriptors = [worker_wire.fileno(), worker_output]
            pid, _, _ = self._request(b"F", 0, descriptors)
        except OSError as error:
            os.close(output)
            wire.close()
            raise ForkServerError(f"no worker could be forked: {error}") from None
        finally:
            worker_wire.close()
            os.close(worker_output)
        return Worker(self, pid, wire, output)

    def end(self, pid: int, with_grace: bool = False) -> int:
        """Kill a worker and its descendants; return its exit status (negative: a signal).

        With `with_grace`, a worker that closed its wire gets time to exit on its own first, so
        that its own status is known. Raises `ForkServerError`.
        """
        try:
            _, status, self.ended_seconds = self._request(b"W" if with_grace else b"E", pid)
        except OSError as error:
            raise ForkServerError(f"a worker could not be ended: {error}") from None
        return status

    def request_trace(self, pid: int) -> bool:
        """Ask a worker to print its traceback; return whether it can. Raises `ForkServerError`."""
        try:
            self._request(b"T", pid)
        except OSError as error:
            raise ForkServerError(f"a worker cannot be asked for its traceback: {error}") from None
        return True

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

    def protection(self) -> dict[str, dict[str, str]]:
        """Return the protection of the workers: the applied `layers`, and the forbidden `acts`.

        `layers` maps each layer to a description, `acts` each forbidden act to the result when a
        worker tried it, `refused` or `allowed`. Raises `ForkServerError`.
        """
        self._wait_until_ready()
        return self._protection

    def _wait_until_ready(self) -> None:
        if not self.ready:
            self.control.settimeout(START_SECONDS)
            try:
                self._receive_answer()
                self._protection = self._receive_protection()
            except OSError as error:
                raise ForkServerError(f"the fork server did not start: {error}") from None
            for path, why in self._protection.get("unreadable", {}).items():
                raise ForkServerError(
                    f"a worker, which runs as another user or without special rights, cannot read "
                    f"{path} ({why}). Install Python and its packages where every user can read "
                    "them, or as the user who runs this command"
                )
            self.ready = True

    def _receive_protection(self) -> dict[str, dict[str, str]]:
        from .child import protocol

        header = self.control.recv(protocol.HEADER.size, socket.MSG_WAITALL)
        if len(header) < protocol.HEADER.size:
            raise ConnectionError("it ended")
        (length,) = protocol.HEADER.unpack(header)
        return dict(protocol.loads(self.control.recv(length, socket.MSG_WAITALL)))

    def _request(
        self, letter: bytes, pid: int, descriptors: Sequence[int] = ()
    ) -> tuple[int, int, float]:
        """Send a command, with descriptors; return the answer as `_receive_answer` does.

        Raises `OSError`. The server then gets no further command, which would be answered with
        what was missing before; the pool replaces it.
        """
        from .child.protocol import COMMAND

        try:
            socket.send_fds(self.control, [COMMAND.pack(letter, pid)], descriptors)
            return self._receive_answer()
        except OSError:
            self.control.close()
            raise

    def _receive_answer(self) -> tuple[int, int, float]:
        """Return the pid, the status and the processor time in the fork server's next answer."""
        from .child.protocol import ANSWER

        data = self.control.recv(ANSWER.size, socket.MSG_WAITALL)
        if len(data) < ANSWER.size:
            raise ConnectionError("it ended")
        pid, status, seconds = ANSWER.unpack(data)
        return pid, status, seconds


def find_package_parent(package: str) -> str:
    """Return the folder that contains an installed package, without importing the package.

    Raises `ForkServerError` if it is not installed.
    """
    spec = PathFinder.find_spec(package)
    if spec is None or not spec.origin:
        raise ForkServerError(f"{package} is not installed")
    return str(Path(spec.origin).parent.parent)
