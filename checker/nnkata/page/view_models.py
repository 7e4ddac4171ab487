"""View models: what the pages of a workspace show, collected from its files and its progress.

They are plain data. Module `html` turns them into HTML.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

from ..checking.runtime import Submission
from ..model import Course, Kata, Verdict
from ..workspace.next_step import HINT, next_step
from ..workspace.progress import Attempt
from ..workspace.workspace import State, Workspace
from .course_order import KataOrder
from .picture_cache import PictureCache
from .picture_runner import KataPicture

ATTEMPTS_SHOWN = 10
Origin = Literal["yours", "borrowed", "missing"]


class KataRow(Struct, frozen=True):
    """The state of one kata, as a row of the table shows it."""

    kata: Kata
    file: str
    """The module's path as the learner sees it."""
    track: str
    state: State
    started: bool
    """Whether the module is no longer the stub."""
    origin: Origin
    """Whose module the whole runs with."""
    given_up: bool
    """Whether the solution was shown before the kata passed."""
    attempts: int
    points: int | None
    """The points of the last check, or None if there was none."""
    next_step: str

    @property
    def label(self) -> str:
        """The state in words."""
        if self.state == "open":
            return "started" if self.started else "open"
        return {"passed": "solved", "recheck": "check again"}[self.state]


class Overview(Struct, frozen=True):
    """The first page: the course, how many katas are solved, and what to do next."""

    course: Course
    rows: list[KataRow]
    current: Kata | None
    order: KataOrder
    """The katas in the order in which the map shows them."""
    last: list[KataPicture]
    """The pictures of the course's last kata: what the whole does."""
    drawing: bool
    """Whether newer pictures are being drawn."""


class KataPage(Struct, frozen=True):
    """The page of one kata."""

    row: KataRow
    lesson: str
    pictures: list[KataPicture]
    drawing: bool
    """Whether newer pictures are being drawn."""
    verdict: Verdict | None
    changed: bool
    """Whether the module has changed since its last check."""
    attempts: list[Attempt]
    hints: dict[int, str]
    """The hints that were asked for, by number."""
    needs: dict[str, Origin]
    previous: Kata | None
    following: Kata | None


class PageBuilder:
    """Builds the view models of a workspace, each from the state at the time of the call."""

    def __init__(self, workspace: Workspace, pictures: PictureCache) -> None:
        """Build pages for a workspace; `pictures` draws what they show."""
        self.workspace = workspace
        self.course = workspace.course
        self.pictures = pictures

    def overview(self, latest: Mapping[str, Verdict] | None = None) -> Overview:
        """Return the first page; `latest` holds verdicts that are not stored yet."""
        last = next(reversed(self.course.katas.values()), None)
        order = self.pictures.order(self._submission())
        pictures, drawing = self._pictures(last) if last is not None else ([], False)
        return Overview(
            course=self.course,
            rows=self._rows(latest or {}),
            current=self.workspace.current(),
            order=order,
            last=pictures,
            drawing=drawing,
        )

    def count_solved(self) -> tuple[int, int]:
        """Return the number of modules that the learner has solved, and the number of all."""
        return len(self.workspace.solved_katas()), len(self.course.katas)

    def kata(self, name: str, latest: Mapping[str, Verdict] | None = None) -> KataPage:
        """Return the page of a kata; `latest` holds verdicts that are not stored yet."""
        workspace, kata = self.workspace, self.course.katas[name]
        rows = {row.kata.name: row for row in self._rows(latest or {})}
        verdict = self._verdict(kata, latest or {})
        order = list(self.course.katas.values())
        place = order.index(kata)
        lesson = (
            kata.lesson.read_text(encoding="utf-8", errors="replace")
            if kata.lesson.is_file()
            else ""
        )
        hints = kata.file.hints
        pictures, drawing = self._pictures(kata)
        return KataPage(
            row=rows[name],
            lesson=lesson,
            pictures=pictures,
            drawing=drawing,
            verdict=verdict,
            changed=verdict is not None and verdict.sha256.get("module") != workspace.sha_of(kata),
            attempts=workspace.progress.latest_attempts(name, ATTEMPTS_SHOWN),
            hints={
                level: hints[level - 1]
                for level in workspace.progress.hint_levels(name)
                if 0 < level <= len(hints)
            },
            needs={need: rows[need].origin for need in self.course.all_needs(name)},
            previous=order[place - 1] if place else None,
            following=order[place + 1] if place + 1 < len(order) else None,
        )

    def _submission(self) -> Submission:
        workspace = self.workspace
        return Submission(workspace.root.name, workspace.read, workspace.solved_katas())

    def _pictures(self, kata: Kata) -> tuple[list[KataPicture], bool]:
        return self.pictures.draw(kata, self._submission(), self._is_started(kata))

    def _is_started(self, kata: Kata) -> bool:
        return self.workspace.path_of(kata).is_file() and not self.workspace.is_untouched(kata)

    def _verdict(self, kata: Kata, latest: Mapping[str, Verdict]) -> Verdict | None:
        return latest.get(kata.name) or self.workspace.last_verdict(kata)

    def _rows(self, latest: Mapping[str, Verdict]) -> list[KataRow]:
        states, solved = self.workspace.states(), self.workspace.solved_katas()
        return [
            self._row(self.course.katas[name], track.title, states[name], solved, latest)
            for track in self.course.tracks
            for name in track.katas
        ]

    def _row(
        self, kata: Kata, track: str, state: State, solved: frozenset[str],
        latest: Mapping[str, Verdict],
    ) -> KataRow:  # fmt: skip
        progress = self.workspace.progress
        verdict, last = latest.get(kata.name), progress.last_attempt(kata.name)
        origin: Origin = "borrowed" if self.course.can_borrow(kata.name) else "missing"
        return KataRow(
            kata=kata,
            file=self.workspace.display_path(kata),
            track=track,
            state=state,
            started=self._is_started(kata),
            origin="yours" if kata.name in solved else origin,
            given_up=kata.name in progress.given_up(),
            attempts=progress.attempts(kata.name),
            points=verdict.points if verdict else last.points if last else None,
            next_step=self._next_step(kata, state, solved, latest),
        )

    def _next_step(
        self, kata: Kata, state: State, solved: frozenset[str], latest: Mapping[str, Verdict]
    ) -> str:
        """Return the command to run next for a kata, or "" if it is solved."""
        if state == "passed":
            return ""
        if not kata.checks.is_file():
            return "hand it in: the checks are not installed here"
        if state == "recheck" or not self.workspace.path_of(kata).is_file():
            return f"kata check {kata.name}"
        if not self._is_started(kata):
            return f"kata show {kata.name}"
        verdict = self._verdict(kata, latest)
        if verdict is None or verdict.sha256.get("module") != self.workspace.sha_of(kata):
            return f"kata check {kata.name}"
        step = next_step(self.workspace, kata, verdict, solved)
        return f"{HINT} {kata.name}" if step == HINT else step
