"""A made cohort, graded here, on a Dask cluster whose workers are killed, and in shards.

    python -m bench.cohort [--size 1000] [--only local,dask,shards] [--write]

Each way writes a gradebook of its own. They must be equal row for row, without what a clock says.
With --write, the result is written into docs/grader/cohorts.md.
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import platform
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple

from tests.gradebook.results import rows

from nnkata.cli.context import pick_course
from nnkata.gradebook.marks import compute_marks
from nnkata.gradebook.records import GradebookSnapshot
from nnkata.gradebook.store import Gradebook

from .cohort_submissions import FULL, KATA, LAYOUTS, PART, PERSON, REPOSITORY, CohortMaker, Made

SEED = 20_261_126
SHARDS = 4
KILLS = 8
"""Workers that are killed, one after each ninth of the cohort."""
PAGE = REPOSITORY / "docs" / "grader" / "cohorts.md"
DONE = (0, 6)
"""Exit codes of a run that is complete."""


class Way(NamedTuple):
    """One way to grade the cohort: its gradebook, and what it took."""

    title: str
    gradebook: Path
    seconds: float
    remark: str = ""


class Ground:
    """A folder with a cohort in it, in which commands are run."""

    def __init__(self, folder: Path, size: int, hostile: bool = True, alike: int = 1) -> None:
        """Make a cohort of a size; `alike` learners hand in the same text."""
        self.folder = folder
        self.size = size
        kata = pick_course("nn_from_scratch")[0].katas[KATA]
        maker = CohortMaker(kata, folder / "all", SEED)
        self.made = maker.make(size, hostile, alike)
        self.students = maker.students

    def command(self, *words: str | Path) -> list[str]:
        """Return the command line of `kata grade`."""
        return [str(Path(sys.executable).parent / "kata"), "grade", *map(str, words)]

    def grade_words(self, name: str) -> list[str]:
        """Return the words that every run has, with files named after it."""
        return ["all", "--each", "--kata", KATA, "--seed", str(SEED), "--report",
                f"json={name}.json", "--reveal", "all"]  # fmt: skip

    def make_gradebook(self, name: str) -> Path:
        """Make a gradebook with the roster."""
        path = self.folder / f"{name}.db"
        Gradebook(str(path), create=True).replace_roster(self.students)
        return path

    def run(self, *words: str | Path, accepted: tuple[int, ...] = DONE) -> None:
        """Run a command; raise what it printed if it ends otherwise."""
        done = subprocess.run(
            self.command(*words), cwd=self.folder, capture_output=True, text=True, check=False
        )
        if done.returncode not in accepted:
            raise RuntimeError(f"exit code {done.returncode}: {done.stderr[-2000:]}")

    def count_judged(self, journal: str) -> int:
        """Return how many submissions a journal has."""
        path = self.folder / journal
        return max(0, path.read_bytes().count(b"\n") - 1) if path.is_file() else 0

    def grade(self, name: str) -> Way:
        """Grade in the way of a name, and print what it took."""
        way: Way = getattr(self, f"grade_{name}")()
        print(f"{way.title}: {way.seconds:.0f} s {way.remark}", flush=True)
        return way

    def grade_local(self) -> Way:
        """Grade with processes of this machine."""
        book = self.folder / "local.db"
        begun = time.monotonic()
        self.run(*self.grade_words("local"), "--gradebook", book, "--journal", "local.jsonl")
        return Way("local processes", book, time.monotonic() - begun)

    def grade_dask(self) -> Way:
        """Grade on a LocalCluster, one of whose workers is killed now and then."""
        import distributed

        book = self.folder / "dask.db"
        killed: list[int] = []
        make: Any = distributed.LocalCluster
        with make(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
            cluster.adapt(minimum=2, maximum=2)  # starts another one where a nanny gives up
            words = [*self.grade_words("dask"), "--gradebook", book, "--journal", "dask.jsonl"]
            words += ["--executor", "dask", "--scheduler", cluster.scheduler_address]
            begun = time.monotonic()
            with while_running(lambda ended: self._kill_workers(cluster, killed, ended)):
                self.run(*words)
            seconds = time.monotonic() - begun
        return Way("dask", book, seconds, f"{len(killed)} workers killed")

    def _kill_workers(self, cluster: Any, killed: list[int], ended: threading.Event) -> None:
        draw = random.Random(SEED)
        for part in range(1, KILLS + 1):
            while self.count_judged("dask.jsonl") < part * self.size / (KILLS + 1):
                if ended.wait(0.05):
                    return
            known = set(cluster.scheduler.workers)  # one that only starts cannot be replaced
            alive = [w.pid for w in cluster.workers.values() if w.worker_address in known and w.pid]
            if alive:
                killed.append(draw.choice(alive))
                os.kill(killed[-1], signal.SIGKILL)

    def grade_shards(self) -> Way:
        """Grade in shards, one after the other, and merge them."""
        book = self.folder / "shards.db"
        begun = time.monotonic()
        parts = [f"part-{number}" for number in range(1, SHARDS + 1)]
        for number, part in enumerate(parts, 1):
            self.run(*self.grade_words(part), "--shard", f"{number}/{SHARDS}")
        self.run("merge", *(f"{part}.json" for part in parts), "--gradebook", book)
        return Way(f"{SHARDS} shards, merged", book, time.monotonic() - begun)


class while_running:  # noqa: N801  # reads as `with while_running(...)`
    """Do something in a thread while the block runs; an event says when it has ended."""

    def __init__(self, work: Callable[[threading.Event], None]) -> None:
        """Call `work` with the event."""
        self._ended = threading.Event()
        self._thread = threading.Thread(target=work, args=(self._ended,))

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()


def differences(one: Path, other: Path, hasty: set[str]) -> list[str]:
    """Return the rows that only one of two gradebooks has, with their tables.

    Of the submissions in `hasty`, only what counts for a mark is compared.
    """
    found = []
    first, second = (
        {
            table: [shorten(row, hasty) for row in listed]
            for table, listed in rows(str(book)).items()
        }
        for book in (one, other)
    )
    for table in first:
        for sign, extra in (
            ("-", Counter(first[table]) - Counter(second[table])),
            ("+", Counter(second[table]) - Counter(first[table])),
        ):
            found += [f"{sign} {table}: {row}" for row in sorted(extra.elements())]
    return found


def shorten(row: str, hasty: set[str]) -> str:
    """Return a row of results without its texts if it is of a submission in `hasty`."""
    fields = json.loads(row)
    if "verdict" not in fields or fields["submission"] not in hasty:
        return row
    kept = {k: v for k, v in fields.items() if k not in ("verdict", "fingerprint")}
    return json.dumps(kept, sort_keys=True)


def state_of(snapshot: GradebookSnapshot, name: str) -> str:
    """Return what became of a submission."""
    record = snapshot.submissions.get(name)
    if record is None:
        return "lost"
    if record.needs_person is not None:
        return PERSON
    (result,) = record.katas.values()
    return FULL if result.verdict.points == result.verdict.max_points else PART


def describe(ground: Ground, ways: list[Way]) -> tuple[list[str], bool]:
    """Return the lines of the report, and whether everything is as it should be."""
    book = Gradebook(str(ways[0].gradebook))
    snapshot = book.snapshot()
    states = {one.name: state_of(snapshot, one.name) for one in ground.made}
    lines = [f"| submissions | {FULL} | {PART} | {PERSON} |", "|---|---|---|---|"]
    for kind in dict.fromkeys(one.kind for one in ground.made):
        counts = Counter(states[one.name] for one in ground.made if one.kind == kind)
        shown = " | ".join(str(counts[state]) for state in (FULL, PART, PERSON))
        lines.append(f"| {kind} ({counts.total()}) | {shown} |")
    lines += ["", "| way | seconds | rows | differ from the first |", "|---|---|---|---|"]
    good = True
    hasty = {one.name for one in ground.made if one.hasty}
    for way in ways:
        differ = differences(ways[0].gradebook, way.gradebook, hasty)
        count = sum(map(len, rows(str(way.gradebook)).values()))
        title = f"{way.title}{', ' if way.remark else ''}{way.remark}"
        lines.append(f"| {title} | {way.seconds:.0f} | {count} | {len(differ)} |")
        for line in differ:
            print(line[:1500], file=sys.stderr)
        good &= not differ
    wrong = [
        f"{one.name} ({one.kind}, {one.layout}): {states[one.name]}, expected {one.expected}"
        for one in ground.made
        if not is_expected(one, states[one.name])
    ]
    unmatched = compute_marks(snapshot).unmatched
    wrong += [f"{name}: {why}" for name, why in unmatched.items()]
    wrong += [f"{name}: is no submission" for name in snapshot.submissions.keys() - states.keys()]
    for line in wrong:
        print(line, file=sys.stderr)
    layouts = {one.layout for one in ground.made} & LAYOUTS.keys()
    summary = (
        f"Layouts: {len(layouts)} of {len(LAYOUTS)}. Submissions whose name matches a student "
        f"of the roster: {len(states) - len(unmatched)} of {len(states)}. Came to something else "
        f"than they should: {len(wrong)}."
    )
    lines += ["", summary]
    return lines, good and not wrong


def is_expected(one: Made, state: str) -> bool:
    """Return whether a submission got its intended result; an attack only must not be lost."""
    return state == one.expected or (one.expected not in (FULL, PART, PERSON) and state != "lost")


def main() -> int:
    """Grade the cohort in every way, compare, and print or write the result."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=1000)
    parser.add_argument("--only", default="local,dask,shards", help="the ways, by commas")
    parser.add_argument("--no-hostile", action="store_true", help="leave out tests/attacks")
    parser.add_argument("--folder", type=Path, help="work here, and leave everything there")
    parser.add_argument("--alike", type=int, default=1, help="learners with the same text")
    parser.add_argument("--together", action="store_true", help="all ways at the same time")
    parser.add_argument("--write", action="store_true", help="write docs/grader/cohorts.md")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="cohort-") as temporary:
        folder = options.folder or Path(temporary)
        ground = Ground(folder, options.size, not options.no_hostile, options.alike)
        for name in options.only.split(","):
            ground.make_gradebook(name)
        with ThreadPoolExecutor(3 if options.together else 1) as threads:
            ways = list(threads.map(ground.grade, options.only.split(",")))
        lines, good = describe(ground, ways)
    print("\n".join(lines))
    if options.write:
        write_page(lines, options.size)
    return 0 if good else 1


def write_page(lines: list[str], size: int) -> None:
    """Replace the part of the page that this script measures."""
    begin, end = "<!-- bench.cohort -->\n", "<!-- end -->"
    text = PAGE.read_text(encoding="utf-8")
    today = datetime.datetime.now(datetime.UTC).date()
    load = os.getloadavg()[0]
    head = (
        f"{size} submissions of `{KATA}`, {today}, {os.cpu_count()} cores ({platform.machine()}), "
        f"Python {platform.python_version()}; the load average at the end was {load:.1f}."
    )
    before, _, rest = text.partition(begin)
    _, _, after = rest.partition(end)
    PAGE.write_text(f"{before}{begin}{head}\n\n" + "\n".join(lines) + f"\n\n{end}{after}", "utf-8")


if __name__ == "__main__":
    sys.exit(main())
