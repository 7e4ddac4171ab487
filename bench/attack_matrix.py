"""Grade every attack on every kata, at each protection level, as root and as an ordinary user.

    python -m bench.attack_matrix [--levels 0,1,2] [--users root,nobody] [--katas KATA,…]
                                  [--attacks NAME,…] [--jobs 2] [--memory FILE] [--write]

An attack of tests/attacks on softmax is carried over to each other kata (see
tests/attacks/carried.py); attacks on other katas are graded on their own kata. `--attacks` takes
names (`exits_call`) and kinds (`lies`). A combination is one attack on one kata at one level as one
user. One grader process grades all attacks on a few katas, and `--jobs` is the number of graders at
the same time.

`--memory` names a file to which each result is added as soon as it is there. A combination whose
attack, kata and engine have not changed since is not graded again, so a run can be interrupted and
resumed. `--write` saves a table of the results into docs/grader/attacks.md.

Targets: no points above those of modules without work, no hang, and no grader that ends, at any
level; nothing leaked and nothing left at levels 1 and 2. The exit code is 1 if a target is missed.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import json
import os
import secrets
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.attack_graders import ROOT, USERS, Grader
from tests.attacks.make_table import MATRIX, MATRIX_TITLE, matrix_section, update_section
from tests.attacks.matrix import Task, attacks_on, batches, runs_on

import nnkata
from nnkata.cli.context import pick_course
from nnkata.model import Course, Kata

ENGINE = (
    "checking", "course", "grading", "reporters", "sandbox", "text", "errors.py", "files.py",
    "model.py", "plugins.py", "testing.py",
)  # fmt: skip
"""The parts of the engine that grade a submission and report on it."""
BATCH = 4
"""Katas that one grader process grades."""
Result = dict[str, Any]
Batch = dict[str, list[str]]
"""Names of attacks by kata."""


@dataclass
class Memory:
    """The results of combinations, each with the hash of all that it depends on."""

    path: Path | None
    known: dict[str, tuple[str, Result]] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        if self.path is not None and self.path.is_file():
            for line in self.path.read_text(encoding="utf-8").splitlines():
                with contextlib.suppress(ValueError):  # a line that was being written at the end
                    entry = json.loads(line)
                    self.known[entry["key"]] = entry["hash"], entry["result"]

    def get(self, key: str, digest: str) -> Result | None:
        """Return the result of a combination, or None if it has to be graded."""
        found = self.known.get(key)
        return found[1] if found is not None and found[0] == digest else None

    def add(self, key: str, digest: str, result: Result) -> None:
        """Keep a result, and add it to the file."""
        with self.lock:
            self.known[key] = digest, result
            if self.path is not None:
                with self.path.open("a", encoding="utf-8") as file:
                    file.write(json.dumps({"key": key, "hash": digest, "result": result}) + "\n")


@dataclass(frozen=True)
class Plan:
    """The attacks that one user grades at one level, and the hashes of what results depend on."""

    user: str
    level: int
    attacks: dict[str, dict[str, str]]
    """By kata and name of the attack, the hash of the combination."""
    kata_hashes: dict[str, str]

    def key(self, kata: str, name: str) -> str:
        """Return the key of a combination in the memory."""
        return f"{self.user} {self.level} {kata}/{name}"

    def results(self, memory: Memory) -> Iterator[tuple[str, Result]]:
        """Yield the key and the result of each combination that was graded."""
        for kata, names in self.attacks.items():
            for name, digest in names.items():
                if (found := memory.get(self.key(kata, name), digest)) is not None:
                    yield self.key(kata, name), found


def main(arguments: list[str] | None = None) -> int:
    """Grade the combinations that are not known yet; print and save what came of all of them."""
    options = _parser().parse_args(arguments)
    course = pick_course("nn_from_scratch")[0]
    memory = Memory(options.memory)
    plans = _make_plans(course, options)
    tasks = [(plan, batch) for plan in plans for batch in _missing(plan, course, memory)]
    place = {name: number for number, name in enumerate(course.katas)}
    tasks.sort(key=lambda task: min(place[kata] for kata in task[1]))  # they share a cache
    with tempfile.TemporaryDirectory(prefix="attack-matrix-") as folder:
        Graders(memory, Path(folder)).grade(tasks, options.jobs)
    for plan in plans:
        for key, result in plan.results(memory):
            if problems := _problems(plan.level, result):
                print(f"{key}: {'; '.join(problems)}")
    rows = [_summarize(plan, memory) for plan in plans]
    for row in rows:
        print(
            f"{row['user']}, level {row['level']}: {row['combinations']} combinations, "
            f"{row['marks']} marks, {row['hangs']} hangs, {row['ended']} graders ended, "
            f"{row['leaks']} leaks, {row['left']} left something, {row['other']} other problems"
        )
    if options.write:
        _write(rows)
    return int(any(_misses_a_target(row) for row in rows))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )

    def words(text: str) -> list[str]:
        return [word for word in text.split(",") if word]

    parser.add_argument("--levels", type=words, default=["0", "1", "2"])
    parser.add_argument("--users", type=words, default=list(USERS))
    parser.add_argument("--katas", type=words, default=[])
    parser.add_argument("--attacks", type=words, default=[])
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--memory", type=Path, help="file of the results that are known")
    parser.add_argument("--write", action="store_true", help=f"write {MATRIX_TITLE!r}")
    return parser


def _make_plans(course: Course, options: argparse.Namespace) -> list[Plan]:
    """Return what is to be graded; raise `SystemExit` for a name that does not exist."""
    katas = [course.katas[name] for name in options.katas or course.katas if name in course.katas]
    attacks = {kata.name: list(attacks_on(kata)) for kata in katas}
    existing = {word for found in attacks.values() for a in found for word in (a.name, a.kind)}
    for words, known in (
        (options.katas, course.katas), (options.attacks, existing), (options.users, USERS),
        (options.levels, ("0", "1", "2")),
    ):  # fmt: skip
        if unknown := [word for word in words if word not in known]:
            raise SystemExit(f"unknown: {', '.join(unknown)}; there are {', '.join(known)}")
    if "root" in options.users and os.geteuid() != 0:
        raise SystemExit("only root can grade as root: start this as root, or use --users nobody")
    engine = hash_engine()
    hashes = {kata.name: hash_kata(course, kata) for kata in katas}
    wanted = set(options.attacks)

    def hashed(kata: str, level: int) -> dict[str, str]:
        return {
            a.name: _hash(engine, hashes[kata], a.text)
            for a in attacks[kata]
            if runs_on(a, level) and (not wanted or wanted & {a.name, a.kind})
        }

    kata_hashes = {name: _hash(engine, digest) for name, digest in hashes.items()}
    return [
        Plan(user, level, {kata.name: hashed(kata.name, level) for kata in katas}, kata_hashes)
        for level in map(int, options.levels)
        for user in options.users
    ]


def hash_engine() -> str:
    """Return the hash of the code that grades, reports and judges."""
    engine = Path(nnkata.__file__).parent
    files = [path for part in ENGINE for path in _python_files(engine / part)]
    tests = ROOT / "tests" / "attacks"
    files += [tests / name for name in ("harness.py", "carried.py", "matrix.py", "nobody.py")]
    return _hash(*(path.read_text(encoding="utf-8") for path in files))


def hash_kata(course: Course, kata: Kata) -> str:
    """Return the hash of what runs in a kata's checks: not of its lesson and its variants."""
    files = [
        path
        for path in sorted(kata.folder.rglob("*"))
        if path.is_file() and path.suffix in (".py", ".toml") and "variants" not in path.parts
    ]
    files += [course.katas[name].reference for name in (*course.all_needs(kata.name), kata.name)]
    files += [course.given[name] for name in sorted(course.given)]
    return _hash(*(hashlib.sha256(path.read_bytes()).hexdigest() for path in files))


def _python_files(path: Path) -> list[Path]:
    return sorted(path.rglob("*.py")) if path.is_dir() else [path]


def _hash(*parts: str) -> str:
    joined = "\0".join(parts).encode("utf-8", "surrogatepass")
    return hashlib.sha256(joined).hexdigest()[:20]


def _missing(plan: Plan, course: Course, memory: Memory) -> Iterator[Batch]:
    """Yield batches of the attacks that are not graded yet, by kata."""
    missing = {
        kata: [name for name, d in names.items() if memory.get(plan.key(kata, name), d) is None]
        for kata, names in plan.attacks.items()
    }
    missing = {kata: names for kata, names in missing.items() if names}
    for batch in batches(course, list(missing), BATCH):
        yield {kata: missing[kata] for kata in batch}


class Graders:
    """Grades batches of attacks, several at the same time, and can be stopped."""

    def __init__(self, memory: Memory, folder: Path) -> None:
        """Add all results to `memory`; use `folder` for temporary files."""
        self.memory = memory
        self.folder = folder
        self.stopped = False
        self.token = secrets.token_hex(8)
        folder.chmod(0o755)
        for user in USERS:
            (folder / user).mkdir()
            (folder / user).chmod(0o777)
        self._running: set[Grader] = set()

    def grade(self, tasks: list[tuple[Plan, Batch]], jobs: int) -> None:
        """Grade each batch; if one of them cannot be graded, stop the others."""
        with ThreadPoolExecutor(jobs) as threads:
            try:
                for _ in threads.map(lambda task: self._grade_batch(*task), tasks):
                    pass
            except BaseException:
                self.stopped = True
                for grader in list(self._running):
                    grader.kill()
                raise

    def _grade_batch(self, plan: Plan, batch: Batch) -> None:
        """Grade the attacks on some katas; start another grader if one ends or hangs."""
        begun = time.monotonic()
        waiting = {kata: list(names) for kata, names in batch.items()}
        while any(waiting.values()) and not self.stopped:
            self._grade_until_it_ends(plan, waiting)
        print(
            f"{plan.user}, level {plan.level}: {sum(map(len, batch.values()))} attacks on "
            f"{', '.join(batch)} in {time.monotonic() - begun:.0f} s",
            file=sys.stderr, flush=True,
        )  # fmt: skip

    def _grade_until_it_ends(self, plan: Plan, waiting: Batch) -> None:
        """Run one grader, and take what it has graded out of `waiting`."""
        memory = self.memory
        honest = {
            kata: known["points"]
            for kata in waiting
            if (known := memory.get(f"honest {kata}", plan.kata_hashes[kata])) is not None
        }
        attacks = {kata: names for kata, names in waiting.items() if names}
        task = Task(attacks, honest, str(self.folder / plan.user), self.token)
        key, last = "", None
        with self._started(Grader(plan.user, plan.level, task, self.folder)) as grader:
            for event in grader.events():
                key = event.get("begin", key)
                if "result" in event:
                    last = event.pop("result"), event
                    _finish(plan, waiting, memory, *last)
                elif "honest" in event:
                    digest = plan.kata_hashes[event["honest"]]
                    memory.add(f"honest {event['honest']}", digest, {"points": event["points"]})
                elif event.get("level", plan.level) != plan.level:
                    raise SystemExit(f"this machine has level {event['level']}, not {plan.level}")
                elif event.get("left") and last is not None:  # seen when everything was closed
                    left = {"left": [*last[1]["left"], *event["left"]]}
                    _finish(plan, waiting, memory, last[0], last[1] | left)
        if self.stopped or not any(waiting.values()):
            return
        kata, _, name = key.partition("/")
        if name not in waiting.get(kata, ()):
            raise SystemExit(f"a grader ended at {key or 'its start'}:\n{grader.errors}")
        fact = "hangs" if grader.was_silent else "ended"
        _finish(plan, waiting, memory, key, {fact: True, "wrong": [grader.errors[-300:]]})

    @contextlib.contextmanager
    def _started(self, grader: Grader) -> Iterator[Grader]:
        """Let `grade` kill the grader while it runs."""
        self._running.add(grader)
        try:
            with grader:
                yield grader
        finally:
            self._running.discard(grader)


def _finish(plan: Plan, waiting: Batch, memory: Memory, key: str, result: Result) -> None:
    """Keep the result of an attack, and print it if it is a problem."""
    kata, _, name = key.partition("/")
    memory.add(plan.key(kata, name), plan.attacks[kata][name], result)
    if name in waiting[kata]:
        waiting[kata].remove(name)
    if problems := _problems(plan.level, result):
        print(f"{plan.key(kata, name)}: {'; '.join(problems)}", file=sys.stderr, flush=True)


def _problems(level: int, result: Result) -> list[str]:
    """Return what an attack should not have brought about at a level, as texts."""
    found = []
    if result.get("marks"):
        found.append(f"{result['points']} points, {result['honest']} without work")
    found += [word for word in ("hangs", "ended") if result.get(word)]
    if level > 0:
        found += [f"{word}: {result[word]}" for word in ("leaks", "left") if result.get(word)]
        found += [f"could do {acts}"] if (acts := result.get("could")) else []
        found += result.get("wrong", [])
    return found


def _summarize(plan: Plan, memory: Memory) -> dict[str, Any]:
    """Return the numbers of one user and level for the table."""
    results = [result for _, result in plan.results(memory)]

    def count(*words: str) -> int:
        return sum(any(result.get(word) for word in words) for result in results)

    return {
        "user": plan.user, "level": plan.level,
        "katas": sum(bool(names) for names in plan.attacks.values()),
        "combinations": len(results), "marks": count("marks"), "hangs": count("hangs"),
        "ended": count("ended"), "leaks": count("leaks"), "left": count("left"),
        "other": count("could", "wrong"), "date": time.strftime("%Y-%m-%d"),
    }  # fmt: skip


def _misses_a_target(row: dict[str, Any]) -> bool:
    always, protected = ("marks", "hangs", "ended"), ("leaks", "left", "other")
    return any(row[word] for word in (*always, *(protected if row["level"] else ())))


def _write(rows: list[dict[str, Any]]) -> None:
    """Save the table; rows of other users and levels are not changed."""
    kept = json.loads(MATRIX.read_text(encoding="utf-8")) if MATRIX.exists() else []
    by_place = {(row["level"], row["user"]): row for row in [*kept, *rows]}
    ordered = [by_place[place] for place in sorted(by_place, key=lambda p: (-p[0], p[1] != "root"))]
    MATRIX.write_text(json.dumps(ordered, indent=1) + "\n", encoding="utf-8")
    update_section(MATRIX_TITLE, matrix_section())


if __name__ == "__main__":
    sys.exit(main())
