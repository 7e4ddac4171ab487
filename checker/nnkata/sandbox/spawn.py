"""Workers for systems without fork, such as Windows: each worker is a new interpreter.

The protocol is the same; the separate process is the only protection. A worker connects to a port
of this machine and sends a token, because not every system can pass a socket to a new process.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import select
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

from .child.fork_server_main import GRACE, STILL_ALIVE
from .fork_server import (
    ENVIRONMENT,
    START_SECONDS,
    UNPROTECTED,
    ForkServer,
    find_package_parent,
)
from .worker_client import ForkServerError, Worker

TOKEN_BYTES = 16
REQUIRED_VARIABLES = ("SYSTEMROOT",)
"""Environment variables that a process on Windows cannot start without."""


class SpawnServer(ForkServer):
    """Starts a bare interpreter for each worker."""

    def __init__(self) -> None:
        """Make the workers' folder; no process is started, and no layer protects the workers."""
        self.level = 0
        self._protection = UNPROTECTED
        self.ready = True
        self.folder = tempfile.mkdtemp(prefix="nnkata-")
        self.processes: dict[int, subprocess.Popen[bytes]] = {}

    def fork(self) -> Worker:
        """Return a new worker; raises `ForkServerError`."""
        token = secrets.token_bytes(TOKEN_BYTES)
        with socket.create_server(("127.0.0.1", 0)) as listener:
            listener.settimeout(START_SECONDS)
            script = Path(__file__).parent / "child" / "spawn_main.py"
            arguments = [
                sys.executable, "-P", "-s", "-S", "-B", str(script),
                str(listener.getsockname()[1]),
                find_package_parent("numpy"), find_package_parent("msgspec"),
            ]  # fmt: skip
            required = {name: os.environ[name] for name in REQUIRED_VARIABLES if name in os.environ}
            try:
                process = subprocess.Popen(
                    arguments, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL, cwd=self.folder, env={**ENVIRONMENT, **required},
                )  # fmt: skip
                assert process.stdin is not None
                with process.stdin as stdin:
                    stdin.write(token)
                wire, output = (_accept(listener, token) for _ in range(2))
            except OSError as error:
                raise ForkServerError(f"no worker could be started: {error}") from None
        self.processes[process.pid] = process
        return SocketWorker(self, process.pid, wire, output)

    def request_trace(self, pid: int) -> bool:
        """Return False: these workers print no traceback."""
        del pid
        return False

    def end(self, pid: int, with_grace: bool = False) -> int:
        """Kill a worker; return its exit status.

        With `with_grace`, it gets `GRACE` seconds to exit on its own first.
        """
        process = self.processes.pop(pid)
        if with_grace:
            with contextlib.suppress(subprocess.TimeoutExpired):
                status = process.wait(GRACE)
                shutil.rmtree(Path(self.folder) / f"given-{pid}", ignore_errors=True)
                return status
        process.kill()
        status = process.wait()
        shutil.rmtree(Path(self.folder) / f"given-{pid}", ignore_errors=True)
        return STILL_ALIVE if with_grace else status

    def close(self) -> None:
        """End all workers, and remove their folder."""
        for pid in list(self.processes):
            self.end(pid)
        shutil.rmtree(self.folder, ignore_errors=True)


class SocketWorker(Worker):
    """A worker whose output comes through a socket, because Windows can wait only for sockets."""

    def __init__(
        self, server: ForkServer, pid: int, wire: socket.socket, output: socket.socket
    ) -> None:
        """Use the connections to the process `pid`: `wire` for frames, `output` for its output."""
        self.output_socket = output
        super().__init__(server, pid, wire, output.fileno())

    def _start_watching(self) -> None:
        self.outer_pid = -1
        self.output_socket.setblocking(False)
        self.descriptors = {self.socket.fileno(), self.output}

    def watch_wakeup(self, wakeup: int) -> None:
        """Let every wait end when the socket `wakeup` becomes readable."""
        self.wakeup = wakeup
        self.descriptors.add(wakeup)

    def _wait_for_descriptors(self, seconds: float, writing: bool) -> set[int]:
        outgoing = [self.socket.fileno()] if writing else []
        readable, writable, _ = select.select(list(self.descriptors), outgoing, [], seconds)
        return {*readable, *writable}

    def _read_output(self) -> bytes:
        return self.output_socket.recv(2**16)

    def _stop_watching_output(self) -> None:
        self.descriptors.discard(self.output)

    def _close_output(self) -> None:
        self.output_socket.close()


def _accept(listener: socket.socket, token: bytes) -> socket.socket:
    """Return the next connection that sends the token; any other connection is closed."""
    while True:
        connection, _ = listener.accept()
        connection.settimeout(START_SECONDS)
        if connection.recv(TOKEN_BYTES, socket.MSG_WAITALL) == token:
            return connection
        connection.close()
