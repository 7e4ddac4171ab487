"""The grader's side of the jail: it starts the zygote and the workers, and holds their limits."""

from __future__ import annotations

import contextlib
import os
import select
import shutil
import signal
import socket
import struct
import sys
import tempfile
import time
from importlib.machinery import PathFinder
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from types import TracebackType

ENVIRONMENT = {
    "PYTHONHASHSEED": "0",
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
}
"""All that a worker's environment holds."""

START_SECONDS = 30.0
WATCH_SECONDS = 0.1
CREDENTIALS = struct.Struct("iii")
PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096
TOO_MUCH_MEMORY = "it needed more memory than the kata allows"
OUTPUT_KEEP = 16 * 1024
"""How much of what a check prints is kept to be shown."""
READ_BYTES = 2**16
"""What is read at once: for more, the memory is asked of the system anew at every answer."""
SMALL_FRAME = 4096
"""A frame of up to this many bytes is decoded without having been counted first."""
VALUE_WEIGHT = 48
"""Bytes that a value in a frame counts for, besides its own: about what it takes in memory."""
NO_FORK = "this system cannot copy a process that runs (fork), which a breakpoint needs"
TOO_LATE = "it did not come back in time"


class LostError(BaseException):
    """The worker is gone: `kind` is timeout, crash or limit; the message says it in words.

    No check can catch it with `except Exception`.
    """

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind


class AbandonedError(BaseException):
    """Nobody wants the answer any more, and the worker has been ended; no check can catch it."""


class ZygoteError(Exception):
    """The process that workers are forked from could not be started, or has died."""


class Zygote:
    """The warm process that workers are forked from; start it before anything is imported."""

    def __init__(self, level: int = 2) -> None:
        """Start the process; it warms up while the grader goes on.

        `level` is the most that it tries to protect: 0 nothing, 1 files and system calls,
        2 namespaces too. What holds is tried, and then told in `held`.
        """
        if not hasattr(os, "fork"):
            raise ZygoteError(NO_FORK)
        self.level = level
        self.held: dict[str, dict[str, str]] = {"layers": {}, "tried": {}}
        self.folder = tempfile.mkdtemp(prefix="nnkata-")
        self.control, theirs = socket.socketpair()
        theirs.set_inheritable(True)
        script = Path(__file__).with_name("zygote.py")
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
        """Fork a worker; raises `ZygoteError`."""
        self._wait_until_ready()
        ours, wire_end = socket.socketpair()
        output, output_end = os.pipe()
        try:
            socket.send_fds(self.control, [self._command(b"F", 0)], [wire_end.fileno(), output_end])
            pid, _ = self._answer()
        except OSError as error:
            os.close(output)
            ours.close()
            raise ZygoteError(f"no worker could be forked: {error}") from None
        finally:
            wire_end.close()
            os.close(output_end)
        return Worker(self, pid, ours, output)

    def end(self, pid: int, patient: bool = False) -> int:
        """Kill a worker and its descendants; return its exit status (negative: a signal).

        A worker that closed its wire gets time to end of itself, with `patient`.
        """
        try:
            self.control.sendall(self._command(b"W" if patient else b"E", pid))
            return self._answer()[1]
        except OSError as error:
            raise ZygoteError(f"a worker could not be ended: {error}") from None

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

    def __enter__(self) -> Zygote:
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
                raise ZygoteError(f"the worker's process did not start: {error}") from None
            self.ready = True

    def protection(self) -> dict[str, dict[str, str]]:
        """Return the layers that hold, and what each forbidden act came to when it was tried.

        Raises `ZygoteError`.
        """
        self._wait_until_ready()
        return self.held

    def _told(self) -> dict[str, dict[str, str]]:
        from . import wire

        header = self.control.recv(wire.HEADER.size, socket.MSG_WAITALL)
        if len(header) < wire.HEADER.size:
            raise ConnectionError("it ended")
        (length,) = wire.HEADER.unpack(header)
        return dict(wire.loads(self.control.recv(length, socket.MSG_WAITALL)))

    def _answer(self) -> tuple[int, int]:
        from .zygote import ANSWER

        data = self.control.recv(ANSWER.size, socket.MSG_WAITALL)
        if len(data) < ANSWER.size:
            raise ConnectionError("it ended")
        pid, status = ANSWER.unpack(data)
        return pid, status

    @staticmethod
    def _command(letter: bytes, pid: int) -> bytes:
        from .zygote import COMMAND

        return COMMAND.pack(letter, pid)


def start(level: int = 2) -> Zygote:
    """Return where workers come from on this system; `level` is the most that is protected."""
    if hasattr(os, "fork"):
        return Zygote(level)
    from .anew import Anew

    return Anew()


class Worker:
    """One forked process, seen from the grader: frames in and out, output drained, limits held."""

    def __init__(self, zygote: Zygote, pid: int, wire_end: socket.socket, output: int) -> None:
        """Take the ends of the wire and of the output pipe."""
        self.zygote = zygote
        self.pid = pid
        self.socket = wire_end
        self.socket.setblocking(False)
        self.output = output
        self.ended = False
        self.printed = bytearray()
        self.printed_bytes = 0
        self.memory_bytes = 2**62
        self.watch_again = 0.0
        self.known_as = 0
        """The worker's process number out here; -1 where the system does not tell."""
        self._listen()
        self.output_bytes = 2**20
        self.frame_bytes = 2**24
        self.received = bytearray()
        self.bell = -1

    def _listen(self) -> None:
        """Begin to wait for the wire and for what is printed."""
        if hasattr(socket, "SO_PASSCRED"):
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
        else:
            self.known_as = -1
        os.set_blocking(self.output, False)
        self.poll = select.poll()
        self.poll.register(self.socket.fileno(), select.POLLIN)
        self.poll.register(self.output, select.POLLIN)

    def setup(self, message: dict[str, Any], deadline: float) -> dict[str, str]:
        """Send what the worker needs to know first; return the limits that it could take."""
        self.frame_bytes = message["result_bytes"] + 4096
        self.memory_bytes = message["memory_mb"] * 2**20
        self.output_bytes = message["output_bytes"]
        reply, _ = self.ask(message, deadline)
        held = reply[1] if len(reply) == 2 and reply[0] == "ready" else None
        return held if type(held) is dict else {}

    def ask(self, message: Any, deadline: float) -> tuple[Any, int]:
        """Send a request and wait for one frame; return it decoded, and what it weighs in bytes.

        Raises `LostError` when the worker dies, is late or breaks a limit.
        """
        from . import wire

        if time.monotonic() > deadline:  # answers that come without a pause never wait
            raise self._lost("timeout", TOO_LATE)
        self._send(wire.dumps(message), deadline)
        body = self._receive(deadline)
        try:
            weight = len(body) * VALUE_WEIGHT
            if len(body) > SMALL_FRAME:
                count = wire.values_in(body)
                if count > wire.MAX_VALUES:
                    raise self._lost("limit", f"it answered with more than {count - 1} values")
                weight = len(body) + count * VALUE_WEIGHT
            reply = wire.loads(body)
        except wire.WireError as error:
            raise self._lost("crash", f"the process sent something unreadable ({error})") from None
        if type(reply) is not list or not reply or type(reply[0]) is not str:
            raise self._lost("crash", "the process sent something unreadable")
        if reply[0] == "too_large":
            raise self._lost("limit", f"it answered with more than {_size(self.frame_bytes)}")
        return reply, weight

    def heed(self, bell: int) -> None:
        """Wait only while nothing can be read from the descriptor `bell`.

        From then on whoever waits for an answer gets `AbandonedError` in its place.
        """
        self.bell = bell
        self.poll.register(bell, select.POLLIN)

    def is_sound(self) -> bool:
        """Whether the process lives, and has sent nothing that nobody asked for."""
        if self.ended or self.received:
            return False
        try:
            self.socket.recv(1, socket.MSG_PEEK)
        except BlockingIOError:
            return True
        except OSError:
            return False
        return False

    def refuse(self, why: str) -> LostError:
        """End the worker because its frames make no sense; return what to raise."""
        return self._lost("crash", f"the process sent something unreadable ({why})")

    def take_output(self) -> str:
        """Return what was printed since the last call, cut to what is worth showing.

        Raises `LostError` when it was more than allowed; a second call returns it then.
        """
        if not self.ended:
            self._drain()  # which may find that it is too much
        text = self.printed.decode("utf-8", "replace")
        if self.printed_bytes > len(self.printed):
            text += f"\n… and {self.printed_bytes - len(self.printed)} bytes more"
        self.printed.clear()
        self.printed_bytes = 0
        return text

    def end(self, patient: bool = False) -> int | None:
        """Kill the process, if it still runs, and close what belongs to it.

        Return its exit status, or None when nobody knows it: the zygote may be gone too.
        """
        if self.ended:
            return None
        self.ended = True
        try:
            return self.zygote.end(self.pid, patient)
        except ZygoteError:
            return None
        finally:
            with contextlib.suppress(OSError):
                self._drain()
            self.socket.close()
            self._close_output()

    def _send(self, data: bytes, deadline: float) -> None:
        view = memoryview(data)
        while view:
            try:
                view = view[self.socket.send(view) :]
            except BlockingIOError:
                self._wait(deadline, writing=True)
            except OSError:
                raise self._crashed() from None

    def _receive(self, deadline: float) -> bytes:
        from .wire import HEADER

        wanted = HEADER.size
        length = None
        if not self.received:
            self._wait(deadline)  # an answer is hardly ever there already
        while True:
            if length is None and len(self.received) >= HEADER.size:
                (length,) = HEADER.unpack(self.received[: HEADER.size])
                if length > self.frame_bytes:
                    raise self._lost(
                        "limit", f"it answered with more than {_size(self.frame_bytes)}"
                    )
                wanted = HEADER.size + length
            if len(self.received) >= wanted and length is not None:
                body = bytes(self.received[HEADER.size : wanted])
                del self.received[:wanted]
                return body
            try:
                data = self._read()
            except BlockingIOError:
                self._wait(deadline)
                continue
            except OSError:
                data = b""
            if not data:
                raise self._crashed()
            self.received += data

    def _read(self) -> bytes:
        """Read what has come; the first message also tells who sent it, as known out here.

        In a process namespace of its own the worker has another number for itself.
        """
        if self.known_as:
            return self.socket.recv(READ_BYTES)
        data, extra, _, _ = self.socket.recvmsg(READ_BYTES, socket.CMSG_SPACE(CREDENTIALS.size))
        for _, kind, payload in extra:
            if kind == socket.SCM_CREDENTIALS and len(payload) >= CREDENTIALS.size:
                self.known_as = CREDENTIALS.unpack(payload[: CREDENTIALS.size])[0]
                self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 0)
        return data

    def _watch_memory(self, now: float) -> None:
        """End the worker when it holds more memory than it may; address space is not memory."""
        if self.known_as <= 0 or now < self.watch_again:
            return
        self.watch_again = now + WATCH_SECONDS
        try:
            with open(f"/proc/{self.known_as}/statm", "rb") as pages:
                resident = int(pages.read().split()[1]) * PAGE
        except (OSError, ValueError, IndexError):
            return
        if resident > self.memory_bytes:
            raise self._lost("limit", TOO_MUCH_MEMORY)

    def _wait(self, deadline: float, writing: bool = False) -> None:
        """Wait a while for the wire to move; keep the output pipe empty, and watch the memory."""
        now = time.monotonic()
        left = deadline - now
        if left <= 0:
            raise self._lost("timeout", TOO_LATE)
        self._watch_memory(now)
        left = min(left, WATCH_SECONDS)
        ready = self._moved(left, writing)
        if self.bell in ready:
            self.end()
            raise AbandonedError
        if self.output in ready:
            self._drain()

    def _moved(self, seconds: float, writing: bool) -> set[int]:
        """Wait for at most so long; return the descriptors that can be read, or written to."""
        if writing:
            self.poll.modify(self.socket.fileno(), select.POLLIN | select.POLLOUT)
        events = self.poll.poll(seconds * 1000 + 1)
        if writing:
            self.poll.modify(self.socket.fileno(), select.POLLIN)
        return {fd for fd, _ in events}

    def _printed_now(self) -> bytes:
        return os.read(self.output, 2**16)

    def _printed_all(self) -> None:
        with contextlib.suppress(KeyError):
            self.poll.unregister(self.output)

    def _close_output(self) -> None:
        os.close(self.output)

    def _drain(self) -> None:
        while True:
            try:
                data = self._printed_now()
            except BlockingIOError:
                return
            if not data:
                self._printed_all()
                return
            self.printed_bytes += len(data)
            self.printed += data[: max(0, OUTPUT_KEEP - len(self.printed))]
            if self.printed_bytes > self.output_bytes:
                if self.ended:
                    return
                raise self._lost("limit", f"it printed more than {_size(self.output_bytes)}")

    def _crashed(self) -> LostError:
        from .zygote import STILL_ALIVE

        status = self.end(patient=True)
        if status is None:
            return LostError("crash", "the process is gone, and the one that watched over it too")
        if status == STILL_ALIVE:
            return LostError("crash", "the process closed its connection to the checker")
        killed = status == -signal.SIGKILL and sys.platform == "linux"
        if killed or status == -getattr(signal, "SIGXCPU", 24):
            return LostError("limit", "the system stopped it: it used too much time or memory")
        if status < 0:
            name = signal.Signals(-status).name
            return LostError("crash", f"the Python process itself crashed ({name})")
        return LostError("crash", f"the process ended itself (exit code {status})")

    def _lost(self, kind: str, message: str) -> LostError:
        self.end()
        return LostError(kind, message)


def home(package: str) -> str:
    """Return the folder that an installed package stands in, without importing it."""
    spec = PathFinder.find_spec(package)
    if spec is None or not spec.origin:
        raise ZygoteError(f"{package} is not installed")
    return str(Path(spec.origin).parent.parent)


def _size(count: int) -> str:
    return f"{count // 2**20} MiB" if count >= 2**20 else f"{count // 1024} KiB"
