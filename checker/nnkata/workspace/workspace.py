"""A learner's folder: the package that they write, and `.kata/` with what we remember.

No file of the learner's is ever overwritten without a snapshot that `kata restore` brings back,
and a file that is no longer as we shipped it is never updated at all.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import re
import shutil
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from msgspec import Struct, ValidationError, convert, to_builtins
from msgspec.structs import replace

from ..course.hashes import checks_sha256, default_seed, text_sha256
from ..errors import CourseError, KataError
from ..files import read_module, write_atomically
from ..model import Course, Kata, Load, Verdict
from .failing_call import failing_program
from .progress import Progress

MARKER = "workspace.toml"
OUTPUT_KEPT = 20_000
"""Most characters that a check printed which are kept with the last verdict."""
_SNAPSHOT = re.compile(r"^\d{8}-\d{6}-\d{6}-([a-z-]+)$")

State = Literal["open", "passed", "recheck"]


class Planned(Struct, frozen=True):
    """A file that a workspace should have: where, what, and whether the learner writes it."""

    path: str
    data: bytes
    stub: bool


class Change(Struct, frozen=True):
    """What `init` did with one file: written, updated, or left because the learner changed it."""

    path: str
    what: Literal["written", "updated", "left"]


class Snapshot(Struct, frozen=True):
    """An earlier version of some files."""

    name: str
    why: str
    files: list[str]


class Workspace:
    """One learner's folder."""

    def __init__(self, root: Path, course: Course) -> None:
        """Open a folder that has been initialised."""
        self.root = root
        self.course = course
        self.state = root / ".kata"
        self.package = root / course.package
        self.progress = Progress(self.state / "progress.db")

    def path_of(self, kata: Kata) -> Path:
        """Return where a kata's module stands."""
        return self.package / kata.module

    def shown(self, kata: Kata) -> str:
        """Return a module's path as a learner reads it."""
        return f"{self.course.package}/{kata.module}"

    def read(self, module: str) -> str | Load:
        """Return a module's text, or why it cannot be had."""
        return read_module(self.package, module)

    def sha_of(self, kata: Kata) -> str:
        """Return the hash of a module's text, or nothing."""
        text = self.read(kata.module)
        return text_sha256(text) if isinstance(text, str) else ""

    def solved(self) -> frozenset[str]:
        """Return the katas whose modules are the learner's: passed once, and not reset."""
        return frozenset(k for k in self.progress.passes() if k in self.course.katas)

    def states(self) -> dict[str, State]:
        """Return where each kata stands: open, passed, or passed but changed since."""
        passes = self.progress.passes()
        states: dict[str, State] = {}
        for name, kata in self.course.katas.items():
            done = passes.get(name)
            if done is None:
                states[name] = "open"
            elif done.module == self.sha_of(kata) and checks_sha256(kata) in ("", done.checks):
                states[name] = "passed"
            else:
                states[name] = "recheck"
        return states

    def is_untouched(self, kata: Kata) -> bool:
        """Whether a module still is the stub that we shipped."""
        text = self.read(kata.module)
        return isinstance(text, str) and text == kata.stub.read_text(encoding="utf-8")

    def current(self) -> Kata | None:
        """Return the kata to work on: the open one saved last, else the first open one."""
        states = self.states()
        waiting = [self.course.katas[n] for n, state in states.items() if state != "passed"]
        begun = [k for k in waiting if self.path_of(k).is_file() and not self.is_untouched(k)]
        if begun:
            return max(begun, key=lambda k: self.path_of(k).stat().st_mtime_ns)
        return waiting[0] if waiting else None

    def planned(self) -> Iterator[Planned]:
        """Yield every file of the package: given ones, and a stub for each kata."""
        for path, source in self.course.given.items():
            yield Planned(path, source.read_bytes(), stub=False)
        for kata in self.course.katas.values():
            if not kata.stub.is_file():
                raise CourseError(
                    f"the kata {kata.name} has no stub: {kata.stub} is missing",
                    next_step=f"tell its author; `kata verify {kata.name}` shows what it lacks",
                )
            yield Planned(kata.module, kata.stub.read_bytes(), stub=True)

    def update(self) -> list[Change]:
        """Write what is missing and what is still as we shipped it; leave everything else."""
        shipped = self.progress.shipped()
        changes = []
        for plan in self.planned():
            target = self.package / plan.path
            new, ours = hashlib.sha256(plan.data).hexdigest(), shipped.get(plan.path)
            there = target.exists() or target.is_symlink()
            now = _file_sha(target) if there else None
            if there and now != new and (now is None or now != ours):
                changes.append(Change(plan.path, "left"))
                continue
            if now != new:
                if there:
                    self.snapshot("update", [target])
                write_atomically(target, plan.data)
                changes.append(Change(plan.path, "updated" if there else "written"))
            if ours != new:
                self.progress.ship(plan.path, new)
        return changes

    def reset(self, kata: Kata) -> None:
        """Put a module back to its stub, after a snapshot, and count it as not solved."""
        self.write(kata, kata.stub.read_bytes(), "reset")
        self.progress.ship(kata.module, hashlib.sha256(kata.stub.read_bytes()).hexdigest())
        self.progress.forget_pass(kata.name)

    def write(self, kata: Kata, data: bytes, why: str) -> None:
        """Replace a module, after a snapshot."""
        target = self.path_of(kata)
        if target.exists() or target.is_symlink():
            self.snapshot(why, [target])
        write_atomically(target, data)

    def remember(self, kata: Kata, verdict: Verdict, seed: int | None = None) -> None:
        """Store an attempt, its verdict, a pass, and the failing call as a program."""
        module = verdict.sha256["module"]
        self.progress.record_attempt(
            kata.name, module, verdict.passed, verdict.points, verdict.max_points,
            [d.mistake for d in verdict.diagnoses],
        )  # fmt: skip
        if verdict.passed:
            used = default_seed(kata) if seed is None else seed
            self.progress.record_pass(kata.name, module, verdict.sha256["checks"], used)
        self.progress.keep_verdict(kata.name, _as_json(verdict))
        failing = next((o for o in verdict.outcomes if o.call and o.outcome != "passed"), None)
        self.keep_failing(kata, failing_program(self.course, kata, failing) if failing else None)

    def last_verdict(self, kata: Kata) -> Verdict | None:
        """Return the verdict of the last check, or nothing where none that can be read is kept."""
        text = self.progress.last_verdict(kata.name)
        try:
            return None if text is None else convert(json.loads(text), Verdict)
        except (ValueError, ValidationError):
            return None

    def keep_failing(self, kata: Kata, program: str | None) -> None:
        """Keep the failing call of a kata as a program, or remove the one of before."""
        target = self.state / "failing" / f"{kata.name}.py"
        with contextlib.suppress(OSError):
            if program is None:
                target.unlink(missing_ok=True)
            else:
                write_atomically(target, program.encode("utf-8", "surrogatepass"))

    def snapshot(self, why: str, files: list[Path]) -> str:
        """Keep copies of files; raises `KataError` when they cannot be kept."""
        name = f"{datetime.now(UTC):%Y%m%d-%H%M%S-%f}-{why}"
        folder = self.state / "snapshots" / name
        try:
            for file in files:
                copy = folder / file.relative_to(self.root)
                copy.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(file, copy)
        except OSError as error:
            raise KataError(
                f"no copy of {files[0]} can be kept ({error}), so it is left as it is",
                next_step=f"make room for, or allow writing to, {folder.parent}",
            ) from None
        return name

    def snapshots(self) -> list[Snapshot]:
        """Return the snapshots, the latest first."""
        folder = self.state / "snapshots"
        found = []
        for entry in sorted(folder.iterdir(), reverse=True) if folder.is_dir() else []:
            known = _SNAPSHOT.match(entry.name)
            if known:
                files = sorted(str(p.relative_to(entry)) for p in entry.rglob("*") if p.is_file())
                found.append(Snapshot(entry.name, known[1], files))
        return found

    def restore(self, snapshot: Snapshot) -> list[str]:
        """Bring a snapshot's files back, keeping copies of those that they replace."""
        folder = self.state / "snapshots" / snapshot.name
        replaced = [self.root / f for f in snapshot.files if (self.root / f).is_file()]
        different = [
            p for p in replaced if _file_sha(p) != _file_sha(folder / p.relative_to(self.root))
        ]
        if different:
            self.snapshot("restore", different)
        for name in snapshot.files:
            write_atomically(self.root / name, (folder / name).read_bytes())
        return snapshot.files


def create(root: Path, course: Course) -> tuple[Workspace, list[Change]]:
    """Make `root` a workspace of the course, or bring it up to date; safe to repeat."""
    state = root / ".kata"
    try:
        state.mkdir(parents=True, exist_ok=True)
        marker = state / MARKER
        if not marker.exists():
            write_atomically(marker, f'format = 1\ncourse = "{course.name}"\n'.encode())
        workspace = Workspace(root, course)
        return workspace, workspace.update()
    except OSError as error:
        raise KataError(
            f"no workspace can be made in {root}: {error.strerror or error}",
            next_step="choose a folder that you may write to: kata init ~/nn",
        ) from None


def _as_json(verdict: Verdict) -> str:
    """Write a verdict; of what a check printed, only the beginning."""
    outcomes = [replace(o, output=o.output and o.output[:OUTPUT_KEPT]) for o in verdict.outcomes]
    return json.dumps(to_builtins(replace(verdict, outcomes=outcomes)))


def find(start: Path) -> tuple[Path, str]:
    """Return the workspace at or above a folder, and the name of its course."""
    for folder in (start, *start.parents):
        marker = folder / ".kata" / MARKER
        if marker.is_file():
            try:
                table = tomllib.loads(marker.read_text(encoding="utf-8"))
                return folder, str(table["course"])
            except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError) as error:
                raise KataError(
                    f"{marker} cannot be read: {error}",
                    next_step='write two lines into it: format = 1 and course = "nn_from_scratch"',
                ) from None
    raise KataError(
        f"{start} is no workspace, and neither is a folder above it",
        next_step="`kata init` makes one here, `kata init DIR` elsewhere",
    )


def _file_sha(path: Path) -> str | None:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return None
