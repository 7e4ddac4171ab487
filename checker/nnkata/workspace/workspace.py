"""A learner's folder: the package that they write, and `.kata/` with the engine's own files.

A file of the learner is never overwritten without a snapshot, which `kata restore` brings back. A
module that passes is stored too, so a pass outlives a file that is deleted by mistake.
A file that the learner has changed is never updated.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
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
from ..file_cache import FileCache
from ..files import read_module, write_atomically
from ..model import Course, Kata, LoadFailure, Verdict
from .progress import Attempt, Progress

MARKER = "workspace.toml"
PASS = "pass"
"""The reason of a snapshot of a module that has passed."""
OUTPUT_KEPT = 20_000
"""The maximum number of characters of a check's output stored with the latest verdict."""
_SNAPSHOT = re.compile(r"^\d{8}-\d{6}-\d{6}-([a-z-]+)$")

State = Literal["open", "passed", "recheck"]


class PlannedFile(Struct, frozen=True):
    """A file that a workspace should have: its path, its content, and whether it is a stub."""

    path: str
    data: bytes
    stub: bool


class FileChange(Struct, frozen=True):
    """The action of `kata init` on one file; `left`: the learner had changed it."""

    path: str
    action: Literal["written", "updated", "left"]


class Snapshot(Struct, frozen=True):
    """A stored earlier version of some files, and the command that made it."""

    name: str
    why: str
    files: list[str]


class Workspace:
    """One learner's folder and what is stored about it."""

    def __init__(self, root: Path, course: Course, cache: FileCache | None = None) -> None:
        """Open a folder that has been initialised; `cache` is that of `open_cache`, if it is open.

        Hashes and comparisons of files that have not changed are taken from the cache.
        """
        self.root = root
        self.cache = cache if cache is not None else open_cache(root)
        self.course = course
        self.state = root / ".kata"
        self.package = root / course.package
        self.progress = Progress(self.state / "progress.db")

    def path_of(self, kata: Kata) -> Path:
        """Return the path of a kata's module."""
        return self.package / kata.module

    def display_path(self, kata: Kata) -> str:
        """Return a module's path relative to the workspace, for display."""
        return f"{self.course.package}/{kata.module}"

    def read(self, module: str) -> str | LoadFailure:
        """Return a module's text, or a `LoadFailure` that says why it cannot be read."""
        return read_module(self.package, module)

    def sha_of(self, kata: Kata) -> str:
        """Return the SHA-256 hash of a module's text, or "" if it cannot be read."""

        def compute() -> str:
            text = self.read(kata.module)
            return text_sha256(text) if isinstance(text, str) else ""

        return self.cache.get("module", [self.path_of(kata)], str, compute)

    def _checks_sha(self, kata: Kata) -> str:
        """Return the hash of a kata's checks and probes, as `checks_sha256` does."""
        files = [kata.checks, kata.probes]
        return self.cache.get("checks", files, str, lambda: checks_sha256(kata))

    def solved_katas(self) -> frozenset[str]:
        """Return the katas that have passed, were not reset since, and whose module exists."""
        katas = self.course.katas
        return frozenset(
            k for k in self.progress.passes() if k in katas and self.path_of(katas[k]).is_file()
        )

    def misnamed_files(self, kata: Kata) -> list[str]:
        """Return files in the module's folder that are probably the module with a wrong name.

        For example, a browser saves `softmax (1).py`, and an editor `softmax.py.txt`.
        """
        from .file_names import plain_stem  # only a verdict that fails needs it

        path = self.path_of(kata)
        try:
            names = [entry.name for entry in path.parent.iterdir() if entry.is_file()]
        except OSError:
            return []
        return sorted(n for n in names if n != path.name and plain_stem(n) == path.stem)

    def states(self) -> dict[str, State]:
        """Return the state of each kata; `recheck` means passed, but changed since then."""
        passes = self.progress.passes()
        states: dict[str, State] = {}
        for name, kata in self.course.katas.items():
            stored = passes.get(name)
            if stored is None or not self.path_of(kata).is_file():
                states[name] = "open"
            elif stored.module == self.sha_of(kata) and (
                self._checks_sha(kata) in ("", stored.checks)
            ):
                states[name] = "passed"
            else:
                states[name] = "recheck"
        self.cache.save()
        return states

    def is_untouched(self, kata: Kata) -> bool:
        """Return whether a module is its stub, or the stub of an earlier version of the course."""
        return self._is_stub(kata) or self.is_outdated(kata)

    def is_outdated(self, kata: Kata) -> bool:
        """Return whether a module is the stub of an earlier version, which `kata init` updates."""
        is_text = isinstance(self.read(kata.module), str)
        return is_text and not self._is_stub(kata) and self._is_as_shipped(kata)

    def _is_stub(self, kata: Kata) -> bool:
        """Return whether a module is its stub."""

        def compare() -> bool:
            return self.read(kata.module) == kata.stub.read_text(encoding="utf-8")

        files = [f"{self.package}/{kata.module}", f"{kata.folder}/stub.py"]
        return self.cache.get("stub", files, bool, compare)

    def _is_as_shipped(self, kata: Kata) -> bool:
        """Return whether a module is exactly what nnkata wrote."""
        shipped = self.progress.shipped_hashes().get(kata.module)
        return shipped is not None and _file_sha(self.path_of(kata)) == shipped

    def set_aside_katas(self) -> frozenset[str]:
        """Return the katas that are skipped: set aside, and not saved since then."""
        katas = self.course.katas
        stored = self.progress.katas_set_aside().items()
        return frozenset(n for n, at in stored if n in katas and self._saved_at(katas[n]) <= at)

    def _saved_at(self, kata: Kata) -> float:
        """Return when a module was saved, in seconds since 1970; 0 if it is missing."""
        try:
            return os.stat(f"{self.package}/{kata.module}").st_mtime  # noqa: PTH116 (often called)
        except OSError:
            return 0.0

    def current(self) -> Kata | None:
        """Return the unsolved kata that was saved last, else the first unsolved one, or None.

        A kata that is set aside is returned only if there is no other one.
        """
        katas, aside = self.course.katas, self.set_aside_katas()
        names = [name for name, state in self.states().items() if state != "passed"]
        unsolved = [katas[n] for n in names if n not in aside] or [katas[n] for n in names]
        latest_first = sorted(unsolved, key=self._saved_at, reverse=True)
        begun = next((k for k in latest_first if self.is_begun(k)), None)
        self.cache.save()
        return begun or next(iter(unsolved), None)

    def is_begun(self, kata: Kata) -> bool:
        """Return whether a module exists and is no longer the stub."""
        return not self.is_untouched(kata) and self.path_of(kata).is_file()

    def planned_files(self) -> Iterator[PlannedFile]:
        """Yield every file of the package: the given files, and a stub for each kata.

        Raises `CourseError` if a stub is missing.
        """
        for path, source in self.course.given.items():
            yield PlannedFile(path, source.read_bytes(), stub=False)
        for kata in self.course.katas.values():
            if not kata.stub.is_file():
                raise CourseError(
                    f"the kata {kata.name} has no stub: {kata.stub} is missing",
                    next_step=f"tell its author; `kata verify {kata.name}` shows what is missing",
                )
            yield PlannedFile(kata.module, kata.stub.read_bytes(), stub=True)

    def update(self) -> list[FileChange]:
        """Write missing files, and update files that the learner has not changed."""
        shipped = self.progress.shipped_hashes()
        changes = []
        for plan in self.planned_files():
            target = self.package / plan.path
            new, recorded = hashlib.sha256(plan.data).hexdigest(), shipped.get(plan.path)
            exists = target.exists() or target.is_symlink()
            present = _file_sha(target) if exists else None
            if exists and present != new and (present is None or present != recorded):
                changes.append(FileChange(plan.path, "left"))
                continue
            if present != new:
                if exists:
                    self.snapshot("update", [target])
                write_atomically(target, plan.data)
                changes.append(FileChange(plan.path, "updated" if exists else "written"))
            if recorded != new:
                self.progress.ship(plan.path, new)
        return changes

    def reset(self, kata: Kata) -> None:
        """Replace a module with its stub, after a snapshot; the kata then counts as not solved."""
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
        mistakes = [d.mistake for d in verdict.diagnoses]
        self.progress.record_attempt(
            kata.name,
            Attempt(module, verdict.passed, verdict.points, verdict.max_points, mistakes),
        )
        if verdict.passed:
            used = default_seed(kata) if seed is None else seed
            self.progress.record_pass(kata.name, module, verdict.sha256["checks"], used)
            self._store_passed(kata, module)
        self.progress.store_verdict(kata.name, _as_json(verdict))
        calls = [o for o in verdict.failures if o.call]
        failing = next((o for o in calls if not o.is_not_written), next(iter(calls), None))
        program = None
        if failing is not None:
            from .failing_call import failing_program  # a pass does not need it

            program = failing_program(self.course, kata, failing)
        self.store_failing_call(kata, program)

    def last_verdict(self, kata: Kata) -> Verdict | None:
        """Return the verdict of the latest check, or None if none can be read."""
        text = self.progress.last_verdict(kata.name)
        try:
            return None if text is None else convert(json.loads(text), Verdict)
        except (ValueError, ValidationError):
            return None

    def store_failing_call(self, kata: Kata, program: str | None) -> None:
        """Write the failing call of a kata as a program; with None, delete the previous one."""
        target = self.state / "failing" / f"{kata.name}.py"
        with contextlib.suppress(OSError):
            if program is None:
                target.unlink(missing_ok=True)
            else:
                write_atomically(target, program.encode("utf-8", "surrogatepass"))

    def snapshot(self, why: str, files: list[Path]) -> str:
        """Copy files into a new snapshot and return its name; raises `KataError` if it fails."""
        name = f"{datetime.now(UTC):%Y%m%d-%H%M%S-%f}-{why}"
        folder = self.state / "snapshots" / name
        try:
            for file in files:
                copy = folder / file.relative_to(self.root)
                copy.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(file, copy)
        except OSError as error:
            raise KataError(
                f"{files[0]} cannot be copied into a snapshot ({error}), so it is not changed",
                next_step=f"free disk space, or allow writing to {folder.parent}",
            ) from None
        return name

    def _store_passed(self, kata: Kata, module: str) -> None:
        """Store a module that has passed, unless it is stored or has changed since the check.

        A version that cannot be stored, on a full disk for example, does not undo the pass.
        """
        path = self.path_of(kata)
        names = sorted((self.state / "snapshots").glob(f"*-{PASS}"), reverse=True)
        copies = [n / path.relative_to(self.root) for n in names]
        latest = next((copy for copy in copies if copy.is_file()), None)
        stored = latest is not None and _file_sha(latest) == _file_sha(path)
        if not stored and self.sha_of(kata) == module:
            with contextlib.suppress(KataError):
                self.snapshot(PASS, [path])

    def snapshots(self) -> list[Snapshot]:
        """Return the snapshots, the latest first."""
        folder = self.state / "snapshots"
        snapshots = []
        for entry in sorted(folder.iterdir(), reverse=True) if folder.is_dir() else []:
            match = _SNAPSHOT.match(entry.name)
            if match:
                files = sorted(str(p.relative_to(entry)) for p in entry.rglob("*") if p.is_file())
                snapshots.append(Snapshot(entry.name, match[1], files))
        return snapshots

    def snapshot_of(self, kata: Kata) -> Snapshot:
        """Return the latest snapshot of a kata's module that differs from it, with only that file.

        Raises `KataError` if there is none.
        """
        name = self.display_path(kata)
        present = _file_sha(self.root / name)
        stored = [s for s in self.snapshots() if name in s.files]
        for snapshot in stored:
            if _file_sha(self.state / "snapshots" / snapshot.name / name) != present:
                return replace(snapshot, files=[name])
        raise KataError(
            f"{name} is the same as its only stored version"
            if stored
            else f"no earlier version of {name} is stored: it has not passed, and nothing has "
            "overwritten it",
            next_step="`kata restore` lists what is stored",
        )

    def restore(self, snapshot: Snapshot) -> list[str]:
        """Restore a snapshot's files and return their names; replaced files are stored first."""
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


def create(root: Path, course: Course) -> tuple[Workspace, list[FileChange]]:
    """Make `root` a workspace of the course, or update it; raises `KataError` if it cannot."""
    state = root / ".kata"
    try:
        require_free(root)
        state.mkdir(parents=True, exist_ok=True)
        marker = state / MARKER
        ignore = state / ".gitignore"
        if not ignore.exists():
            write_atomically(ignore, b"*\n")
        if not marker.exists():
            write_atomically(marker, f'format = 1\ncourse = "{course.name}"\n'.encode())
        workspace = Workspace(root, course)
        return workspace, workspace.update()
    except OSError as error:
        raise KataError(
            f"a workspace cannot be created in {root}: {error.strerror or error}",
            next_step="choose a folder that you can write to: kata init ~/katas",
        ) from None


def _as_json(verdict: Verdict) -> str:
    """Return a verdict as JSON, with only the beginning of each check's output."""
    outcomes = [replace(o, output=o.output and o.output[:OUTPUT_KEPT]) for o in verdict.outcomes]
    return json.dumps(to_builtins(replace(verdict, outcomes=outcomes)))


def open_cache(root: Path) -> FileCache:
    """Return the cache of a workspace, for values computed from its files and the course's."""
    return FileCache(root / ".kata" / "cache" / "files.cache")


def find(start: Path) -> tuple[Path, str]:
    """Return the workspace at or above a folder, and the name of its course.

    Raises `KataError` if there is none, or where its marker cannot be read.
    """
    for folder in (start, *start.parents):
        marker = folder / ".kata" / MARKER
        if marker.is_file():
            try:
                table = tomllib.loads(marker.read_text(encoding="utf-8"))
                return folder, str(table["course"])
            except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError) as error:
                raise KataError(
                    f"{marker} cannot be read: {error}",
                    next_step='write two lines into it: format = 1 and course = "NAME"; '
                    "`kata doctor` lists the courses",
                ) from None
    below = workspaces_in(start)
    raise KataError(
        f"{start} is not inside a workspace",
        next_step=f"cd {_quote(below[0].name)}"
        if below
        else "`kata init` makes one here, `kata init DIR` makes one elsewhere",
    )


def workspaces_in(folder: Path) -> list[Path]:
    """Return the workspaces directly in a folder."""
    try:
        return sorted(p.parents[1] for p in folder.glob(f"*/.kata/{MARKER}") if p.is_file())
    except OSError:
        return []


def require_free(root: Path) -> None:
    """Raise `KataError` if a new workspace would be inside another one, or contain one."""
    if (root / ".kata" / MARKER).is_file():
        return
    for folder in root.parents:
        if (folder / ".kata" / MARKER).is_file():
            raise KataError(
                f"{root} is inside the workspace {folder}",
                next_step=f"`kata init {_quote(str(folder))}` updates that one",
            )
    below = workspaces_in(root)
    if below:
        raise KataError(
            f"{root} contains the workspace {below[0].name}",
            next_step=f"cd {_quote(below[0].name)}, or make another one: kata init DIR",
        )


def _quote(text: str) -> str:
    """Return a text quoted for a shell."""
    import shlex  # only errors need it

    return shlex.quote(text)


def _file_sha(path: Path) -> str | None:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return None
