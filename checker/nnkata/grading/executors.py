"""The executors that run grading tasks, with the interface of `concurrent.futures.Executor`.

A plugin offers more executors with the hook `nnkata_executors`.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import signal
import threading
import time
from collections.abc import Callable
from concurrent.futures import (
    BrokenExecutor,
    CancelledError,
    Executor,
    Future,
    InvalidStateError,
    ProcessPoolExecutor,
)
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


WORKER_SECONDS = 60.0
"""How long a cluster may be without any worker."""


class SerialExecutor(Executor):
    """Runs each task in this process, immediately."""

    def submit(self, task: Callable[P, T], /, *args: P.args, **keywords: P.kwargs) -> Future[T]:
        """Run the task and return its result as a future; its exceptions are raised here."""
        future: Future[T] = Future()
        future.set_result(task(*args, **keywords))
        return future


class LocalExecutor(ProcessPoolExecutor):
    """Processes on this machine, each with a fork server of its own.

    They are spawned and not forked, because a fork would copy the driver's threads and locks in
    an unknown state. They ignore Ctrl-C, which the terminal sends to all processes: the driver
    stops them.
    """

    def __init__(self, jobs: int) -> None:
        """Prepare `jobs` processes, which start with the first task."""
        context = multiprocessing.get_context("spawn")
        slots = context.SimpleQueue()
        for slot in range(jobs):
            slots.put(slot)
        super().__init__(
            jobs, mp_context=context, initializer=_begin_process, initargs=(slots, jobs)
        )
        # All processes start with the first task. If one started later, this could happen while
        # another thread iterates over the processes of a broken pool, and that thread would fail.
        self._safe_to_dynamically_spawn_children = False

    def __exit__(self, kind: Any, *_: Any) -> None:
        """End the processes; after an exception, without waiting for their tasks."""
        if kind is not None:
            for process in multiprocessing.active_children():
                process.terminate()
        self.shutdown(wait=True, cancel_futures=True)


class DaskExecutor(Executor):
    """Runs tasks on a Dask cluster, which moves the tasks of a lost worker to another one.

    If a cluster has lost all workers, its tasks fail with `BrokenExecutor`.
    """

    def __init__(self, client: Any) -> None:
        """Use the client, and close it at the end."""
        self._client = client
        self._tasks = client.get_executor(retries=2)
        self._awaited: set[Future[Any]] = set()
        self._closed = threading.Event()
        self._broken = False
        """Whether a task was lost, so that `shutdown` does not wait for the others."""
        threading.Thread(target=self._watch_workers, daemon=True).start()

    def submit(self, task: Callable[P, T], /, *args: P.args, **keywords: P.kwargs) -> Future[T]:
        """Run the task on a worker of the Dask cluster.

        If its workers died or the scheduler is lost, the future raises `BrokenExecutor`.
        """
        future: Future[T] = Future()
        try:
            remote = self._tasks.submit(task, *args, **keywords)
        except Exception as error:  # a client that has lost its scheduler raises various errors
            self._break(future, str(error))
        else:
            self._awaited.add(future)
            future.add_done_callback(self._awaited.discard)
            remote.add_done_callback(lambda done: self._pass_on(done, future))
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Disconnect from the cluster; tasks that nobody waits for are dropped."""
        self._closed.set()
        self._tasks.shutdown(wait=wait and not cancel_futures and not self._broken)
        self._client.close()

    def _watch_workers(self) -> None:
        """Fail all tasks if the cluster has had no worker for a while."""
        seen = time.monotonic()
        while not self._closed.wait(WORKER_SECONDS / 10):
            with contextlib.suppress(Exception):  # a client that is closing raises various errors
                if self._client.scheduler_info(n_workers=-1)["workers"]:
                    seen = time.monotonic()
            if time.monotonic() - seen > WORKER_SECONDS:
                for future in list(self._awaited):
                    self._break(future, "the cluster has lost its workers")
                return

    def _break(self, future: Future[Any], why: str) -> None:
        self._broken = True
        _settle(future, BrokenExecutor(why))

    def _pass_on(self, done: Future[T], future: Future[T]) -> None:
        """Copy the outcome of a task on the cluster to the local future of the task."""
        from distributed.scheduler import KilledWorker

        try:
            error = done.exception()
        except CancelledError:
            self._break(future, "the scheduler has dropped the task")
            return
        if isinstance(error, KilledWorker):
            self._break(future, "its workers died")
        else:
            _settle(future, error, done)


def _settle(future: Future[T], error: BaseException | None, done: Future[T] | None = None) -> None:
    """Set the outcome of a future, unless it is already set."""
    with contextlib.suppress(InvalidStateError):
        if error is not None or done is None:
            future.set_exception(error)
        else:
            future.set_result(done.result())


def _begin_process(slots: object, jobs: int) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    pin_process(slots, jobs)


def default_jobs() -> int:
    """Return the number of graders for which there are processors and free memory."""
    processors = usable_processors()
    try:
        with Path("/proc/meminfo").open(encoding="ascii") as lines:
            table = dict(line.split(":", 1) for line in lines)
        free = int(table["MemAvailable"].split()[0]) * 1024
    except (OSError, KeyError, ValueError):  # not Linux
        return processors
    return max(1, min(processors, free // GRADER_BYTES))


def local(jobs: int, scheduler: str | None) -> Executor:
    """Return an executor with processes on this machine."""
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
        where = {"n_workers": jobs, "threads_per_worker": 1, "dashboard_address": ":0"}
    client: Any = distributed.Client
    step = "start it, then grade again; with --journal, --resume continues the run"
    try:
        connected = client(**where)
    except (OSError, RuntimeError) as error:
        problem = (
            f"there is no scheduler at {scheduler}" if scheduler else "Dask starts no workers here"
        )
        raise MachineryError(f"{problem}: {error}", next_step=step) from None
    try:
        connected.wait_for_workers(1, timeout=WORKER_SECONDS)
    except TimeoutError:
        connected.close()
        raise MachineryError(f"the cluster at {scheduler} has no worker", next_step=step) from None
    return DaskExecutor(connected)


BUILT_IN: dict[str, ExecutorFactory] = {"local": local, "dask": dask}
"""The executors of nnkata by name."""
