"""Workers where no process can be copied, as on Windows: each is started anew, with the same wire.

Nothing but the process of its own protects there. A worker connects to this machine's own address
and shows a token, since a socket cannot be handed to a new process everywhere.
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
from .fork_server import ENVIRONMENT, START_SECONDS, ForkServer, home
from .worker_client import ForkServerError, Worker

TOKEN_BYTES = 16
NEEDED = ("SYSTEMROOT",)
"""What a process cannot start without on Windows."""


class SpawnServer(ForkServer):
    """Starts a bare interpreter for each worker."""

    def __init__(self) -> None:
        """Start nothing yet; nothing holds."""
        self.level = 0
        self.held = {"layers": {}, "tried": {}}
        self.ready = True
        self.folder = tempfile.mkdtemp(prefix="nnkata-")
        self.processes: dict[int, subprocess.Popen[bytes]] = {}

    def fork(self) -> Worker:
        """Start a worker; raises `ForkServerError`."""
        token = secrets.token_bytes(TOKEN_BYTES)
        with socket.create_server(("127.0.0.1", 0)) as listener:
            listener.settimeout(START_SECONDS)
            script = Path(__file__).parent / "child" / "spawn_main.py"
            arguments = [
                sys.executable, "-P", "-s", "-S", "-B", str(script),
                str(listener.getsockname()[1]), home("numpy"), home("msgspec"),
            ]  # fmt: skip
            needed = {name: os.environ[name] for name in NEEDED if name in os.environ}
            try:
                process = subprocess.Popen(
                    arguments, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL, cwd=self.folder, env={**ENVIRONMENT, **needed},
                )  # fmt: skip
                assert process.stdin is not None
                with process.stdin as told:
                    told.write(token)
                wire_end, output = (_connected(listener, token) for _ in range(2))
            except OSError as error:
                raise ForkServerError(f"no worker could be started: {error}") from None
        self.processes[process.pid] = process
        return SocketWorker(self, process.pid, wire_end, output)

    def end(self, pid: int, with_grace: bool = False) -> int:
        """Kill a worker; return its exit status. `with_grace` lets one die that is about to."""
        process = self.processes.pop(pid)
        if with_grace:
            with contextlib.suppress(subprocess.TimeoutExpired):
                return process.wait(GRACE)
        process.kill()
        status = process.wait()
        return STILL_ALIVE if with_grace else status

    def close(self) -> None:
        """End all workers, and remove their folder."""
        for pid in list(self.processes):
            self.end(pid)
        shutil.rmtree(self.folder, ignore_errors=True)


class SocketWorker(Worker):
    """A worker whose output comes through a socket: only sockets can be waited for everywhere."""

    def __init__(
        self, server: ForkServer, pid: int, wire_end: socket.socket, output: socket.socket
    ) -> None:
        """Take the wire and the output."""
        self.printing = output
        super().__init__(server, pid, wire_end, output.fileno())

    def _listen(self) -> None:
        self.outer_pid = -1
        self.printing.setblocking(False)
        self.watched = {self.socket.fileno(), self.output}

    def watch_wakeup(self, wakeup: int) -> None:
        """Wait only while nothing can be read from the socket `wakeup`."""
        self.wakeup = wakeup
        self.watched.add(wakeup)

    def _moved(self, seconds: float, writing: bool) -> set[int]:
        wanted = [self.socket.fileno()] if writing else []
        readable, writable, _ = select.select(list(self.watched), wanted, [], seconds)
        return {*readable, *writable}

    def _printed_now(self) -> bytes:
        return self.printing.recv(2**16)

    def _printed_all(self) -> None:
        self.watched.discard(self.output)

    def _close_output(self) -> None:
        self.printing.close()


def _connected(listener: socket.socket, token: bytes) -> socket.socket:
    """Return the next connection that shows the token; others who know the port are let go."""
    while True:
        found, _ = listener.accept()
        found.settimeout(START_SECONDS)
        if found.recv(TOKEN_BYTES, socket.MSG_WAITALL) == token:
            return found
        found.close()
