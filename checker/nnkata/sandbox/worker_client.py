"""One worker, seen from the grader: frames in and out, its output, and its limits."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import socket
import struct
import sys
import time
from typing import Any, Protocol

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
TOO_LATE = "it did not come back in time"


class WorkerLostError(BaseException):
    """The worker is gone: `kind` is timeout, crash or limit; the message says it in words.

    No check can catch it with `except Exception`.
    """

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind


class WaitAbandonedError(BaseException):
    """Nobody wants the answer any more, and the worker has been ended; no check can catch it."""


class ForkServerError(Exception):
    """The process that workers are forked from could not be started, or has died."""


class WorkerOwner(Protocol):
    """What can end a worker: the server that it came from."""

    def end(self, pid: int, with_grace: bool = False) -> int:
        """End the process and return its exit status; raises `ForkServerError`."""


class Worker:
    """One forked process, seen from the grader: frames in and out, output drained, limits held."""

    def __init__(self, owner: WorkerOwner, pid: int, wire_end: socket.socket, output: int) -> None:
        """Take the ends of the wire and of the output pipe."""
        self.owner = owner
        self.pid = pid
        self.socket = wire_end
        self.socket.setblocking(False)
        self.output = output
        self.ended = False
        self.printed = bytearray()
        self.printed_bytes = 0
        self.memory_bytes = 2**62
        self.watch_again = 0.0
        self.outer_pid = 0
        """The worker's process number out here; -1 where the system does not tell."""
        self._listen()
        self.output_bytes = 2**20
        self.frame_bytes = 2**24
        self.received = bytearray()
        self.wakeup = -1

    def _listen(self) -> None:
        """Begin to wait for the wire and for what is printed."""
        if hasattr(socket, "SO_PASSCRED"):
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
        else:
            self.outer_pid = -1
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

        Raises `WorkerLostError` when the worker dies, is late or breaks a limit.
        """
        from .child import protocol

        if time.monotonic() > deadline:  # answers that come without a pause never wait
            raise self._lost("timeout", TOO_LATE)
        self._send(protocol.dumps(message), deadline)
        body = self._receive(deadline)
        try:
            weight = len(body) * VALUE_WEIGHT
            if len(body) > SMALL_FRAME:
                count = protocol.values_in(body)
                if count > protocol.MAX_VALUES:
                    raise self._lost("limit", f"it answered with more than {count - 1} values")
                weight = len(body) + count * VALUE_WEIGHT
            reply = protocol.loads(body)
        except protocol.WireError as error:
            raise self._lost("crash", f"the process sent something unreadable ({error})") from None
        if type(reply) is not list or not reply or type(reply[0]) is not str:
            raise self._lost("crash", "the process sent something unreadable")
        if reply[0] == "too_large":
            raise self._lost("limit", f"it answered with more than {_size(self.frame_bytes)}")
        return reply, weight

    def watch_wakeup(self, wakeup: int) -> None:
        """Wait only while nothing can be read from the descriptor `wakeup`.

        From then on whoever waits for an answer gets `WaitAbandonedError` in its place.
        """
        self.wakeup = wakeup
        self.poll.register(wakeup, select.POLLIN)

    def is_usable(self) -> bool:
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

    def refuse(self, why: str) -> WorkerLostError:
        """End the worker because its frames make no sense; return what to raise."""
        return self._lost("crash", f"the process sent something unreadable ({why})")

    def take_output(self) -> str:
        """Return what was printed since the last call, cut to what is worth showing.

        Raises `WorkerLostError` when it was more than allowed; a second call returns it then.
        """
        if not self.ended:
            self._drain()  # which may find that it is too much
        text = self.printed.decode("utf-8", "replace")
        if self.printed_bytes > len(self.printed):
            text += f"\n… and {self.printed_bytes - len(self.printed)} bytes more"
        self.printed.clear()
        self.printed_bytes = 0
        return text

    def end(self, with_grace: bool = False) -> int | None:
        """Kill the process, if it still runs, and close what belongs to it.

        Return its exit status, or None when nobody knows it: the server may be gone too.
        """
        if self.ended:
            return None
        self.ended = True
        try:
            return self.owner.end(self.pid, with_grace)
        except ForkServerError:
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
        from .child.protocol import HEADER

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
        if self.outer_pid:
            return self.socket.recv(READ_BYTES)
        data, extra, _, _ = self.socket.recvmsg(READ_BYTES, socket.CMSG_SPACE(CREDENTIALS.size))
        for _, kind, payload in extra:
            if kind == socket.SCM_CREDENTIALS and len(payload) >= CREDENTIALS.size:
                self.outer_pid = CREDENTIALS.unpack(payload[: CREDENTIALS.size])[0]
                self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 0)
        return data

    def _watch_memory(self, now: float) -> None:
        """End the worker when it holds more memory than it may; address space is not memory."""
        if self.outer_pid <= 0 or now < self.watch_again:
            return
        self.watch_again = now + WATCH_SECONDS
        try:
            with open(f"/proc/{self.outer_pid}/statm", "rb") as pages:
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
        if self.wakeup in ready:
            self.end()
            raise WaitAbandonedError
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

    def _crashed(self) -> WorkerLostError:
        from .child.fork_server_main import STILL_ALIVE

        status = self.end(with_grace=True)
        if status is None:
            return WorkerLostError(
                "crash", "the process is gone, and the one that watched over it too"
            )
        if status == STILL_ALIVE:
            return WorkerLostError("crash", "the process closed its connection to the checker")
        killed = status == -signal.SIGKILL and sys.platform == "linux"
        if killed or status == -getattr(signal, "SIGXCPU", 24):
            return WorkerLostError(
                "limit", "the system stopped it: it used too much time or memory"
            )
        if status < 0:
            name = signal.Signals(-status).name
            return WorkerLostError("crash", f"the Python process itself crashed ({name})")
        return WorkerLostError("crash", f"the process ended itself (exit code {status})")

    def _lost(self, kind: str, message: str) -> WorkerLostError:
        self.end()
        return WorkerLostError(kind, message)


def _size(count: int) -> str:
    return f"{count // 2**20} MiB" if count >= 2**20 else f"{count // 1024} KiB"
