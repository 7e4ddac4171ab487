"""Measure `kata grade --each`: against pytest, with two processors, by class size, and with Dask.

python bench/grade_each.py pytest [--rounds 5] [--submissions 200] [--kata softmax …]
python bench/grade_each.py jobs   [--rounds 3] [--submissions 200]
python bench/grade_each.py sizes  [--sizes 10 100 1000 10000]
python bench/grade_each.py dask   [--rounds 3] [--submissions 1000]

The processor time is the user and system time of the driver, the graders, the fork servers and
the workers.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from collections.abc import Callable
from importlib.metadata import entry_points
from pathlib import Path

import measure
import process_tree
from cold_check import plain_suite
from made_submissions import MIX, make_submissions
from process_tree import Cost

from nnkata.cli.context import pick_course
from nnkata.model import Course, Kata

KATAS = ["softmax", "he-init"]
SEED = "7"


class Class:
    """A generated class in a folder, graded with a set of katas."""

    def __init__(self, course: Course, katas: list[Kata], size: int, folder: Path) -> None:
        """Generate the submissions."""
        self.course, self.katas, self.size, self.folder = course, katas, size, folder
        self.handed_in = folder / f"handed-in-{size}"
        self.kinds = make_submissions(course, katas, size, self.handed_in)

    def grade(self, *options: str, memory_every: float = 0.0) -> Cost:
        """Run `kata grade --each` with full protection and a JSON report; return its cost."""
        katas = [part for kata in self.katas for part in ("--kata", kata.name)]
        command = [measure.KATA, "grade", self.handed_in, "--each", *katas, "--seed", SEED,
                   "--require", "2", "--json", *options]  # fmt: skip
        return process_tree.run(
            command, self.folder, measure.environment(), memory_every=memory_every,
            stdout=self.folder / "result.json",
        )  # fmt: skip

    def run_pytest(self, folder: Path, most: int) -> Cost:
        """Run a plain pytest process for each of at most `most` evenly spread submissions.

        `folder` is the folder of the suite; the submission's modules are copied into its package.
        """
        suites = [
            plain_suite(self.course, kata, kata.reference.read_text(encoding="utf-8"), folder).name
            for kata in self.katas
        ]
        blocked = [f"-pno:{plugin.name}" for plugin in entry_points(group="pytest11")]
        command: list[str | Path] = [measure.PYTEST, "-q", *blocked, *suites]
        cpu = wall = 0.0
        for submission in sorted(self.handed_in.iterdir())[:: max(1, self.size // most)]:
            for kata in self.katas:
                inside = Path(self.course.package) / kata.module
                shutil.copyfile(submission / inside, folder / inside)
            cost = process_tree.run(command, folder, measure.environment(), exit_codes=(0, 1, 2))
            cpu, wall = cpu + cost.cpu, wall + cost.wall
        count = len(range(0, self.size, max(1, self.size // most)))
        return Cost(cpu / count, wall / count, 0.0)


def compare_with_pytest(one: Class, options: argparse.Namespace) -> None:
    """Compare the processor time per submission with a pytest process with the same checks."""
    suite = one.folder / "suite"
    suite.mkdir()

    def ours() -> float:
        return one.grade("--jobs", options.jobs).cpu / one.size * 1e3

    def plain() -> float:
        return one.run_pytest(suite, options.pytest_processes).cpu * 1e3

    sides = {"kata grade --each": ours, "one pytest process each": plain}
    costs = measure.in_turn(sides, options.rounds, warmups=0)
    measure.table(costs, "ms of processor time per submission")
    measure.ratio("ratio", *costs.values(), target=0.2)


def compare_jobs(one: Class, options: argparse.Namespace) -> None:
    """Compare the wall time with two graders and with one."""
    walls: dict[str, list[float]] = {}
    cpus: dict[str, list[float]] = {}

    def side(jobs: str) -> Callable[[], float]:
        def once() -> float:
            cost = one.grade("--jobs", jobs)
            cpus.setdefault(f"--jobs {jobs}", []).append(cost.cpu)
            return cost.wall

        return once

    walls = measure.in_turn({f"--jobs {n}": side(n) for n in ("2", "1")}, options.rounds, warmups=0)
    print("wall time")
    measure.table(walls, "s")
    measure.ratio("ratio", walls["--jobs 2"], walls["--jobs 1"], target=0.55)
    print("processor time (no target)")
    measure.table(cpus, "s")


def compare_sizes(course: Course, katas: list[Kata], sizes: list[int], folder: Path) -> None:
    """Print the cost per submission and the memory for each class size."""
    print("| submissions | processor time | wall | ms of processor time each | peak memory |")
    print("|---|---|---|---|---|")
    for size in sizes:
        one = Class(course, katas, size, folder)
        cost = one.grade(memory_every=0.5)
        shutil.rmtree(one.handed_in)
        print(
            f"| {size} | {cost.cpu:.1f} s | {cost.wall:.1f} s | {cost.cpu / size * 1e3:.0f} "
            f"| {cost.megabytes:.0f} MB |",
            flush=True,
        )


def compare_with_dask(one: Class, options: argparse.Namespace) -> None:
    """Compare the processor and wall time of the Dask executor and of local processes."""
    walls: dict[str, list[float]] = {}
    cpus: dict[str, list[float]] = {}

    def side(executor: str) -> Callable[[], float]:
        def once() -> float:
            cost = one.grade("--jobs", options.jobs, "--executor", executor)
            cpus.setdefault(executor, []).append(cost.cpu)
            return cost.wall

        return once

    walls = measure.in_turn({n: side(n) for n in ("dask", "local")}, options.rounds, warmups=0)
    print("wall time")
    measure.table(walls, "s")
    measure.ratio("dask to local", walls["dask"], walls["local"], target=1.1)
    print("processor time")
    measure.table(cpus, "s")
    measure.ratio("dask to local", cpus["dask"], cpus["local"], target=1.1)


def main() -> None:
    """Generate a class and run the chosen measurement."""
    parser = measure.parser(__doc__, 3, quiet=False)
    parser.add_argument("what", choices=["pytest", "jobs", "sizes", "dask"])
    parser.add_argument("--kata", action="append", dest="katas", help="default: softmax, he-init")
    parser.add_argument("--submissions", type=int)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10, 100, 1000, 10_000])
    parser.add_argument("--jobs", default="2", help="number of graders, for pytest and dask")
    parser.add_argument("--pytest-processes", type=int, default=40, help="in a round")
    options = parser.parse_args()
    measure.compile_everything()
    process_tree.adopt_orphans()
    measure.machine("pytest", "numpy")
    course, _ = pick_course()
    katas = [course.katas[name] for name in options.katas or KATAS]
    words = ", ".join(f"{share} % {kind}" for kind, share in MIX.items())
    print(f"{' and '.join(kata.name for kata in katas)}; {words}")
    with tempfile.TemporaryDirectory(prefix="bench-") as temporary:
        folder = Path(temporary)
        if options.what == "sizes":
            compare_sizes(course, katas, options.sizes, folder)
            return
        size = options.submissions or (1000 if options.what == "dask" else 200)
        one = Class(course, katas, size, folder)
        print(f"{size} submissions: {', '.join(f'{n} {kind}' for kind, n in one.kinds.items())}")
        measures = {"pytest": compare_with_pytest, "jobs": compare_jobs, "dask": compare_with_dask}
        measures[options.what](one, options)


if __name__ == "__main__":
    main()
