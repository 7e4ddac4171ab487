"""What the page says: collected from a workspace, its progress and its pictures.

Here is no HTML; `site` writes that.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

from ..checking.runtime import Submission
from ..course.hashes import text_sha256
from ..model import Course, Kata, Verdict
from ..sandbox.pool import WorkerPool
from ..workspace.next_step import HINT, next_step
from ..workspace.progress import Attempt
from ..workspace.workspace import State, Workspace
from .course_order import Sorted, sort_with
from .picture_runner import Drawn, Gallery

ATTEMPTS_SHOWN = 10
ModuleTexts = dict[str, str]
"""Hashes of modules by kata."""
Whose = Literal["yours", "borrowed", "not there"]


class Standing(Struct, frozen=True):
    """Where one kata stands, in a row of the table."""

    kata: Kata
    file: str
    """The module's path as a learner reads it."""
    track: str
    state: State
    begun: bool
    """Whether the module is no longer the stub."""
    whose: Whose
    """Whose module the network runs with."""
    given_up: bool
    """Whether the solution was shown before it was passed."""
    attempts: int
    points: int | None
    """The points of the last check, or none where nothing was checked."""
    next_step: str

    @property
    def words(self) -> str:
        """The state in words."""
        if self.state == "open":
            return "begun" if self.begun else "open"
        return {"passed": "solved", "recheck": "check again"}[self.state]


class Overview(Struct, frozen=True):
    """The first page: the course, how much of it is solved, and what to do next."""

    course: Course
    standings: list[Standing]
    current: Kata | None
    order: Sorted
    """The katas in the order in which the map shows them."""
    last: list[Drawn]
    """The pictures of the course's last kata: what the whole network does."""
    drawing: bool
    """Whether newer pictures are being drawn."""


class KataPage(Struct, frozen=True):
    """The page of one kata."""

    standing: Standing
    lesson: str
    drawn: list[Drawn]
    drawing: bool
    """Whether newer pictures are being drawn."""
    verdict: Verdict | None
    changed: bool
    """Whether the module has changed since its last check."""
    attempts: list[Attempt]
    hints: dict[int, str]
    """The hints that were asked for, by their number."""
    needs: dict[str, Whose]
    before: Kata | None
    after: Kata | None


class Album:
    """Pictures that have been drawn, kept until a text that they were drawn from is another."""

    def __init__(self, course: Course, pool: WorkerPool) -> None:
        """Take the course and a source of workers."""
        self.course = course
        self.gallery = Gallery(course, pool)
        self._kept: dict[str, tuple[ModuleTexts, list[Drawn]]] = {}
        self._sorted: tuple[ModuleTexts, Sorted] | None = None

    def of(self, kata: Kata, submission: Submission, written: bool) -> tuple[list[Drawn], bool]:
        """Return the pictures of a kata, and whether newer ones are still to come.

        They are drawn from the submission's module if that is written.
        """
        texts, frozen = self._frozen(kata.name, submission, written)
        known = self._kept.get(kata.name)
        if known is None or known[0] != texts:
            known = self._kept[kata.name] = (texts, self.gallery.draw(kata, frozen, written))
        return known[1], False

    def order(self, submission: Submission) -> Sorted:
        """Return the katas in the order in which the map shows them."""
        by = self.course.map if self.course.map in submission.solved else None
        texts, frozen = self._frozen(by, submission, True) if by else ({}, submission)
        if self._sorted is None or self._sorted[0] != texts:
            self._sorted = texts, sort_with(self.course, self.gallery.pool, frozen)
        return self._sorted[1]

    def _frozen(
        self, kata: str, submission: Submission, written: bool
    ) -> tuple[ModuleTexts, Submission]:
        """Return the hashes of the modules that a drawing runs, and these modules as they are."""
        own = [name for name in self.course.needed(kata) if name in submission.solved]
        read = {n: submission.read(self.course.katas[n].module) for n in [*own, *[kata] * written]}
        held = {self.course.katas[name].module: text for name, text in read.items()}
        texts = {n: text_sha256(t) if isinstance(t, str) else t.message for n, t in read.items()}
        return texts, Submission(submission.name, held.__getitem__, submission.solved)


class Book:
    """The pages of a workspace, each as things stand when it is asked for."""

    def __init__(self, workspace: Workspace, album: Album) -> None:
        """Take the workspace and where pictures come from."""
        self.workspace = workspace
        self.course = workspace.course
        self.album = album

    def overview(self, latest: Mapping[str, Verdict] | None = None) -> Overview:
        """Return the first page; `latest` are verdicts that have not been stored yet."""
        last = next(reversed(self.course.katas.values()), None)
        order = self.album.order(self._submission())
        drawn, drawing = self._drawn(last) if last is not None else ([], False)
        return Overview(
            course=self.course,
            standings=self._standings(latest or {}),
            current=self.workspace.current(),
            order=order,
            last=drawn,
            drawing=drawing,
        )

    def share(self) -> tuple[int, int]:
        """Return how many modules are the learner's, and how many there are."""
        return len(self.workspace.solved()), len(self.course.katas)

    def kata(self, name: str, latest: Mapping[str, Verdict] | None = None) -> KataPage:
        """Return the page of a kata."""
        workspace, kata = self.workspace, self.course.katas[name]
        standings = {s.kata.name: s for s in self._standings(latest or {})}
        verdict = self._verdict(kata, latest or {})
        order = list(self.course.katas.values())
        place = order.index(kata)
        lesson = (
            kata.lesson.read_text(encoding="utf-8", errors="replace")
            if kata.lesson.is_file()
            else ""
        )
        hints = kata.file.hints
        drawn, drawing = self._drawn(kata)
        return KataPage(
            standing=standings[name],
            lesson=lesson,
            drawn=drawn,
            drawing=drawing,
            verdict=verdict,
            changed=verdict is not None and verdict.sha256.get("module") != workspace.sha_of(kata),
            attempts=workspace.progress.last_attempts(name, ATTEMPTS_SHOWN),
            hints={
                level: hints[level - 1]
                for level in workspace.progress.hint_levels(name)
                if 0 < level <= len(hints)
            },
            needs={need: standings[need].whose for need in self.course.needed(name)},
            before=order[place - 1] if place else None,
            after=order[place + 1] if place + 1 < len(order) else None,
        )

    def _submission(self) -> Submission:
        workspace = self.workspace
        return Submission(workspace.root.name, workspace.read, workspace.solved())

    def _drawn(self, kata: Kata) -> tuple[list[Drawn], bool]:
        return self.album.of(kata, self._submission(), self._begun(kata))

    def _begun(self, kata: Kata) -> bool:
        return self.workspace.path_of(kata).is_file() and not self.workspace.is_untouched(kata)

    def _verdict(self, kata: Kata, latest: Mapping[str, Verdict]) -> Verdict | None:
        return latest.get(kata.name) or self.workspace.last_verdict(kata)

    def _standings(self, latest: Mapping[str, Verdict]) -> list[Standing]:
        states, solved = self.workspace.states(), self.workspace.solved()
        given_up = self.workspace.progress.given_up()
        return [
            self._standing(kata, track.title, states[name], solved, name in given_up, latest)
            for track in self.course.tracks
            for name, kata in ((name, self.course.katas[name]) for name in track.katas)
        ]

    def _standing(
        self, kata: Kata, track: str, state: State, solved: frozenset[str], given_up: bool,
        latest: Mapping[str, Verdict],
    ) -> Standing:  # fmt: skip
        progress = self.workspace.progress
        verdict, last = latest.get(kata.name), progress.last_attempt(kata.name)
        whose: Whose = "borrowed" if self.course.can_borrow(kata.name) else "not there"
        return Standing(
            kata=kata,
            file=self.workspace.shown(kata),
            track=track,
            state=state,
            begun=self._begun(kata),
            whose="yours" if kata.name in solved else whose,
            given_up=given_up,
            attempts=progress.attempts(kata.name),
            points=verdict.points if verdict else last.points if last else None,
            next_step=self._next_step(kata, state, solved, latest),
        )

    def _next_step(
        self, kata: Kata, state: State, solved: frozenset[str], latest: Mapping[str, Verdict]
    ) -> str:
        """Return the command that helps with a kata, or nothing where all is done."""
        if state == "passed":
            return ""
        if not kata.checks.is_file():
            return "hand it in: no checks are here"
        if state == "recheck" or not self.workspace.path_of(kata).is_file():
            return f"kata check {kata.name}"
        if not self._begun(kata):
            return f"kata show {kata.name}"
        verdict = self._verdict(kata, latest)
        if verdict is None or verdict.sha256.get("module") != self.workspace.sha_of(kata):
            return f"kata check {kata.name}"
        step = next_step(self.workspace, kata, verdict, solved)
        return f"{HINT} {kata.name}" if step == HINT else step
