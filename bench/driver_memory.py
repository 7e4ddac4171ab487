"""Measure the driver of `kata grade --each` alone: its memory and processor time by class size.

python bench/driver_memory.py [--sizes 100 1000 10000] [--kata softmax] [-- --report html=page.html]

An executor grades the first submission, and answers for all others with copies of its verdict. So
10 000 submissions take less than a minute. Options after `--` are passed to `kata grade`.
"""

from __future__ import annotations

import argparse
import json
import os
import pickle
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable
from concurrent.futures import Executor, Future
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import measure
from msgspec.structs import replace

from nnkata import hookspecs, plugins
from nnkata.cli import context
from nnkata.cli.group import kata as command
from nnkata.course.mistakes import read_mistakes
from nnkata.grading.submissions import OpenSubmission
from nnkata.grading.tasks import TaskResult

NAME = "copies"


class CopyingExecutor(Executor):
    """Runs the first task, and answers the others with copies of its result."""

    def __init__(self) -> None:
        """Start without a result."""
        self._result = b""

    def submit(self, task: Callable[..., Any], /, *args: Any, **keywords: Any) -> Future[Any]:
        """Return the future of a task, which is done."""
        submission: OpenSubmission = args[0]
        if not self._result:
            self._result = pickle.dumps(task(submission, **keywords))
        result: TaskResult = pickle.loads(self._result)  # as it comes from another process
        verdicts = [replace(verdict, submission=submission.name) for verdict in result.verdicts]
        future: Future[TaskResult] = Future()
        future.set_result(TaskResult(verdicts, result.limits))
        return future


def make_executor(jobs: int, scheduler: str | None) -> Executor:
    """Return the executor, which needs no settings."""
    del jobs, scheduler
    return CopyingExecutor()


def grade(folder: Path, words: list[str]) -> None:
    """Grade a folder with copies in this process, and print its cost as JSON to stderr."""
    hook = hookspecs.hookimpl(lambda: {NAME: make_executor}, specname="nnkata_executors")
    plugins.installed_plugins().register(SimpleNamespace(nnkata_executors=hook), NAME)
    begin = [str(folder), "--each", "--executor", NAME, "--jobs", "2", "--seed", "7"]
    try:
        command(["grade", *begin, *words], prog_name="kata", standalone_mode=False)
    except SystemExit as ended:
        if ended.code:
            raise
    used = resource.getrusage(resource.RUSAGE_SELF)
    status = Path("/proc/self/status").read_text(encoding="ascii")
    peak = int(status.partition("VmHWM:")[2].split()[0]) / 1024
    cost = {"seconds": used.ru_utime + used.ru_stime, "megabytes": peak}
    print(json.dumps(cost), file=sys.stderr)


def hand_in(folder: Path, kata: str, size: int) -> None:
    """Write submissions of one known mistake, each with another text."""
    course, _ = context.pick_course()
    text = read_mistakes(course.katas[kata])[0].module
    for number in range(size):
        file = folder / f"s{number:05d}" / course.package / course.katas[kata].module
        file.parent.mkdir(parents=True)
        file.write_text(f"{text}\n# {number}\n", encoding="utf-8")


def main() -> None:
    """Measure each size in a process of its own."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", type=int, nargs="+", default=[100, 1000, 10_000])
    parser.add_argument("--kata", default="softmax")
    parser.add_argument("--child", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("words", nargs="*", help="options of kata grade")
    options = parser.parse_args()
    words = options.words or ["--json"]
    if options.child is not None:
        grade(options.child, ["--kata", options.kata, *words])
        return
    print("| submissions | peak memory of the driver | processor time each |")
    print("|---|---|---|")
    for size in options.sizes:
        with tempfile.TemporaryDirectory(prefix="bench-") as temporary:
            folder = Path(temporary, "handed-in")
            hand_in(folder, options.kata, size)
            arguments = [sys.executable, __file__, "--kata", options.kata, "--child", str(folder)]
            done = subprocess.run(
                [*arguments, "--", *words], cwd=temporary, env=os.environ | measure.ONE_THREAD,
                stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=True,
            )  # fmt: skip
        cost = json.loads(done.stderr.splitlines()[-1])
        print(
            f"| {size} | {cost['megabytes']:.0f} MB | {cost['seconds'] / size * 1e3:.1f} ms |",
            flush=True,
        )


if __name__ == "__main__":
    main()
