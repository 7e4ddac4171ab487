"""The grader checks the resident memory of a worker, not the address space that it reserves."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest

from nnkata.sandbox.fork_server import ForkServer
from nnkata.sandbox.worker_client import Worker, WorkerLostError

TEXT = """
import mmap, time
import numpy as np

blocks = []

def reserve(mib):
    blocks.append(mmap.mmap(-1, mib * 2**20, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS))
    return len(blocks)

def hold(mib):
    blocks.append(np.ones(mib * 2**17))
    while True:
        pass

def keep(mib):
    blocks.append(np.ones(mib * 2**17))
    time.sleep(0.5)  # the grader looks every 25 ms
    return len(blocks)
"""


def message(memory_mb: int) -> dict[str, Any]:
    return {
        "package": "mynn", "module": "a/b.py", "exports": {}, "given": [], "own": [],
        "result_bytes": 2**20, "output_bytes": 2**20, "memory_mb": memory_mb, "cpu_seconds": 60,
        "probes": None, "data": {}, "texts": {"a/b.py": TEXT}, "limited": True, "processor": None,
    }  # fmt: skip


@pytest.fixture
def worker() -> Iterator[Worker]:
    with ForkServer() as server:
        worker = server.fork()
        worker.setup(message(300), time.monotonic() + 30)
        worker.ask(["load", 1, {}], time.monotonic() + 30)
        yield worker
        worker.end()


def call(worker: Worker, name: str, mib: int) -> Any:
    request = ["call", 1, ["m", "a/b.py", name], [mib], {}]
    return worker.ask(request, time.monotonic() + 30)[0]


def test_address_space_that_is_only_reserved_costs_nothing(worker: Worker) -> None:
    assert call(worker, "reserve", 500)[0] == "ok"


def test_memory_beyond_the_limit_ends_the_worker(worker: Worker) -> None:
    start = time.monotonic()
    with pytest.raises(WorkerLostError, match="more memory than the kata allows") as lost:
        call(worker, "hold", 500)
    assert lost.value.kind == "limit"
    assert time.monotonic() - start < 25


def test_worker_and_grader_together_have_the_limit(worker: Worker) -> None:
    """Answers that are small on the wire can be large in the grader."""
    assert call(worker, "keep", 100)[0] == "ok"
    grown = b"x" * (200 * 2**20)
    with pytest.raises(WorkerLostError, match="more memory than the kata allows") as lost:
        call(worker, "keep", 1)
    assert lost.value.kind == "limit"
    assert len(grown) == 200 * 2**20


def test_the_worker_has_a_pid_in_the_namespace_of_the_grader(worker: Worker) -> None:
    assert worker.outer_pid > 1
