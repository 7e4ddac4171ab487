"""Compare `nbgrader autograde` with `kata grade --each`: one class, one kata, the same checks.

python bench/nbgrader_autograde.py --nbgrader VENV/bin/nbgrader [--submissions 10]

nbgrader, ipykernel, numpy and pytest are in a separate environment. The notebook has the module
as its solution cell, and a test cell worth one point for each check. nbgrader runs without
protection.
"""

from __future__ import annotations

import json
import tempfile
import zlib
from pathlib import Path
from typing import Any

import measure
import process_tree
from cold_check import plain_suite
from grade_each import Class

from nnkata.cli.context import pick_course
from nnkata.course.hashes import default_seed
from nnkata.model import Course, Kata

EXERCISE = "ps1"
CONFIGURATION = "c = get_config()\nc.CourseDirectory.course_id = 'bench'\n"
READ_SUITE = """
import numpy as np
learner = dict(globals())
class Solution:
    def __getattr__(self, name):
        return learner[name]
    def rng(self, seed):
        return np.random.default_rng(seed)
    def fn(self, text):
        return eval(text, {{"np": np}})
suite = {{"__name__": "suite"}}
exec({text!r}, suite)
"""


def make_cell(name: str, source: str, kind: str) -> dict[str, Any]:
    """Return a code cell of the kind solution, test or given."""
    nbgrader = {
        "grade": kind == "test", "grade_id": name, "locked": kind != "solution",
        "solution": kind == "solution", "task": False, "schema_version": 3,
    }  # fmt: skip
    if kind == "test":
        nbgrader["points"] = 1
    return {
        "cell_type": "code", "id": name, "metadata": {"nbgrader": nbgrader}, "source": source,
        "outputs": [], "execution_count": None,
    }  # fmt: skip


def make_notebook(kata: Kata, module: str, suite: str) -> str:
    """Return a notebook with a module and a cell for each check of the suite."""
    checks = [
        line[4:].partition("(") for line in suite.splitlines() if line.startswith("def test_")
    ]
    cells = [make_cell("module", module, "solution")]
    cells.append(make_cell("suite", READ_SUITE.format(text=suite), "given"))
    for name, _, arguments in checks:
        seed = [default_seed(kata), zlib.crc32(name.removeprefix("test_").encode())]
        values = {"solution": "Solution()", "rng": f"np.random.default_rng({seed})"}
        passed = [text for word, text in values.items() if word in arguments]
        cells.append(make_cell(name, f"suite[{name!r}]({', '.join(passed)})", "test"))
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return json.dumps(
        {"cells": cells, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}
    )


def prepare(one: Class, kata: Kata, course: Course, nbgrader: Path, folder: Path) -> None:
    """Write the nbgrader course and submit the modules of the class as notebooks."""
    (folder / "suite").mkdir(parents=True)
    reference = kata.reference.read_text(encoding="utf-8")
    suite = plain_suite(course, kata, reference, folder / "suite").read_text(encoding="utf-8")
    (folder / "nbgrader_config.py").write_text(CONFIGURATION, encoding="utf-8")
    release = folder / "source" / EXERCISE / f"{EXERCISE}.ipynb"
    release.parent.mkdir(parents=True)
    release.write_text(make_notebook(kata, "### BEGIN SOLUTION\n### END SOLUTION", suite))
    command: list[str | Path] = [nbgrader, "generate_assignment", EXERCISE]
    process_tree.run(command, folder, environment(nbgrader))
    for submission in one.handed_in.iterdir():
        module = (submission / course.package / kata.module).read_text(encoding="utf-8")
        path = folder / "submitted" / submission.name / EXERCISE / f"{EXERCISE}.ipynb"
        path.parent.mkdir(parents=True)
        path.write_text(make_notebook(kata, module, suite))


def environment(nbgrader: Path) -> dict[str, str]:
    """Return the environment for nbgrader, which finds alembic and the kernel through PATH."""
    env = measure.environment()
    return env | {"PATH": f"{nbgrader.absolute().parent}:{env['PATH']}"}


def main() -> None:
    """Grade one class with both programs and print the ratios."""
    parser = measure.parser(__doc__, 1, quiet=False)
    parser.add_argument("--nbgrader", type=Path, required=True)
    parser.add_argument("--submissions", type=int, default=10)
    parser.add_argument("--kata", default="softmax")
    options = parser.parse_args()
    nbgrader = options.nbgrader.absolute()
    measure.compile_everything()
    process_tree.adopt_orphans()
    measure.machine("numpy")
    course, _ = pick_course()
    kata = course.katas[options.kata]
    with tempfile.TemporaryDirectory(prefix="bench-") as temporary:
        folder = Path(temporary)
        one = Class(course, [kata], options.submissions, folder)
        theirs = folder / "nbgrader"
        prepare(one, kata, course, nbgrader, theirs)
        walls: dict[str, list[float]] = {}

        def autograde() -> float:
            command: list[str | Path] = [options.nbgrader, "autograde", EXERCISE, "--force"]
            cost = process_tree.run(
                command, theirs, environment(options.nbgrader), exit_codes=(0, 1)
            )
            walls.setdefault("nbgrader autograde", []).append(cost.wall / one.size)
            return cost.cpu / one.size

        def ours() -> float:
            cost = one.grade("--jobs", "1")
            walls.setdefault("kata grade --each", []).append(cost.wall / one.size)
            return cost.cpu / one.size

        sides = {"kata grade --each": ours, "nbgrader autograde": autograde}
        costs = measure.in_turn(sides, options.rounds, warmups=0)
        graded = len(list((theirs / "autograded").glob("*/*/*.ipynb")))
    print(f"{kata.name}, {one.size} submissions; nbgrader graded {graded} of them")
    print("processor time per submission, including the start of the program")
    measure.table(costs, "s")
    print("wall time per submission")
    measure.table(walls, "s")


if __name__ == "__main__":
    main()
