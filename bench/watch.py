"""Compare the time from a save to the verdict in `kata watch` with a cold `pytest -q`.

python bench/watch.py [--rounds 11] [--quiet] [--kata softmax] [--mistake global-max]

A file is saved by an atomic replace, as most editors do. The time ends when the terminal (a
pseudo-terminal of 80 columns and 50 rows) has received the frame with the verdict. The diagnosis
comes later and is timed separately.
"""

from __future__ import annotations

import fcntl
import os
import pty
import select
import statistics
import struct
import subprocess
import tempfile
import termios
import time
from importlib.metadata import entry_points
from pathlib import Path

import measure
from cold_check import plain_suite

from nnkata.cli.context import pick_course
from nnkata.course.mistakes import read_mistakes

SAVES = 7
"""Number of saves in a round; the cost of a round is their median."""
SETTLED = 0.25
"""Seconds between two saves: people are not faster, and the next worker is ready by then."""
FOOT = "? keys"
PATIENCE = 60.0
TICKS = os.sysconf("SC_CLK_TCK")


class Watched:
    """A running `kata watch` in a pseudo-terminal."""

    def __init__(self, folder: Path, env: dict[str, str]) -> None:
        self.ours, solved = pty.openpty()
        fcntl.ioctl(solved, termios.TIOCSWINSZ, struct.pack("HHHH", 50, 80, 0, 0))
        self.process = subprocess.Popen(
            [measure.KATA, "watch"], cwd=folder, stdin=solved, stdout=solved, stderr=solved,
            start_new_session=True, env=env | {"TERM": "xterm", "COLUMNS": ""},
        )  # fmt: skip
        os.close(solved)
        self.number = 0

    def frame(self, *words: str) -> float:
        """Wait for a frame with these words and without a running check; return its time."""
        seen = b""
        deadline = time.monotonic() + PATIENCE
        while True:
            left = deadline - time.monotonic()
            if left <= 0 or not select.select([self.ours], [], [], left)[0]:
                raise SystemExit(f"{words} never came:\n{seen.decode()}")
            seen += os.read(self.ours, 2**16)
            last = seen.decode("utf-8", "ignore").rpartition("\x1b[H")[2]
            if FOOT in last and "checking " not in last and all(w in last for w in words):
                return time.perf_counter()

    def save(self, module: Path, text: str, words: str, diagnosis: str = "") -> tuple[float, float]:
        """Save a text; return the milliseconds until its verdict and until its diagnosis."""
        self.number += 1
        partial = module.with_name(".partial")
        partial.write_text(f"{text}\n# {self.number}\n", encoding="utf-8")
        start = time.perf_counter()
        partial.replace(module)
        verdict = self.frame(words)
        told = self.frame(diagnosis) if diagnosis else verdict
        time.sleep(SETTLED)
        return (verdict - start) * 1e3, (told - start) * 1e3

    def cpu(self) -> float:
        """Return the processor seconds of the process and its descendants."""
        return sum(map(_cpu, [self.process.pid, *_children(self.process.pid)]))

    def close(self) -> None:
        self.process.terminate()
        self.process.wait()
        os.close(self.ours)


def _cpu(pid: int) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return sum(map(int, fields[11:15])) / TICKS


def _children(pid: int) -> list[int]:
    try:
        text = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    except OSError:
        return []
    return [int(child) for child in text.split()]


def main() -> None:
    parser = measure.parser(__doc__, 11)
    parser.add_argument("--kata", default="softmax")
    parser.add_argument("--mistake", default="global-max")
    options = parser.parse_args()
    measure.compile_everything()
    course, _ = pick_course()
    kata = course.katas[options.kata]
    mistakes = {mistake.name: mistake.module for mistake in read_mistakes(kata)}
    texts = {
        "right": kata.reference.read_text(encoding="utf-8"),
        "wrong": mistakes[options.mistake],
    }
    env = measure.environment()
    measure.machine("pytest", "numpy", "watchfiles")
    with tempfile.TemporaryDirectory(prefix="bench-") as temporary:
        here = Path(temporary)
        sides: dict[str, measure.Side] = {}
        for which, text in texts.items():
            folder = here / f"pytest-{which}"
            folder.mkdir()
            suite = plain_suite(course, kata, text, folder)
            blocked = [f"-pno:{plugin.name}" for plugin in entry_points(group="pytest11")]
            command = [measure.PYTEST, "-q", *blocked, suite.name]
            sides[f"pytest -q, {which}"] = measure.process(
                command, folder, env, int(which == "wrong")
            )
        work = here / "work"
        subprocess.run([measure.KATA, "init", work], check=True, env=env, capture_output=True)
        module = work / course.package / kata.module
        watched = Watched(work, env)
        told: list[float] = []

        def saves(which: str) -> measure.Side:
            words = "checks pass" if which == "wrong" else "modules of the network"
            later = "Likely cause:" if which == "wrong" else ""

            def once() -> float:
                costs = [watched.save(module, texts[which], words, later) for _ in range(SAVES)]
                told.extend(second for _, second in costs if which == "wrong")
                return statistics.median(first for first, _ in costs)

            return once

        try:
            watched.frame()
            for which in texts:
                sides[f"kata watch, {which}"] = saves(which)
            costs = measure.in_turn(sides, options.rounds, quiet=options.quiet, ours=watched.cpu)
            used = watched.cpu()
            time.sleep(5)
            idle = (watched.cpu() - used) / 5
        finally:
            watched.close()
    print(
        f"{kata.name}, {options.rounds} rounds of {SAVES} saves; the mistake is {options.mistake}"
    )
    measure.table(costs, "ms")
    plain, plain_wrong = costs["pytest -q, right"], costs["pytest -q, wrong"]
    print("save to verdict on the screen, compared with pytest -q on the same module")
    measure.ratio("passes", costs["kata watch, right"], plain, 0.10)
    measure.ratio("fails", costs["kata watch, wrong"], plain_wrong, 0.10)
    print("compared with pytest -q on the right module (which writes no tracebacks)")
    measure.ratio("fails", costs["kata watch, wrong"], plain, 0.10)
    print("from the save to the diagnosis on the screen (no target)")
    measure.table({"kata watch, wrong": told}, "ms")
    print(f"  waiting for a save uses {idle:.1%} of a processor")


if __name__ == "__main__":
    main()
