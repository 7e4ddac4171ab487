"""The grader's side of one worker: frames in and out, its output, and its limits."""

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

WATCH_SECONDS = 0.025
"""Time between two checks of the memory; a worker can exceed its limit for that long."""
CREDENTIALS = struct.Struct("iii")
PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096
TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100
TOO_MUCH_MEMORY = "it needed more memory than the kata allows"
UNREADABLE = "the process sent something unreadable"
MAX_SHOWN_OUTPUT = 16 * 1024
"""Maximum number of bytes that are shown of a check's output."""
READ_BYTES = 2**16
"""Maximum bytes per read: Python allocates a buffer for each read, and larger ones are slow."""
SMALL_FRAME = 4096
"""A frame of up to this many bytes is decoded without counting its values first."""
VALUE_WEIGHT = 48
"""Estimated bytes of memory of each value in a frame, besides its data."""
TRACE_SECONDS = 1.0
"""Maximum time until a worker begins to print its traceback after a timeout."""
TRACE_PAUSE_SECONDS = 0.05
"""A pause this long ends the traceback, which is written in pieces and has no end mark."""
TOO_LATE = "it did not finish in time"


def resident_memory(pid: int | str = "self") -> int:
    """Return the resident memory of a process in bytes; 0 if it is not known."""
    try:
        with open(f"/proc/{pid}/statm", "rb") as pages:
            return int(pages.read().split()[1]) * PAGE
    except (OSError, ValueError, IndexError):
        return 0


class WorkerLostError(BaseException):
    """Raised if the worker has ended; `kind` is timeout, crash or limit; the message explains it.

    It is a BaseException so that a check cannot catch it with `except Exception`.
    """

    def __init__(self, kind: str, message: str, with_server: bool = False) -> None:
        super().__init__(message)
        self.kind = kind
        self.with_server = with_server
        """Whether the fork server has ended too, which ends all its workers."""


class WaitAbandonedError(BaseException):
    """Raised if the wakeup interrupts a wait; the worker was ended; no check can catch it."""


class ForkServerError(Exception):
    """Raised if the process that workers are forked from cannot be started, or has died."""


class WorkerOwner(Protocol):
    """The server that started a worker, and can end it."""

    ended_seconds: float
    """The processor time of the worker that was ended last, in seconds; 0.0 if it is not known."""

    def end(self, pid: int, with_grace: bool = False) -> int:
        """End the process; return its exit status. Raises `ForkServerError`."""

    def request_trace(self, pid: int) -> bool:
        """Ask the process to print its traceback; return whether it can.

        Raises `ForkServerError`.
        """


class Worker:
    """The grader's side of one worker: it sends frames, reads output and checks limits."""

    def __init__(self, owner: WorkerOwner, pid: int, wire: socket.socket, output: int) -> None:
        """Use the grader's ends of the wire and of the output pipe of the process `pid`."""
        from .child import protocol  # imports numpy, which is not needed earlier

        self.protocol = protocol
        self.owner = owner
        self.pid = pid
        self.socket = wire
        self.socket.setblocking(False)
        self.output = output
        self.ended = False
        self.shown_output = bytearray()
        self.output_total = 0
        self.memory_bytes = 2**62
        self.grader_memory = resident_memory()
        """The grader's memory when the budget of the kata began; its growth counts."""
        self.processor_seconds = 0.0
        """The processor time that the worker had used when it was last read."""
        self.next_memory_check = 0.0
        self.outer_pid = 0
        """The worker's pid in the grader's pid namespace; 0: not known yet, -1: never known."""
        self._start_watching()
        self.output_bytes = 2**20
        self.frame_bytes = 2**24
        self.received = bytearray()
        self.wakeup = -1

    def _start_watching(self) -> None:
        """Register the wire and the output for `_wait`."""
        if hasattr(socket, "SO_PASSCRED"):
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
        else:
            self.outer_pid = -1
        os.set_blocking(self.output, False)
        self.poll = select.poll()
        self.poll.register(self.socket.fileno(), select.POLLIN)
        self.poll.register(self.output, select.POLLIN)

    def setup(self, message: dict[str, Any], deadline: float) -> dict[str, str]:
        """Send the worker its setup; return the limits and layers that it applied, as texts.

        Raises `WorkerLostError`.
        """
        self.frame_bytes = message["result_bytes"] + 4096
        if message["limited"]:  # `kata check --debug` runs the module in this process
            self.memory_bytes = message["memory_mb"] * 2**20
        self.output_bytes = message["output_bytes"]
        reply, _ = self.ask(message, deadline)
        limits = reply[1] if len(reply) == 2 and reply[0] == "ready" else None
        return limits if type(limits) is dict else {}

    def ask(self, message: Any, deadline: float) -> tuple[Any, int]:
        """Send a request and wait for one frame; return it decoded, and its weight in bytes.

        The weight estimates the memory that the decoded frame takes. Raises `WorkerLostError` when
        the worker dies, is late or exceeds a limit, and `WaitAbandonedError`.
        """
        if time.monotonic() > deadline:  # `_wait` is not called if every answer has arrived already
            raise self._end_with("timeout", TOO_LATE)
        self.send(message, deadline)
        return self.read_answer(deadline)

    def send(self, message: Any, deadline: float) -> None:
        """Send a request; `read_answer` waits for its answer. Raises `WorkerLostError`."""
        self._send(self.protocol.dumps(message), deadline)

    def read_answer(self, deadline: float) -> tuple[Any, int]:
        """Wait for the answer to the request that was sent; return and raise as `ask` does."""
        protocol = self.protocol
        body = self._receive(deadline)
        try:
            weight = len(body) * VALUE_WEIGHT
            if len(body) > SMALL_FRAME:
                count = protocol.count_values(body)
                if count > protocol.MAX_VALUES:
                    raise self._end_with("limit", f"it answered with more than {count - 1} values")
                weight = len(body) + count * VALUE_WEIGHT
            reply = protocol.loads(body)
        except protocol.WireError as error:
            raise self._end_with("crash", f"{UNREADABLE} ({error})") from None
        if type(reply) is not list or not reply or type(reply[0]) is not str:
            raise self._end_with("crash", UNREADABLE)
        if reply[0] == "too_large":
            raise self._too_large()
        return reply, weight

    def watch_wakeup(self, wakeup: int) -> None:
        """Let every wait end when the descriptor `wakeup` becomes readable.

        The wait raises `WaitAbandonedError` then.
        """
        self.wakeup = wakeup
        self.poll.register(wakeup, select.POLLIN)

    def read_processor_time(self) -> float:
        """Return the processor time that the worker has used, in seconds, as far as it is known."""
        if self.outer_pid > 0 and not self.ended:
            with contextlib.suppress(OSError, ValueError, IndexError):
                with open(f"/proc/{self.outer_pid}/stat", "rb") as stat:
                    fields = stat.read().rpartition(b")")[2].split()
                self.processor_seconds = (int(fields[11]) + int(fields[12])) / TICKS
        return self.processor_seconds

    def is_usable(self) -> bool:
        """Return whether the process runs and has sent nothing that was not requested."""
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
        """End the worker because its frames have no valid meaning; return the error to raise."""
        return self._end_with("crash", f"{UNREADABLE} ({why})")

    def take_output(self) -> str:
        """Return what was printed since the last call, cut to `MAX_SHOWN_OUTPUT` bytes.

        Raises `WorkerLostError` when it was more than allowed; call it again for the output.
        """
        if not self.ended:
            self._drain()
        text = self.shown_output.decode("utf-8", "replace")
        if self.output_total > len(self.shown_output):
            text += f"\n… and {self.output_total - len(self.shown_output)} more bytes"
        self.shown_output.clear()
        self.output_total = 0
        return text

    def end(self, with_grace: bool = False) -> int | None:
        """Kill the process, if it still runs, and close its connections; return its exit status.

        The status is None if it is not known, because the server may have ended too.
        """
        if self.ended:
            return None
        self.read_processor_time()
        self.ended = True
        try:
            status = self.owner.end(self.pid, with_grace)
            self.processor_seconds = max(self.processor_seconds, self.owner.ended_seconds)
            return status
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
                raise self._explain_exit() from None

    def _receive(self, deadline: float) -> bytes:
        header = self.protocol.HEADER
        wanted = header.size
        length = None
        if not self.received:
            self._wait(deadline)  # the answer has almost never arrived yet
        while True:
            if length is None and len(self.received) >= header.size:
                (length,) = header.unpack(self.received[: header.size])
                if length > self.frame_bytes:
                    raise self._too_large()
                wanted = header.size + length
            if len(self.received) >= wanted and length is not None:
                body = bytes(self.received[header.size : wanted])
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
                raise self._explain_exit()
            self.received += data

    def _read(self) -> bytes:
        """Return what can be read from the wire; the first read also finds the worker's outer pid.

        In its own pid namespace the worker has a different pid, so it cannot report this one
        itself.
        """
        if self.outer_pid:
            return self.socket.recv(READ_BYTES)
        data, extra, _, _ = self.socket.recvmsg(READ_BYTES, socket.CMSG_SPACE(CREDENTIALS.size))
        for _, kind, payload in extra:
            if kind == socket.SCM_CREDENTIALS and len(payload) >= CREDENTIALS.size:
                self.outer_pid = CREDENTIALS.unpack(payload[: CREDENTIALS.size])[0]
                self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 0)
        return data

    def _check_memory(self, now: float) -> None:
        """Raise `WorkerLostError` when worker and grader together exceed the memory limit.

        For the worker, resident memory counts, because reserved address space costs nothing; for
        the grader, its growth.
        """
        if self.outer_pid <= 0 or now < self.next_memory_check:
            return
        self.next_memory_check = now + WATCH_SECONDS
        growth = max(0, resident_memory() - self.grader_memory)
        if resident_memory(self.outer_pid) + growth > self.memory_bytes:
            raise self._end_with("limit", TOO_MUCH_MEMORY)

    def _wait(self, deadline: float, writing: bool = False) -> None:
        """Wait up to `WATCH_SECONDS` for the wire; read the output, and check the memory.

        Raises `WorkerLostError` after the deadline, and `WaitAbandonedError`.
        """
        now = time.monotonic()
        if now >= deadline:
            raise self._end_with("timeout", TOO_LATE)
        self._check_memory(now)
        ready = self._wait_for_descriptors(min(deadline - now, WATCH_SECONDS), writing)
        if self.wakeup in ready:
            self.end()
            raise WaitAbandonedError
        if self.output in ready:
            self._drain()

    def _wait_for_descriptors(self, seconds: float, writing: bool) -> set[int]:
        """Wait at most `seconds`; return the descriptors that can be read, or written to."""
        if writing:
            self.poll.modify(self.socket.fileno(), select.POLLIN | select.POLLOUT)
        events = self.poll.poll(seconds * 1000 + 1)
        if writing:
            self.poll.modify(self.socket.fileno(), select.POLLIN)
        return {fd for fd, _ in events}

    def _read_trace(self) -> None:
        give_up = time.monotonic() + TRACE_SECONDS
        wait = TRACE_SECONDS
        while self.output in self._wait_for_descriptors(wait, False):
            self._drain()
            wait = min(TRACE_PAUSE_SECONDS, give_up - time.monotonic())
            if wait <= 0:
                return

    def _read_output(self) -> bytes:
        return os.read(self.output, 2**16)

    def _stop_watching_output(self) -> None:
        with contextlib.suppress(KeyError):
            self.poll.unregister(self.output)

    def _close_output(self) -> None:
        os.close(self.output)

    def _drain(self) -> None:
        """Read all available output; raises `WorkerLostError` if it exceeds the limit."""
        while True:
            try:
                data = self._read_output()
            except BlockingIOError:
                return
            if not data:
                self._stop_watching_output()
                return
            self.output_total += len(data)
            self.shown_output += data[: max(0, MAX_SHOWN_OUTPUT - len(self.shown_output))]
            if self.output_total > self.output_bytes:
                if self.ended:
                    return
                raise self._end_with("limit", f"it printed more than {_size(self.output_bytes)}")

    def _explain_exit(self) -> WorkerLostError:
        """End the worker, whose wire is closed; return an error that says how it exited."""
        from .child.fork_server_main import STILL_ALIVE

        status = self.end(with_grace=True)
        if status is None:
            return WorkerLostError(
                "crash", "the process has ended, and the fork server that started it too", True
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

    def _too_large(self) -> WorkerLostError:
        return self._end_with("limit", f"it answered with more than {_size(self.frame_bytes)}")

    def _end_with(self, kind: str, message: str) -> WorkerLostError:
        """End the worker, after its traceback in case of a timeout; return the error to raise."""
        if kind == "timeout" and not self.ended:
            with contextlib.suppress(ForkServerError, OSError, WorkerLostError):
                if self.owner.request_trace(self.pid):
                    self._read_trace()
        self.end()
        return WorkerLostError(kind, message)


def _size(count: int) -> str:
    return f"{count // 2**20} MiB" if count >= 2**20 else f"{count // 1024} KiB"
