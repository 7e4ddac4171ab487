"""Cache the pictures of a course until a module that they were drawn from changes."""

from __future__ import annotations

from ..checking.runtime import Submission
from ..course.hashes import text_sha256
from ..model import Course, Kata
from ..result_folder import ResultFolder
from ..sandbox.pool import WorkerPool
from .course_order import KataOrder, sort_katas
from .picture_runner import KataPicture
from .stored_pictures import StoringPictureRunner

ModuleHashes = dict[str, str]
"""Hashes of module texts by kata."""


class PictureCache:
    """The pictures of each kata and the order of the map, with the hashes they were drawn from."""

    def __init__(
        self, course: Course, pool: WorkerPool, folder: ResultFolder | None = None
    ) -> None:
        """Draw the pictures of a course with workers of the pool; keep them in `folder`."""
        self.course = course
        self.runner = StoringPictureRunner(course, pool, folder or ResultFolder(None, 0))
        self._pictures: dict[str, tuple[ModuleHashes, list[KataPicture]]] = {}
        self._order: tuple[ModuleHashes, KataOrder] | None = None

    def draw(
        self, kata: Kata, submission: Submission, started: bool
    ) -> tuple[list[KataPicture], bool]:
        """Return the pictures of a kata, and whether newer ones are being drawn.

        The submission's module is drawn only if it is started; otherwise it is still the stub.
        """
        hashes, snapshot = self._snapshot(kata.name, submission, started)
        known = self._pictures.get(kata.name)
        if known is None or known[0] != hashes:
            pictures = self.runner.draw(kata, snapshot, started)
            known = self._pictures[kata.name] = (hashes, pictures)
        return known[1], False

    def order(self, submission: Submission) -> KataOrder:
        """Return the katas in the order in which the map shows them."""
        sorter = self.course.map if self.course.map in submission.solved else None
        hashes, snapshot = self._snapshot(sorter, submission, True) if sorter else ({}, submission)
        if self._order is None or self._order[0] != hashes:
            self._order = hashes, sort_katas(self.course, self.runner.pool, snapshot)
        return self._order[1]

    def _snapshot(
        self, kata: str, submission: Submission, started: bool
    ) -> tuple[ModuleHashes, Submission]:
        """Return hashes of the modules that a drawing runs, and the modules as they are now."""
        own = [name for name in self.course.all_needs(kata) if name in submission.solved]
        names = [*own, kata] if started else own
        modules = {name: submission.read(self.course.katas[name].module) for name in names}
        texts = {self.course.katas[name].module: text for name, text in modules.items()}
        hashes = {
            name: text_sha256(text) if isinstance(text, str) else text.message
            for name, text in modules.items()
        }
        return hashes, Submission(submission.name, texts.__getitem__, submission.solved)
