"""Run a program of the engine in a confined worker, for bytes and texts that nobody has read.

The text of the program is sent to the worker, like a learner's module. So the program is confined
and limited in the same way before it sees a byte of a submission, and an input that needs too much
time or memory costs the grader only a worker.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct

from ..errors import MachineryError
from .pool import WorkerPool
from .worker_client import Worker, WorkerLostError

START_SECONDS = 30.0
ENGINE = Path(__file__).parents[1]


class ProgramLimits(Struct, frozen=True, kw_only=True):
    """What a program may use."""

    seconds: float
    """Wall-clock time of one call, on a machine that may be busy."""
    processor_seconds: int
    """Processor time of the whole program."""
    memory_mb: int
    """Resident memory, in MiB."""
    result_bytes: int
    """The size of one result."""

    def describe(self, doing: str, lost: WorkerLostError) -> str:
        """Return why a program was lost; `doing` says what it did, such as `reading it`."""
        words = {
            "timeout": f"{doing} takes more than {self.seconds:g} s",
            "limit": f"{doing} takes more than {self.processor_seconds} s of processor time or "
            f"{self.memory_mb} MiB of memory",
        }
        return words.get(lost.kind, f"the process that was {doing} failed: {lost}")


class Program:
    """Modules of the engine in a worker of their own, and calls of their functions.

    The modules import only each other and what a worker may import.
    """

    def __init__(
        self, pool: WorkerPool, limits: ProgramLimits, texts: Mapping[str, str], module: str
    ) -> None:
        """Start a worker and load `module`, one of `texts`.

        Raises `MachineryError`, and `WorkerLostError` if the fork server has ended.

        Args:
            pool: the pool of the worker.
            limits: what the program may use.
            texts: the texts of modules, by their path inside the package `program`.
            module: the module whose functions are called.
        """
        self.module = module
        self.limits = limits
        self._worker = _start(pool, _setup(limits, texts, module))

    def call(self, function: str, *arguments: Any) -> Any:
        """Return what a function returns, which may be anything; raises `WorkerLostError`."""
        from .child import protocol

        return self.call_packed(
            function, [protocol.pack(value) for value in arguments],
            time.monotonic() + self.limits.seconds,
        )  # fmt: skip

    def call_packed(self, function: str, arguments: list[Any], deadline: float) -> Any:
        """Do the same with arguments that are packed, until a time of the monotonic clock."""
        from .child import protocol

        request = ["call", 0, ["m", self.module, function], arguments, {}]
        reply, _ = self._worker.ask(request, deadline)
        if reply[0] == "raised" and reply[1:2] == ["MemoryError"]:
            raise WorkerLostError("limit", "")
        if reply[0] != "ok" or len(reply) < 2:
            raise self._worker.refuse("no result")
        try:
            return protocol.unpack(reply[1])
        except protocol.WireError as error:
            raise self._worker.refuse(str(error)) from None

    def processor_seconds(self) -> float:
        """Return the processor time that the program has used, as far as it is known."""
        return self._worker.read_processor_time()

    def end(self) -> None:
        """End the worker."""
        self._worker.end()


def engine_texts(*modules: str) -> dict[str, str]:
    """Return the texts of modules of the engine, by path, and of empty packages around them."""
    texts = {"__init__.py": ""}
    for module in modules:
        folders = module.split("/")[:-1]
        for depth in range(len(folders)):
            texts["/".join([*folders[: depth + 1], "__init__.py"])] = ""
        texts[module] = (ENGINE / module).read_text(encoding="utf-8")
    return texts


def _start(pool: WorkerPool, setup: dict[str, Any]) -> Worker:
    worker = pool.fork()
    why: object = ""
    try:
        worker.setup(setup, time.monotonic() + START_SECONDS)
        reply, _ = worker.ask(["load", 0, {}], time.monotonic() + START_SECONDS)
        if reply[0] == "loaded":
            return worker
        why = reply
    except WorkerLostError as lost:
        if lost.with_server:
            raise
        why = lost
    worker.end()
    raise MachineryError(
        f"no process can run {setup['module']}: {why}",
        next_step="`kata doctor` shows what is missing",
    )


def _setup(limits: ProgramLimits, texts: Mapping[str, str], module: str) -> dict[str, Any]:
    """Return the first message to the worker: the program's texts, and the limits."""
    return {
        "package": "program",
        "module": module,
        "exports": {},
        "given": [],
        "texts": dict(texts),
        "data": {},
        "own": [],
        "probes": None,
        "result_bytes": limits.result_bytes,
        "output_bytes": 2**16,
        "memory_mb": limits.memory_mb,
        "cpu_seconds": limits.processor_seconds,
        "limited": True,
        "processor": None,
    }
