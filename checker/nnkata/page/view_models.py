"""View models: the data of a workspace's pages, collected from its files and its progress.

The module `html` turns them into HTML.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from msgspec import Struct

from ..checking.runtime import Submission
from ..model import Course, Kata, Milestone, Verdict
from ..training.record import FILE, TrainingRecord, read_record
from ..workspace.hints import is_same_hint
from ..workspace.next_step import FIX, HINT, next_step
from ..workspace.progress import Attempt
from ..workspace.workspace import State, Workspace
from .course_order import KataOrder
from .picture_cache import PictureCache
from .picture_runner import KataPicture

ATTEMPTS_SHOWN, ATTEMPTS_READ = 10, 1000
CLOCK_TICK = 0.02
"""The number of seconds by which the recorded time of a save may be too early."""
HAND_IN = "hand it in: the checks are not installed here"
Origin = Literal["yours", "borrowed", "missing"]


class KataRow(Struct, frozen=True):
    """The state of one kata: a row of the table."""

    kata: Kata
    file: str
    """The module's path as the learner sees it."""
    track: str
    state: State
    """Its state; a pass that depends on a changed prerequisite has to be checked again."""
    started: bool
    """Whether the module is no longer the stub."""
    origin: Origin
    """The owner of the module with which the package runs."""
    changed_needs: list[str]
    """The solved katas that it needs, directly or not, and that have changed since their pass."""
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


class Exhibit(Struct, frozen=True):
    """A milestone of the course, with a picture from the learner's modules once it is reached."""

    milestone: Milestone
    solved: int
    """The number of its katas that are solved."""
    pictures: list[KataPicture]
    """The first picture of its last kata once it is reached; empty before, or if it has none."""

    @property
    def reached(self) -> bool:
        """Whether all of its katas are solved."""
        return self.solved == len(self.milestone.katas)


class Overview(Struct, frozen=True):
    """The first page: the course, how many katas are solved, and what to do next."""

    course: Course
    rows: list[KataRow]
    current: Kata | None
    order: KataOrder
    """The katas in the order in which the map shows them."""
    blame: str
    """The prerequisite that the current kata's last check found to be faulty, or ""."""
    last: list[KataPicture]
    """The pictures of the course's last kata, which show the result of the whole package."""
    drawing: bool
    """Whether newer pictures are being drawn."""
    exhibits: list[Exhibit]
    training: TrainingRecord | None
    """The last training run that was completed."""


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
    blame_step: str
    """What to do first about a prerequisite that the check found to be faulty, or ""."""
    used_by: list[str]
    """If the kata has passed before and fails now, the solved katas that need it."""
    changed_needs: dict[str, bool]
    """The prerequisites that changed after the last check, and whether they pass their checks."""
    attempts: list[Attempt]
    hints: dict[int, str]
    """The hints that were shown, by number."""
    hint_waits: bool
    """Whether the module has to change before the next hint is shown."""
    solution: str
    """The reference's module once the learner may see it; otherwise ""."""
    needs: dict[str, Origin]
    previous: Kata | None
    following: Kata | None


class Standing(Struct, frozen=True):
    """What is stored about all katas of a workspace."""

    states: dict[str, State]
    solved: frozenset[str]
    given_up: set[str]


class PageBuilder:
    """Builds the view models of a workspace, each from the state at the time of the call."""

    def __init__(
        self, workspace: Workspace, pictures: PictureCache, one_state: bool = False
    ) -> None:
        """Build pages for a workspace; `pictures` draws their pictures.

        With `one_state`, all pages show the state at the first call, which is read only once.
        """
        self.workspace = workspace
        self.course = workspace.course
        self.pictures = pictures
        self.one_state = one_state
        self._known_rows: list[KataRow] = []
        self._standing = self._read_standing()

    def _read_standing(self) -> Standing:
        workspace = self.workspace
        given_up = workspace.progress.given_up()
        return Standing(workspace.states(), workspace.solved_katas(), given_up)

    def _begin_page(self) -> None:
        """Read the state again, unless all pages show the same."""
        if not self.one_state:
            self._standing = self._read_standing()

    def overview(self, latest: Mapping[str, Verdict] | None = None) -> Overview:
        """Return the first page; `latest` holds verdicts that are not stored yet."""
        self._begin_page()
        last = next(reversed(self.course.katas.values()), None)
        order = self.pictures.order(self._submission())
        pictures, drawing = self._pictures(last) if last is not None else ([], False)
        current = self.workspace.current()
        verdict = self._verdict(current, latest or {}) if current is not None else None
        exhibits, more_drawing = self._exhibits()
        return Overview(
            course=self.course,
            rows=self._rows(latest or {}),
            current=current,
            order=order,
            blame=verdict.blame or "" if verdict is not None and not verdict.passed else "",
            last=pictures,
            drawing=drawing or more_drawing,
            exhibits=exhibits,
            training=read_record(self.workspace.state / FILE),
        )

    def _exhibits(self) -> tuple[list[Exhibit], bool]:
        """Return the milestones as exhibits, and whether newer pictures of them are being drawn."""
        solved, drawing = self._standing.solved, False
        exhibits = []
        for milestone in self.course.milestones:
            pictures: list[KataPicture] = []
            if solved.issuperset(milestone.katas):
                pictures, newer = self._pictures(self.course.katas[milestone.katas[-1]])
                drawing = drawing or newer
            count = sum(name in solved for name in milestone.katas)
            exhibits.append(Exhibit(milestone, count, pictures[:1]))
        return exhibits, drawing

    def count_solved(self) -> tuple[int, int]:
        """Return the number of modules that the learner has solved, and the number of all."""
        return len(self._standing.solved), len(self.course.katas)

    def kata(self, name: str, latest: Mapping[str, Verdict] | None = None) -> KataPage:
        """Return the page of a kata; `latest` holds verdicts that are not stored yet."""
        self._begin_page()
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
            blame_step=self._blame_step(kata, verdict),
            used_by=self._users(kata, verdict),
            changed_needs=self._find_changed_needs(name, verdict, latest or {}),
            attempts=workspace.progress.latest_attempts(name, ATTEMPTS_SHOWN),
            hints={
                level: hints[level - 1]
                for level in workspace.progress.hint_levels(name)
                if 0 < level <= len(hints)
            },
            hint_waits=is_same_hint(workspace, kata),
            solution=self._solution(kata),
            needs={need: rows[need].origin for need in self.course.all_needs(name)},
            previous=order[place - 1] if place else None,
            following=order[place + 1] if place + 1 < len(order) else None,
        )

    def _blame_step(self, kata: Kata, verdict: Verdict | None) -> str:
        """Return what to do first about a prerequisite that a check found to be faulty, or ""."""
        if verdict is None or verdict.passed or not verdict.blame:
            return ""
        return next_step(self.workspace, kata, verdict, self._standing.solved)

    def _solution(self, kata: Kata) -> str:
        """Return the reference solution after a pass, or after the learner gave up; else ""."""
        allowed = self._standing.solved | self._standing.given_up
        if kata.name not in allowed or not kata.reference.is_file():
            return ""
        return kata.reference.read_text(encoding="utf-8", errors="replace")

    def _submission(self) -> Submission:
        workspace = self.workspace
        return Submission(workspace.root.name, workspace.read, self._standing.solved)

    def _pictures(self, kata: Kata) -> tuple[list[KataPicture], bool]:
        return self.pictures.draw(kata, self._submission(), self.workspace.is_begun(kata))

    def _verdict(self, kata: Kata, latest: Mapping[str, Verdict]) -> Verdict | None:
        return latest.get(kata.name) or self.workspace.last_verdict(kata)

    def _rows(self, latest: Mapping[str, Verdict]) -> list[KataRow]:
        if self._known_rows:
            return self._known_rows
        rows = [
            self._row(self.course.katas[name], track.title, latest)
            for track in self.course.tracks
            for name in track.katas
        ]
        if self.one_state:
            self._known_rows = rows
        return rows

    def _users(self, kata: Kata, verdict: Verdict | None) -> list[str]:
        """Return the solved katas that need `kata`, if it has passed before and fails now."""
        solved = self._standing.solved
        if verdict is None or verdict.passed or kata.name not in solved:
            return []
        return [
            name
            for name in self.course.katas
            if name in solved and kata.name in self.course.all_needs(name)
        ]

    def _find_changed_needs(
        self, name: str, verdict: Verdict | None, latest: Mapping[str, Verdict]
    ) -> dict[str, bool]:
        """Return the prerequisites that changed after a kata's last check, and whether each passes.

        A prerequisite that was borrowed at that check and is solved now has changed too. Any other
        has changed if it was saved after the check, with a different text than when it was last
        checked before that.
        """
        workspace = self.workspace
        checked = workspace.progress.last_attempt(name)
        if verdict is None or checked is None or name in latest:  # not stored yet
            return {}
        states = self._standing.states
        changed = {}
        for need in self.course.all_needs(name):
            if states[need] == "open":
                continue
            kata = self.course.katas[need]
            attempts = workspace.progress.latest_attempts(need, ATTEMPTS_READ)
            before = next((a.module for a in attempts if a.at <= checked.at), None)
            if need in verdict.borrowed or (
                _time_of_save(workspace.path_of(kata)) > checked.at - CLOCK_TICK
                and before != workspace.sha_of(kata)
            ):
                changed[need] = states[need] == "passed"
        return changed

    def _row(self, kata: Kata, track: str, latest: Mapping[str, Verdict]) -> KataRow:
        progress, states = self.workspace.progress, self._standing.states
        changed = [n for n in self.course.all_needs(kata.name) if states[n] == "recheck"]
        state = "recheck" if changed and states[kata.name] == "passed" else states[kata.name]
        verdict, last = latest.get(kata.name), progress.last_attempt(kata.name)
        origin: Origin = "borrowed" if self.course.can_borrow(kata.name) else "missing"
        return KataRow(
            kata=kata,
            file=self.workspace.display_path(kata),
            track=track,
            state=state,
            started=self.workspace.is_begun(kata),
            origin="yours" if kata.name in self._standing.solved else origin,
            changed_needs=changed,
            given_up=kata.name in self._standing.given_up,
            attempts=progress.attempts(kata.name),
            points=verdict.points if verdict else last.points if last else None,
            next_step=self._next_step(kata, state, latest),
        )

    def _next_step(self, kata: Kata, state: State, latest: Mapping[str, Verdict]) -> str:
        """Return the command to run next for a kata, or "" if it is solved; it names this kata."""
        check = f"kata check {kata.name}"
        if state == "passed":
            return ""
        if not kata.checks.is_file():
            return HAND_IN
        if state == "recheck" or not self.workspace.path_of(kata).is_file():
            return check
        if not self.workspace.is_begun(kata):
            return f"kata show {kata.name}"
        verdict = self._verdict(kata, latest)
        if verdict is None or verdict.sha256.get("module") != self.workspace.sha_of(kata):
            return check
        if self._blame_step(kata, verdict):
            return check
        step = next_step(self.workspace, kata, verdict, self._standing.solved)
        return {HINT: f"{HINT} {kata.name}", FIX: f"{FIX} {kata.name}"}.get(step, step)


def _time_of_save(path: Path) -> float:
    """Return when a module was saved, in seconds since 1970; infinity if it is missing."""
    try:
        return path.stat().st_mtime
    except OSError:
        return math.inf
