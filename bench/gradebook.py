"""Measure writing and reading a gradebook in SQLite and in PostgreSQL.

python -m bench.gradebook [--submissions 10000] [--katas 3] [--url postgresql://…] [--only-record]

The results are generated and as large as real ones. Without `--url`, the PostgreSQL server of the
tests is started on this machine; it waits for the disk as usual (fsync). The processor time of the
server is not counted, so compare the seconds of wall time. There is no target.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

import msgspec
from tests.gradebook.postgres import SETTINGS, PostgresServer

from nnkata.gradebook.marks import compute_marks
from nnkata.gradebook.recorder import WRITE_AFTER
from nnkata.gradebook.records import GradedSubmission, GradingRun
from nnkata.gradebook.store import Gradebook
from nnkata.model import Diagnosis, Outcome, Protection, Verdict

CHECKS = 14
"""The average number of checks of a kata."""
RUN = GradingRun(
    course="bench", engine="0", seed=1, package="mynn",
    protection=Protection(2, "none", "none", "none", "400 MiB", True),
)  # fmt: skip


def make_submission(number: int, katas: int) -> GradedSubmission:
    """Return a graded submission; every third one fails three checks of each kata."""
    name = f"student-{number:05d}"
    wrong = number % 3 == 0
    verdicts = []
    for kata in range(katas):
        outcomes = [
            Outcome(
                check=f"test_what_this_check_is_called_{place}",
                sentence=f"The sentence that a learner reads about check {place}, with a shape.",
                outcome="passed" if not wrong or place > 2 else "failed",
                points=int(not wrong or place > 2), seconds=0.001,
                call=None if not wrong or place > 2 else "softmax(np.array([[1.0, 2.0]]))" * 4,
                got=None if not wrong or place > 2 else "array([0.1, 0.2, 0.3])" * 10,
                expected=None if not wrong or place > 2 else "array([0.1, 0.2, 0.4])" * 10,
                message=None if not wrong or place > 2 else "item [2] is 0.3, expected 0.4",
            )
            for place in range(CHECKS)
        ]  # fmt: skip
        points = sum(outcome.points for outcome in outcomes)
        cause = [Diagnosis("one-mistake", "What a learner is told. " * 8, 3, ["test_1"])]
        verdicts.append(
            Verdict(
                submission=name, kata=f"kata-{kata}", module=f"part/kata_{kata}.py",
                passed=not wrong, points=points, max_points=CHECKS, outcomes=outcomes, seed=1,
                diagnoses=cause if wrong else [],
                sha256={"module": f"{number:064x}", "checks": f"{kata:064x}"},
            )
        )  # fmt: skip
    return GradedSubmission(submission=name, verdicts=verdicts)


def main() -> None:
    """Measure each database and print seconds and bytes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--submissions", type=int, default=10_000)
    parser.add_argument("--katas", type=int, default=3)
    parser.add_argument("--url", help="use this database instead of the server of the tests")
    parser.add_argument("--only-record", action="store_true")
    options = parser.parse_args()
    graded = [make_submission(n, options.katas) for n in range(options.submissions)]
    encoded = sum(len(msgspec.json.encode(one.verdicts)) for one in graded)
    print(f"{len(graded)} submissions of {options.katas} katas, {encoded / 1e6:.1f} MB of JSON")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "marks.db"
        print("SQLite")
        measure_gradebook(str(file), graded, options.only_record)
        print(f"  file: {file.stat().st_size / 1e6:.1f} MB")
    if options.url:
        measure_gradebook(options.url, graded, options.only_record)
        return
    SETTINGS["fsync"] = "on"
    server = PostgresServer()
    try:
        server.start()
        url = server.make_database()
        print("PostgreSQL")
        measure_gradebook(url, graded, options.only_record)
        size = server.sql("cohort1", "select pg_database_size('cohort1')")
        print(f"  database: {int(size) / 1e6:.1f} MB")
    finally:
        server.stop()


def measure_gradebook(url: str, graded: list[GradedSubmission], only_record: bool) -> None:
    """Measure writing the results into a new gradebook and reading them."""

    def record() -> None:
        book = Gradebook(url, create=True)
        for start in range(0, len(graded), WRITE_AFTER):
            book.record(RUN, graded[start : start + WRITE_AFTER])

    measure(f"record, {WRITE_AFTER} at a time, as a run does", record)
    if only_record:
        return
    measure("record the same results again", lambda: Gradebook(url).record(RUN, graded))
    later = msgspec.structs.replace(RUN, seed=2)
    measure("record a regrade", lambda: Gradebook(url).record(later, graded))
    book = Gradebook(url)
    measure("read the points", lambda: book.snapshot(texts=False))
    measure("read everything", book.snapshot)
    snapshot = book.snapshot()
    measure("compute the marks", lambda: compute_marks(snapshot))


def measure(title: str, work: object) -> None:
    """Do some work and print its duration."""
    assert callable(work)
    wall, own = time.perf_counter(), time.process_time()
    work()
    wall, own = time.perf_counter() - wall, time.process_time() - own
    print(f"  {title}: {wall:.1f} s ({own:.1f} s of processor time)")


if __name__ == "__main__":
    main()
