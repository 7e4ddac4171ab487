"""Pictures drawn in a thread of their own: a page never waits for one.

While a module is being drawn the page shows the picture of before, and says so.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

from ..checking.runtime import Submission
from ..errors import KataError
from ..model import Course, Kata
from ..sandbox.pool import WorkerPool
from ..sandbox.worker_client import WaitAbandonedError
from .course_order import Sorted, sort_with
from .picture_runner import Drawn
from .view_models import Album, ModuleTexts

Job = tuple[ModuleTexts, Callable[[], None]]
MAP = ""
"""The name under which the order of the map is asked for: no kata has it."""


class Darkroom(Album):
    """An album whose pictures are drawn by a thread, the one asked for last first."""

    def __init__(self, course: Course, pool: WorkerPool, done: Callable[[], None]) -> None:
        """Take the course, a source of workers of its own, and whom to tell of new pictures."""
        super().__init__(course, pool)
        self.done = done
        self._wanted: dict[str, Job] = {}
        self._at: tuple[str, ModuleTexts] | None = None
        """What is being drawn."""
        self._state = threading.Condition()
        self._ended = False
        pool.open_wakeup()
        self._thread = threading.Thread(target=self._run, name="pictures", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def close(self) -> None:
        """Give up what is being drawn, and end."""
        with self._state:
            self._ended = True
            self._state.notify_all()
        self.gallery.pool.abandon_waits()
        if self._thread.ident is not None:
            self._thread.join()
        self.gallery.pool.close_wakeup()

    def of(self, kata: Kata, submission: Submission, written: bool) -> tuple[list[Drawn], bool]:
        """Return the pictures that there are, and whether newer ones are being drawn."""
        texts, frozen = self._frozen(kata.name, submission, written)
        with self._state:
            known = self._kept.get(kata.name)
            if known is not None and known[0] == texts:
                return known[1], False
            self._want(kata.name, texts, lambda: self._draw(kata, texts, frozen, written))
            return (known[1] if known else []), True

    def order(self, submission: Submission) -> Sorted:
        """Return the order of the map; a sort of the learner's is waited for by showing ours."""
        by = self.course.map
        if by is None or by not in submission.solved:
            return super().order(submission)
        texts, frozen = self._frozen(by, submission, True)
        with self._state:
            known = self._sorted
            if known is not None and known[0] == texts:
                return known[1]
            self._want(MAP, texts, lambda: self._sort(texts, frozen))
        if known is not None:
            return known[1]
        return sort_with(self.course, self.gallery.pool, Submission(frozen.name, frozen.read))

    def _want(self, name: str, texts: ModuleTexts, draw: Callable[[], None]) -> None:
        """Draw this next, unless it is being drawn; what is older is given up."""
        if self._at == (name, texts):
            return
        if self._at is not None and self._at[0] == name:
            self.gallery.pool.abandon_waits()
        self._wanted.pop(name, None)
        self._wanted[name] = texts, draw
        self._state.notify_all()

    def _draw(self, kata: Kata, texts: ModuleTexts, frozen: Submission, written: bool) -> None:
        try:
            drawn = self.gallery.draw(kata, frozen, written)
        except KataError as error:  # the course's fault, or the machine's: the rest goes on
            drawn = [Drawn("pictures", None, yours=False, problem=error.message)]
        with self._state:
            self._kept[kata.name] = texts, drawn

    def _sort(self, texts: ModuleTexts, frozen: Submission) -> None:
        try:
            found = sort_with(self.course, self.gallery.pool, frozen)
        except KataError:
            found = sort_with(self.course, self.gallery.pool, Submission(frozen.name, frozen.read))
        with self._state:
            self._sorted = texts, found

    def _run(self) -> None:
        while True:
            with self._state:
                self._state.wait_for(lambda: self._ended or self._wanted)
                if self._ended:
                    return
                name, (texts, draw) = self._wanted.popitem()
                self._at = name, texts
                self.gallery.pool.allow_waits()
            try:
                draw()
            except WaitAbandonedError:
                pass
            else:
                self.done()
            finally:
                with self._state:
                    self._at = None
