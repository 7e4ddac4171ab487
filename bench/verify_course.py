"""Compare `kata verify` of the whole course on two cores with its time budgets.

    python bench/verify_course.py [--rounds 3] [--course NAME]

There are two budgets. Both include three times the duration of the reference's slow checks, which
`kata verify --json` reports for the same run:

- per kata: 0.3 s for each kata, which was chosen for about ten runs of its checks;
- per run: 0.03 s for each actual run of the checks of a kata.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import tempfile
import time
from typing import Any

import measure

SECONDS_PER_KATA = 0.3
RUNS_PER_KATA = 10
TIMES_SLOW = 3
JOBS = 2


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--course", default="nn_from_scratch")
    options = parser.parse_args()
    measure.compile_everything()
    measure.machine("pytest", "numpy")
    command = [
        str(measure.KATA), "verify", "--json", "--course", options.course, "--jobs", str(JOBS),
    ]  # fmt: skip
    took: list[float] = []
    budgets: list[float] = []
    budgets_per_run: list[float] = []
    report: dict[str, Any] = {}
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        for _ in range(options.rounds):
            start = time.perf_counter()
            done = subprocess.run(
                command, capture_output=True, text=True, cwd=folder, env=measure.environment()
            )
            took.append(time.perf_counter() - start)
            if done.returncode not in (0, 1):
                raise SystemExit(done.stderr)
            report = json.loads(done.stdout)
            slow = sum(kata["slow_seconds"] for kata in report["katas"])
            runs = sum(kata["runs"] for kata in report["katas"])
            budgets.append(SECONDS_PER_KATA * len(report["katas"]) + TIMES_SLOW * slow)
            budgets_per_run.append(SECONDS_PER_KATA / RUNS_PER_KATA * runs + TIMES_SLOW * slow)
    katas = report["katas"]
    undone = [kata["kata"] for kata in katas if not kata["done"]]
    runs = sum(kata["runs"] for kata in katas)
    print(f"{len(katas)} katas, {runs} runs, {options.rounds} rounds, {JOBS} processes")
    if undone:
        print(f"  not complete, so only a part of their work was timed: {', '.join(undone)}")
    measure.table(
        {"kata verify": took, "budget per kata": budgets, "budget per run": budgets_per_run}, "s"
    )
    measure.ratio("kata verify / budget per kata", took, budgets, 1.0)
    measure.ratio("kata verify / budget per run", took, budgets_per_run, 1.0)
    print(
        f"  seconds per kata, without its slow checks: {_per_kata(took, budgets, len(katas)):.2f}"
    )
    print("the five slowest katas")
    for kata in sorted(katas, key=lambda k: -k["seconds"])[:5]:
        print(
            f"  {kata['kata']:<24} {kata['seconds']:6.2f} s  "
            f"({kata['runs']} runs: {kata['mistakes']} mistakes, {kata['variants']} variants, "
            f"{kata['slow_seconds']:.2f} s of slow checks)"
        )


def _per_kata(took: list[float], budgets: list[float], count: int) -> float:
    slow = statistics.median(budgets) - SECONDS_PER_KATA * count
    return (statistics.median(took) - slow) / count


if __name__ == "__main__":
    main()
