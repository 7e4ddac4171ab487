"""Grade a generated cohort locally, on a Dask cluster whose workers are killed, and in shards.

    python -m bench.cohort [--size 1000] [--only local,dask,shards] [--write]

Each run writes its own gradebook. All rows must be equal, apart from times and durations. With
--write, the result is written into docs/grader/cohorts.md.
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

from .cohort_submissions import (
    FULL,
    KATA,
    LAYOUTS,
    PART,
    PERSON,
    REPOSITORY,
    CohortMaker,
    CohortSubmission,
)

SEED = 20_261_126
SHARDS = 4
KILLS = 8
"""Number of workers to kill: one after each ninth of the cohort."""
PAGE = REPOSITORY / "docs" / "grader" / "cohorts.md"
DONE = (0, 6)
"""Exit codes of a complete run."""


class Run(NamedTuple):
    """A run that graded the cohort: its gradebook and its duration."""

    title: str
    gradebook: Path
    seconds: float
    remark: str = ""


class Cohort:
    """A folder that contains a cohort and in which commands are run."""

    def __init__(self, folder: Path, size: int, hostile: bool = True, alike: int = 1) -> None:
        """Make a cohort of `size` submissions; groups of `alike` learners hand in the same text."""
        self.folder = folder
        self.size = size
        kata = pick_course("nn_from_scratch")[0].katas[KATA]
        maker = CohortMaker(kata, folder / "all", SEED)
        self.made = maker.make(size, hostile, alike)
        self.students = maker.students

    def command(self, *words: str | Path) -> list[str]:
        """Return the command line of `kata grade`."""
        return [str(Path(sys.executable).parent / "kata"), "grade", *map(str, words)]

    def grade_arguments(self, name: str) -> list[str]:
        """Return the arguments common to all runs; output files get the name of the run."""
        return ["all", "--each", "--kata", KATA, "--seed", str(SEED), "--report",
                f"json={name}.json", "--reveal", "all"]  # fmt: skip

    def make_gradebook(self, name: str) -> Path:
        """Create a gradebook with the roster and return its path."""
        path = self.folder / f"{name}.db"
        Gradebook(str(path), create=True).replace_roster(self.students)
        return path

    def run(self, *words: str | Path, accepted: tuple[int, ...] = DONE) -> None:
        """Run `kata grade`; raise `RuntimeError` with its stderr for any other exit code."""
        done = subprocess.run(
            self.command(*words), cwd=self.folder, capture_output=True, text=True, check=False
        )
        if done.returncode not in accepted:
            raise RuntimeError(f"exit code {done.returncode}: {done.stderr[-2000:]}")

    def count_graded(self, journal: str) -> int:
        """Return the number of submissions in a journal."""
        path = self.folder / journal
        return max(0, path.read_bytes().count(b"\n") - 1) if path.is_file() else 0

    def grade(self, name: str) -> Run:
        """Call the method `grade_NAME` and print the duration of its run."""
        run: Run = getattr(self, f"grade_{name}")()
        print(f"{run.title}: {run.seconds:.0f} s {run.remark}", flush=True)
        return run

    def grade_local(self) -> Run:
        """Grade with local processes."""
        book = self.folder / "local.db"
        begun = time.monotonic()
        self.run(*self.grade_arguments("local"), "--gradebook", book, "--journal", "local.jsonl")
        return Run("local processes", book, time.monotonic() - begun)

    def grade_dask(self) -> Run:
        """Grade on a LocalCluster while workers are killed."""
        import distributed

        book = self.folder / "dask.db"
        killed: list[int] = []
        make: Any = distributed.LocalCluster
        with make(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
            cluster.adapt(minimum=2, maximum=2)  # starts another worker if a nanny gives up
            words = [*self.grade_arguments("dask"), "--gradebook", book, "--journal", "dask.jsonl"]
            words += ["--executor", "dask", "--scheduler", cluster.scheduler_address]
            begun = time.monotonic()
            with BackgroundThread(lambda ended: self._kill_workers(cluster, killed, ended)):
                self.run(*words)
            seconds = time.monotonic() - begun
        return Run("dask", book, seconds, f"{len(killed)} workers killed")

    def _kill_workers(self, cluster: Any, killed: list[int], ended: threading.Event) -> None:
        draw = random.Random(SEED)
        for part in range(1, KILLS + 1):
            while self.count_graded("dask.jsonl") < part * self.size / (KILLS + 1):
                if ended.wait(0.05):
                    return
            known = set(
                cluster.scheduler.workers
            )  # a worker that is still starting is not replaced
            alive = [w.pid for w in cluster.workers.values() if w.worker_address in known and w.pid]
            if alive:
                killed.append(draw.choice(alive))
                os.kill(killed[-1], signal.SIGKILL)

    def grade_shards(self) -> Run:
        """Grade in shards, one after the other, and merge them."""
        book = self.folder / "shards.db"
        begun = time.monotonic()
        parts = [f"part-{number}" for number in range(1, SHARDS + 1)]
        for number, part in enumerate(parts, 1):
            self.run(*self.grade_arguments(part), "--shard", f"{number}/{SHARDS}")
        self.run("merge", *(f"{part}.json" for part in parts), "--gradebook", book)
        return Run(f"{SHARDS} shards, merged", book, time.monotonic() - begun)


class BackgroundThread:
    """A context manager that runs a function in a thread until the block ends."""

    def __init__(self, work: Callable[[threading.Event], None]) -> None:
        """Prepare the thread; `work` gets an event that is set when the block ends."""
        self._ended = threading.Event()
        self._thread = threading.Thread(target=work, args=(self._ended,))

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()


def differences(one: Path, other: Path, unstable: set[str]) -> list[str]:
    """Return the rows that only one of two gradebooks has, with their tables.

    Of the submissions in `unstable`, only the values that count for a mark are compared.
    """
    found = []
    first, second = (
        {
            table: [shorten(row, unstable) for row in listed]
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


def shorten(row: str, unstable: set[str]) -> str:
    """Return a row of results, without its texts if its submission is in `unstable`."""
    fields = json.loads(row)
    if "verdict" not in fields or fields["submission"] not in unstable:
        return row
    kept = {k: v for k, v in fields.items() if k not in ("verdict", "fingerprint")}
    return json.dumps(kept, sort_keys=True)


def state_of(snapshot: GradebookSnapshot, name: str) -> str:
    """Return the state of a submission in a gradebook."""
    record = snapshot.submissions.get(name)
    if record is None:
        return "lost"
    if record.needs_person is not None:
        return PERSON
    (result,) = record.katas.values()
    return FULL if result.verdict.points == result.verdict.max_points else PART


def describe(cohort: Cohort, runs: list[Run]) -> tuple[list[str], bool]:
    """Return the lines of the report, and whether all results are as expected."""
    book = Gradebook(str(runs[0].gradebook))
    snapshot = book.snapshot()
    states = {submission.name: state_of(snapshot, submission.name) for submission in cohort.made}
    lines = [f"| submissions | {FULL} | {PART} | {PERSON} |", "|---|---|---|---|"]
    for kind in dict.fromkeys(submission.kind for submission in cohort.made):
        counts = Counter(
            states[submission.name] for submission in cohort.made if submission.kind == kind
        )
        shown = " | ".join(str(counts[state]) for state in (FULL, PART, PERSON))
        lines.append(f"| {kind} ({counts.total()}) | {shown} |")
    lines += ["", "| run | seconds | rows | differ from the first |", "|---|---|---|---|"]
    good = True
    unstable = {submission.name for submission in cohort.made if submission.unstable}
    for run in runs:
        differ = differences(runs[0].gradebook, run.gradebook, unstable)
        count = sum(map(len, rows(str(run.gradebook)).values()))
        title = f"{run.title}{', ' if run.remark else ''}{run.remark}"
        lines.append(f"| {title} | {run.seconds:.0f} | {count} | {len(differ)} |")
        for line in differ:
            print(line[:1500], file=sys.stderr)
        good &= not differ
    wrong = [
        f"{submission.name} ({submission.kind}, {submission.layout}): "
        f"{states[submission.name]}, expected {submission.expected}"
        for submission in cohort.made
        if not is_expected(submission, states[submission.name])
    ]
    unmatched = compute_marks(snapshot).unmatched
    wrong += [f"{name}: {why}" for name, why in unmatched.items()]
    wrong += [f"{name}: not a submission" for name in snapshot.submissions.keys() - states.keys()]
    for line in wrong:
        print(line, file=sys.stderr)
    layouts = {submission.layout for submission in cohort.made} & LAYOUTS.keys()
    summary = (
        f"Layouts: {len(layouts)} of {len(LAYOUTS)}. {len(states) - len(unmatched)} of "
        f"{len(states)} submissions match a student of the roster by their names. Unexpected "
        f"results: {len(wrong)}."
    )
    lines += ["", summary]
    return lines, good and not wrong


def is_expected(submission: CohortSubmission, state: str) -> bool:
    """Return whether a submission got its expected result; an attack just must not be lost."""
    return state == submission.expected or (
        submission.expected not in (FULL, PART, PERSON) and state != "lost"
    )


def main() -> int:
    """Grade the cohort in every run, compare the gradebooks, and print or write the result."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=1000)
    parser.add_argument("--only", default="local,dask,shards", help="the runs, separated by commas")
    parser.add_argument("--no-hostile", action="store_true", help="leave out tests/attacks")
    parser.add_argument("--folder", type=Path, help="work in this folder and keep the files")
    parser.add_argument(
        "--alike", type=int, default=1, help="number of learners who hand in the same text"
    )
    parser.add_argument("--together", action="store_true", help="do all runs at the same time")
    parser.add_argument("--write", action="store_true", help="write docs/grader/cohorts.md")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="cohort-") as temporary:
        folder = options.folder or Path(temporary)
        cohort = Cohort(folder, options.size, not options.no_hostile, options.alike)
        for name in options.only.split(","):
            cohort.make_gradebook(name)
        with ThreadPoolExecutor(3 if options.together else 1) as threads:
            runs = list(threads.map(cohort.grade, options.only.split(",")))
        lines, good = describe(cohort, runs)
    print("\n".join(lines))
    if options.write:
        write_page(lines, options.size)
    return 0 if good else 1


def write_page(lines: list[str], size: int) -> None:
    """Replace the generated part of the page."""
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
