"""Draw pictures in a separate thread, so that no page waits for one.

While a module is being drawn, the page shows the previous picture, and says so.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

from ..checking.runtime import Submission
from ..errors import KataError
from ..model import Course, Kata
from ..result_folder import ResultFolder
from ..sandbox.pool import WorkerPool
from ..sandbox.worker_client import WaitAbandonedError
from .course_order import KataOrder, sort_katas
from .picture_cache import ModuleHashes, PictureCache
from .picture_runner import KataPicture

Job = tuple[ModuleHashes, Callable[[], None]]
MAP = ""
"""The key of the map's order among the jobs: no kata has this name."""


class BackgroundPictures(PictureCache):
    """A picture cache that draws in a thread, the latest request first."""

    def __init__(
        self, course: Course, pool: WorkerPool, on_drawn: Callable[[], None],
        folder: ResultFolder | None = None,
    ) -> None:  # fmt: skip
        """Draw with workers of `pool`, which nothing else uses; call `on_drawn` after each job.

        Pictures are kept in `folder`.
        """
        super().__init__(course, pool, folder)
        self.on_drawn = on_drawn
        self._jobs: dict[str, Job] = {}
        self._running: tuple[str, ModuleHashes] | None = None
        """The job that the thread is working on."""
        self._state = threading.Condition()
        self._closed = False
        pool.open_wakeup()
        self._thread = threading.Thread(target=self._run, name="pictures", daemon=True)

    def start(self) -> None:
        """Start the thread."""
        self._thread.start()

    def close(self) -> None:
        """Abandon the current drawing and end the thread."""
        with self._state:
            self._closed = True
            self._state.notify_all()
        self.runner.pool.abandon_waits()
        if self._thread.ident is not None:
            self._thread.join()
        self.runner.pool.close_wakeup()

    def draw(
        self, kata: Kata, submission: Submission, started: bool
    ) -> tuple[list[KataPicture], bool]:
        """Return the pictures that exist, and whether newer ones are being drawn."""
        hashes, snapshot = self._snapshot(kata.name, submission, started)
        with self._state:
            known = self._pictures.get(kata.name)
            if known is not None and known[0] == hashes:
                return known[1], False
            self._submit(kata.name, hashes, lambda: self._draw(kata, hashes, snapshot, started))
            return (known[1] if known else []), True

    def order(self, submission: Submission) -> KataOrder:
        """Return the order of the map; the default order until the learner's sort has run."""
        sorter = self.course.map
        if sorter is None or sorter not in submission.solved:
            return super().order(submission)
        hashes, snapshot = self._snapshot(sorter, submission, True)
        with self._state:
            known = self._order
            if known is not None and known[0] == hashes:
                return known[1]
            self._submit(MAP, hashes, lambda: self._sort(hashes, snapshot))
        return known[1] if known is not None else self._default_order(snapshot)

    def _submit(self, name: str, hashes: ModuleHashes, job: Callable[[], None]) -> None:
        """Run a job next, unless it is running; an older job of the same name is abandoned."""
        if self._running == (name, hashes):
            return
        if self._running is not None and self._running[0] == name:
            self.runner.pool.abandon_waits()
        self._jobs.pop(name, None)
        self._jobs[name] = hashes, job
        self._state.notify_all()

    def _draw(self, kata: Kata, hashes: ModuleHashes, snapshot: Submission, started: bool) -> None:
        try:
            pictures = self.runner.draw(kata, snapshot, started)
        except KataError as error:  # a fault of the course or the machine: the page still works
            pictures = [KataPicture("pictures", None, own=False, problem=error.message)]
        with self._state:
            self._pictures[kata.name] = hashes, pictures

    def _sort(self, hashes: ModuleHashes, snapshot: Submission) -> None:
        try:
            order = sort_katas(self.course, self.runner.pool, snapshot)
        except KataError:
            order = self._default_order(snapshot)
        with self._state:
            self._order = hashes, order

    def _default_order(self, snapshot: Submission) -> KataOrder:
        unsolved = Submission(snapshot.name, snapshot.read)
        return sort_katas(self.course, self.runner.pool, unsolved)

    def _run(self) -> None:
        while True:
            with self._state:
                self._state.wait_for(lambda: self._closed or self._jobs)
                if self._closed:
                    return
                name, (hashes, job) = self._jobs.popitem()
                self._running = name, hashes
                self.runner.pool.allow_waits()
            try:
                job()
            except WaitAbandonedError:
                pass
            else:
                self.on_drawn()
            finally:
                with self._state:
                    self._running = None
