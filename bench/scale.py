"""Estimate the resources for 100 000 students and every kata from a few submissions.

python bench/scale.py [--submissions 20] [--students 100000] [--write]

A few submissions of the whole course, mixed as in made_submissions.py, are graded with a journal
and a gradebook. Everything else is calculated from them. `--write` puts the measured and the
calculated figures into docs/grader/scale.md.
"""

from __future__ import annotations

import re
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

import measure
import process_tree
from grade_each import Class

from nnkata.cli.context import pick_course
from nnkata.gradebook.store import Gradebook
from nnkata.grading.cohort import content_key
from nnkata.grading.submissions import open_submission
from nnkata.model import Course
from nnkata.sandbox.pool import WorkerPool

PAGE = Path(__file__).resolve().parents[1] / "docs" / "grader" / "scale.md"
BLOCK = re.compile(r"(<!-- bench/scale\.py -->\n).*?(<!-- end -->)", re.DOTALL)
HANGING, TIMEOUT_SECONDS = 0.01, 15.0
"""Assumption: one of a hundred verdicts waits for three timeouts of 5 seconds."""
DASK_SECONDS = 0.0016
"""Overhead of Dask for a task, from an earlier measurement."""


class Figures(NamedTuple):
    """The cost of a submission of the whole course."""

    katas: int
    cpu: float
    driver: float
    """Seconds in which the driver opens a submission and computes its content key."""
    source: float
    journal: float
    gradebook: float
    """Bytes in files, as the two fields before it."""


def measure_submissions(course: Course, count: int, folder: Path) -> Figures:
    """Grade a few submissions; return the cost of one, without the start of the program."""
    katas = list(course.katas.values())
    one = Class(course, katas, count, folder)
    journal, book = folder / "journal.jsonl", folder / "marks.db"
    options = ("--jobs", "1", "--journal", str(journal), "--gradebook", str(book))
    cost = one.grade(*options)
    known = one.grade(*options, "--resume")  # nothing is graded: only the start and the writing
    empty = folder / "empty.db"
    Gradebook(str(empty), create=True)
    paths = sorted(one.handed_in.iterdir())
    key = content_key(course, [kata.name for kata in katas], 7)
    with WorkerPool() as pool:
        begun = time.process_time()
        for path in paths:
            key(open_submission(path, course, pool))
        driver = time.process_time() - begun
    sources = sum(file.stat().st_size for file in one.handed_in.rglob("*.py"))
    marks = book.stat().st_size - empty.stat().st_size
    totals = (cost.cpu - known.cpu, driver, sources, journal.stat().st_size, marks)
    return Figures(len(katas), *(total / count for total in totals))


def describe(one: Figures, students: int, count: int) -> str:
    """Return the text with the measured figures and the table of calculated ones."""
    cpu_hours = students * one.cpu / 3600
    hanging = students * one.katas * HANGING * TIMEOUT_SECONDS / 3600
    rows = [
        ("verdicts", f"{students * one.katas / 1e6:.1f} million"),
        ("processor time", f"{cpu_hours:.0f} hours"),
        ("… of 1 % of the verdicts with three timeouts, waiting", f"{hanging:.0f} hours"),
        ("processors for one night (12 hours)", f"{(cpu_hours + hanging) / 12:.0f}"),
        ("… for one hour", f"{cpu_hours + hanging:.0f}"),
        ("one driver, opening and hashing", f"{students * one.driver / 3600:.1f} hours"),
        (
            "Dask's scheduler, one task per submission",
            f"{students * DASK_SECONDS / 60:.1f} minutes",
        ),
        ("modules handed in", f"{students * one.source / 1e9:.1f} GB"),
        ("… in files", f"{students * one.katas / 1e6:.1f} million"),
        ("journals", f"{students * one.journal / 1e9:.1f} GB"),
        ("gradebook", f"{students * one.gradebook / 1e9:.1f} GB"),
    ]
    head = (
        f"Measured on {time.strftime('%Y-%m-%d')} with {count} submissions of {one.katas} katas: "
        f"{one.cpu:.1f} s of processor time per submission ({one.cpu / one.katas * 1e3:.0f} ms per "
        f"kata) and {one.driver * 1e3:.1f} ms in the driver; {one.source / 1e3:.0f} kB of modules, "
        f"{one.journal / 1e3:.0f} kB in the journal, {one.gradebook / 1e3:.0f} kB in an SQLite "
        f"gradebook."
    )
    table = "\n".join(f"| {title} | {value} |" for title, value in rows)
    return f"{head}\n\n| {students} students, {one.katas} katas | |\n|---|---|\n{table}\n"


def main() -> None:
    """Measure, calculate, and print or write the figures."""
    parser = measure.parser(__doc__, 1, quiet=False)
    parser.add_argument("--submissions", type=int, default=20)
    parser.add_argument("--students", type=int, default=100_000)
    parser.add_argument("--write", action="store_true", help="also write docs/grader/scale.md")
    options = parser.parse_args()
    process_tree.adopt_orphans()
    measure.machine("numpy")
    course, _ = pick_course()
    with tempfile.TemporaryDirectory(prefix="bench-") as temporary:
        figures = measure_submissions(course, options.submissions, Path(temporary))
    words = describe(figures, options.students, options.submissions)
    print(words)
    if options.write:
        page = PAGE.read_text(encoding="utf-8")
        PAGE.write_text(BLOCK.sub(lambda m: f"{m[1]}{words}{m[2]}", page), encoding="utf-8")


if __name__ == "__main__":
    main()
