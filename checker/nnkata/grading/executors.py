"""Where the tasks of a run are done: anything with the interface of `concurrent.futures.Executor`.

A plugin offers more of them with the hook `nnkata_executors`.
"""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Callable
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from ..errors import KataError
from ..hookspecs import ExecutorFactory
from ..sandbox.affinity import usable_processors
from .tasks import pin_process

P = ParamSpec("P")
T = TypeVar("T")
GRADER_BYTES = 600 * 2**20
"""Memory to allow for one grader with its fork server and one worker."""


class SerialExecutor(Executor):
    """Does each task in this process, immediately."""

    def submit(self, task: Callable[P, T], /, *args: P.args, **keywords: P.kwargs) -> Future[T]:
        """Do the task and return its result as a future; what it raises is raised here."""
        future: Future[T] = Future()
        future.set_result(task(*args, **keywords))
        return future


class LocalExecutor(ProcessPoolExecutor):
    """Processes on this machine, each with a fork server of its own.

    They are started anew and not forked, because a fork would copy the driver's threads and
    locks in whatever state they are. They ignore Ctrl-C, which the terminal sends to all: the
    driver stops them.
    """

    def __init__(self, jobs: int) -> None:
        """Prepare `jobs` processes, which start with the first tasks."""
        context = multiprocessing.get_context("spawn")
        slots = context.SimpleQueue()
        for slot in range(jobs):
            slots.put(slot)
        super().__init__(
            jobs, mp_context=context, initializer=_begin_process, initargs=(slots, jobs)
        )

    def __exit__(self, kind: Any, *_: Any) -> None:
        """End the processes; after an exception, without waiting for their tasks."""
        if kind is not None:
            for process in multiprocessing.active_children():
                process.terminate()
        self.shutdown(wait=True, cancel_futures=True)


class DaskExecutor(Executor):
    """Tasks on a Dask cluster, which moves the tasks of a lost worker to another one."""

    def __init__(self, client: Any) -> None:
        """Use the client, and close it at the end."""
        self._client = client
        self._tasks = client.get_executor(retries=2)

    def submit(self, task: Callable[P, T], /, *args: P.args, **keywords: P.kwargs) -> Future[T]:
        """Have a worker do the task."""
        future: Future[T] = self._tasks.submit(task, *args, **keywords)
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Leave the cluster; tasks that are no longer awaited are dropped."""
        self._tasks.shutdown(wait=wait and not cancel_futures)
        self._client.close()


def _begin_process(slots: object, jobs: int) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    pin_process(slots, jobs)


def default_jobs() -> int:
    """Return as many graders as there are processors, and as fit into the free memory."""
    processors = usable_processors()
    try:
        with Path("/proc/meminfo").open(encoding="ascii") as lines:
            table = dict(line.split(":", 1) for line in lines)
        free = int(table["MemAvailable"].split()[0]) * 1024
    except (OSError, KeyError, ValueError):  # not Linux
        return processors
    return max(1, min(processors, free // GRADER_BYTES))


def local(jobs: int, scheduler: str | None) -> Executor:
    """Return processes on this machine."""
    del scheduler
    return LocalExecutor(jobs)


def dask(jobs: int, scheduler: str | None) -> Executor:
    """Return the executor of a Dask cluster: the one at `scheduler`, or a new one here."""
    try:
        import distributed
    except ImportError:
        raise KataError(
            "the executor dask needs the package distributed",
            next_step='pip install "nnkata[dask]"',
        ) from None
    where: dict[str, Any] = {"address": scheduler}
    if scheduler is None:
        where = {"n_workers": jobs, "threads_per_worker": 1, "dashboard_address": None}
    client: Any = distributed.Client
    return DaskExecutor(client(**where))


BUILT_IN: dict[str, ExecutorFactory] = {"local": local, "dask": dask}
"""The executors of nnkata by name."""
