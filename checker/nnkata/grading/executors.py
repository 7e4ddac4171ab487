"""Where the tasks of a run are done: anything with the interface of `concurrent.futures.Executor`.

A plugin offers more of them with the hook `nnkata_executors`.
"""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future, ProcessPoolExecutor
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from ..errors import KataError, MachineryError
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
        """Have a worker do the task.

        If its workers died, or the scheduler is gone, the future raises `BrokenExecutor`.
        """
        future: Future[T] = Future()
        try:
            remote = self._tasks.submit(task, *args, **keywords)
        except Exception as error:  # whatever a client raises that has lost its scheduler
            future.set_exception(BrokenExecutor(str(error)))
        else:
            remote.add_done_callback(lambda done: _pass_on(done, future))
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Leave the cluster; tasks that are no longer awaited are dropped."""
        self._tasks.shutdown(wait=wait and not cancel_futures)
        self._client.close()


def _pass_on(done: Future[T], future: Future[T]) -> None:
    """Give the outcome of a task on a cluster to the future that stands for it here."""
    from distributed.scheduler import KilledWorker

    try:
        error = done.exception()
    except CancelledError:
        future.set_exception(BrokenExecutor("the scheduler has dropped the task"))
        return
    if isinstance(error, KilledWorker):
        future.set_exception(BrokenExecutor("its workers died"))
    elif error is not None:
        future.set_exception(error)
    else:
        future.set_result(done.result())


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
    try:
        return DaskExecutor(client(**where))
    except OSError as error:
        raise MachineryError(
            f"there is no scheduler at {scheduler}: {error}",
            next_step="start it, then grade again; with --journal, --resume goes on",
        ) from None


BUILT_IN: dict[str, ExecutorFactory] = {"local": local, "dask": dask}
"""The executors of nnkata by name."""
