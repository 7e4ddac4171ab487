"""Shared functions of the scripts: a quiet environment, alternating rounds, medians and ratios."""

from __future__ import annotations

import argparse
import compileall
import os
import resource
import statistics
import subprocess
import sys
import sysconfig
import time
from collections.abc import Callable, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path

ONE_THREAD = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
KATA = Path(sysconfig.get_path("scripts")) / "kata"
PYTEST = Path(sysconfig.get_path("scripts")) / "pytest"

QUIET = 0.125
"""Number of processors that other programs may use without counting as a disturbance."""

Side = Callable[[], float]
"""A function that does the work of one side once and returns its cost in a unit of the script."""


def environment() -> dict[str, str]:
    """Return the environment variables for both sides.

    BLAS gets one thread. Variables that configure pytest are removed, and also
    PYTHONDONTWRITEBYTECODE, because without byte code one side would compile every time.
    """
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "PYTEST", "KATA_"))}
    return kept | ONE_THREAD


def compile_everything() -> None:
    """Compile site-packages and the engine to byte code, as an installer does."""
    import nn_from_scratch
    import nnkata
    import refnn

    folders = [Path(sysconfig.get_path("purelib"))]
    folders += [Path(next(iter(package.__path__))) for package in (nnkata, refnn)]
    for folder in folders:
        compileall.compile_dir(folder, quiet=2)
    compileall.compile_file(str(nn_from_scratch.__file__), quiet=2)


def process(
    arguments: list[str | Path], cwd: Path, env: Mapping[str, str], expected: int = 0,
    before: Callable[[], None] = lambda: None, cpu: list[float] | None = None,
) -> Side:  # fmt: skip
    """Return a side that runs a program once and returns milliseconds; check its exit code.

    `before` is not timed; `cpu` collects the processor time of the program and its children.
    """

    def once() -> float:
        before()
        spent = _children_cpu()
        start = time.perf_counter()
        done = subprocess.run(
            [str(a) for a in arguments], cwd=cwd, env=env, capture_output=True, text=True
        )
        seconds = time.perf_counter() - start
        if cpu is not None:
            cpu.append((_children_cpu() - spent) * 1e3)
        if done.returncode != expected:
            raise SystemExit(
                f"{arguments} ended with {done.returncode}, not {expected}:\n"
                f"{done.stdout[-2000:]}{done.stderr[-2000:]}"
            )
        return seconds * 1e3

    return once


def _children_cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def parser(words: str | None, rounds: int, quiet: bool = True) -> argparse.ArgumentParser:
    """Return a parser with the shared options of the scripts."""
    made = argparse.ArgumentParser(description=(words or "").splitlines()[0])
    made.add_argument("--rounds", type=int, default=rounds, help=f"default: {rounds}")
    if quiet:
        made.add_argument(
            "--quiet",
            action="store_true",
            help="repeat measurements disturbed by other programs, up to ten times (Linux)",
        )
    return made


def in_turn(
    sides: Mapping[str, Side], rounds: int, warmups: int = 1, quiet: bool = False,
    ours: Callable[[], float] = lambda: 0.0,
) -> dict[str, list[float]]:  # fmt: skip
    """Run every side once per round, in alternating order; return the costs of each side.

    With `quiet`, a measurement is repeated if other programs used more than QUIET processors.
    `ours` returns the processor seconds of background processes that are not other programs.
    """
    names = list(sides)
    for _ in range(warmups):
        for name in names:
            sides[name]()
    costs: dict[str, list[float]] = {name: [] for name in names}
    disturbed: list[float] = []
    for number in range(rounds):
        for name in names if number % 2 == 0 else reversed(names):
            for _ in range(10 if quiet else 1):
                watch = _Others(ours)
                cost = sides[name]()
                others = watch.used()
                if others < QUIET:
                    break
            costs[name].append(cost)
            disturbed.append(others)
    if max(disturbed) > QUIET:
        share = sum(others > QUIET for others in disturbed) / len(disturbed)
        middle = statistics.median(disturbed)
        print(
            f"  other programs used {middle:.1f} of {os.cpu_count()} processors; "
            f"{share:.0%} of the runs were disturbed"
        )
    return costs


class _Others:
    """The processor time that other programs use from now on (on Linux; otherwise 0)."""

    def __init__(self, ours: Callable[[], float]) -> None:
        self.ours = ours
        self.start = self._now()

    def used(self) -> float:
        """Return the mean number of processors used by other programs since the start."""
        seconds, busy = (b - a for a, b in zip(self.start, self._now(), strict=True))
        return max(0.0, busy / seconds)

    def _now(self) -> tuple[float, float]:
        try:
            fields = Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:]
        except OSError:
            return time.perf_counter(), 0.0
        user, nice, system, _, _, irq, softirq, steal = map(int, fields[:8])
        busy = (user + nice + system + irq + softirq + steal) / os.sysconf("SC_CLK_TCK")
        mine = resource.getrusage(resource.RUSAGE_SELF)
        known = mine.ru_utime + mine.ru_stime + _children_cpu() + self.ours()
        return time.perf_counter(), busy - known


def table(costs: Mapping[str, list[float]], unit: str) -> None:
    """Print the median and the quartiles of each side."""
    wide = max(map(len, costs))
    for name, values in costs.items():
        low, middle, high = quartiles(values)
        print(f"  {name:<{wide}}  {middle:9.4g} {unit}  ({low:.4g} to {high:.4g})")


def quartiles(values: list[float]) -> tuple[float, float, float]:
    """Return the lower quartile, the median and the upper quartile."""
    if len(values) < 2:
        return values[0], values[0], values[0]
    low, middle, high = statistics.quantiles(values, n=4, method="inclusive")
    return low, middle, high


def accuracies(shares: Mapping[str, Sequence[float]]) -> None:
    """Print the mean and the range of the test accuracies, in percent, of each side."""
    print(f"accuracy on the test split, {len(next(iter(shares.values())))} seeds")
    for name, values in shares.items():
        mean, low, high = statistics.fmean(values), min(values), max(values)
        print(f"  {name:<12}  {mean:.2f} %  ({low:.2f} to {high:.2f})")


def ratio(
    words: str, mine: list[float], other: list[float], target: float, at_least: bool = False
) -> float:
    """Print and return the ratio of two medians, with its target and the quartiles of the rounds.

    A small ratio is good, unless `at_least` is true.
    """
    value = statistics.median(mine) / statistics.median(other)
    low, _, high = quartiles([a / b for a, b in zip(mine, other, strict=True)])
    against(words, value, target, at_least, f"  (rounds {low:.2f} to {high:.2f})")
    return value


def against(
    words: str, value: float, target: float, at_least: bool = False, more: str = ""
) -> None:
    """Print a figure and its target."""
    held = value >= target if at_least else value <= target
    sign = ">=" if at_least else "<="
    print(f"  {words}: {value:.3g}, target {sign} {target:g}: {'held' if held else 'MISSED'}{more}")


def machine(*packages: str) -> None:
    """Print the versions of Python and the packages, the number of cores, and the load."""
    load = os.getloadavg()[0]
    versions = ", ".join(f"{name} {version(name)}" for name in ("nnkata", *packages))
    print(
        f"Python {sys.version.split()[0]}, {versions}; {os.cpu_count()} cores, load {load:.2f}, "
        f"{time.strftime('%Y-%m-%d %H:%M')}"
    )
