"""Put every documented mistake into a workspace, and look at what `kata check` answers.

    python -m bench.first_screens [KATA ...] [--jobs 2]

The prerequisites of the kata are solved with the modules of the reference. Wanted: the mistake
fails and is named as itself and nothing else, and the first screen (the first failure, its likely
cause and the next step, at 80 columns) has at most 40 lines. Prints the mistakes for which that is
not so.
"""

from __future__ import annotations

import argparse
import io
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from nnkata.checking.assessor import Assessor
from nnkata.checking.pytest_session import Checks
from nnkata.checking.runtime import Submission
from nnkata.cli.context import pick_course
from nnkata.course.mistakes import read_mistakes
from nnkata.model import Course
from nnkata.reporters.terminal import Detail, write_verdict
from nnkata.sandbox.pool import WorkerPool
from nnkata.text.layout import FileWriter
from nnkata.workspace.workspace import Workspace, create

MAX_LINES = 40
BELOW = 2
"""An empty line and the next step, which follow the verdict."""


def look_at(name: str) -> tuple[str, int, int, list[str]]:
    """Return a kata, how many mistakes it has, the longest first screen, and what is not right."""
    course, _ = pick_course()
    with tempfile.TemporaryDirectory() as folder, WorkerPool() as pool:
        workspace, _ = create(Path(folder) / "work", course)
        assessor = Assessor(course, Checks([course.katas[name]]), pool, workspace.state / "cache")
        found = list(_look(course, name, workspace, assessor))
    longest = max((lines for lines, _ in found), default=0)
    return name, len(found), longest, [words for _, words in found if words]


def _look(
    course: Course, name: str, workspace: Workspace, assessor: Assessor
) -> Iterator[tuple[int, str]]:
    kata = course.katas[name]
    needs = course.all_needs(name)
    for need in needs:
        other = course.katas[need]
        workspace.path_of(other).write_bytes(other.reference.read_bytes())
    for mistake in read_mistakes(kata):
        workspace.path_of(kata).write_text(mistake.module, encoding="utf-8")
        submission = Submission("work", workspace.read, frozenset(needs))
        verdict = assessor.assess(kata, submission)
        out = io.StringIO()
        file = f".kata/failing/{name}.py"
        write_verdict(FileWriter(out), verdict, Detail(file, course.package))
        lines = len(out.getvalue().splitlines()) + BELOW
        named = [diagnosis.mistake for diagnosis in verdict.diagnoses]
        words = ""
        if verdict.passed or named != [mistake.name]:
            words = f"{name}/{mistake.name}: named {', '.join(named) or 'nothing'}"
        elif lines > MAX_LINES:
            words = f"{name}/{mistake.name}: {lines} lines"
        yield lines, words


def main() -> None:
    """Look at all mistakes of the chosen katas."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("katas", nargs="*", metavar="KATA")
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    names = options.katas or list(pick_course()[0].katas)
    count, longest, wrong = 0, 0, 0
    with ProcessPoolExecutor(options.jobs, mp_context=get_context("spawn")) as executor:
        for _, mistakes, most, problems in executor.map(look_at, names):
            count, longest, wrong = count + mistakes, max(longest, most), wrong + len(problems)
            for problem in problems:
                print(problem, flush=True)
    print(f"{count} mistakes of {len(names)} katas: {wrong} not as wanted; longest {longest} lines")
    sys.exit(wrong > 0)


if __name__ == "__main__":
    main()
