"""`kata verify` of the whole course against its budget, on two cores.

    python bench/verify_course.py [--rounds 3] [--course NAME]

Two budgets, both with three times what the reference's own slow checks take, which `kata verify
--json` tells of the same run:

- a kata: 0.3 s for each kata. It was set for about ten runs of a kata's checks;
- a run: the same 0.03 s for each run of a kata's checks that there really was.
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

SECONDS_A_KATA = 0.3
RUNS_A_KATA = 10
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
    budgets_a_run: list[float] = []
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
            budgets.append(SECONDS_A_KATA * len(report["katas"]) + TIMES_SLOW * slow)
            budgets_a_run.append(SECONDS_A_KATA / RUNS_A_KATA * runs + TIMES_SLOW * slow)
    katas = report["katas"]
    undone = [kata["kata"] for kata in katas if not kata["done"]]
    runs = sum(kata["runs"] for kata in katas)
    print(f"{len(katas)} katas, {runs} runs, {options.rounds} rounds, {JOBS} processes")
    if undone:
        print(f"  not done, so not all of their work was timed: {', '.join(undone)}")
    measure.table(
        {"kata verify": took, "budget a kata": budgets, "budget a run": budgets_a_run}, "s"
    )
    measure.ratio("kata verify / budget a kata", took, budgets, 1.0)
    measure.ratio("kata verify / budget a run", took, budgets_a_run, 1.0)
    print(f"  seconds a kata, apart from its slow checks: {_a_kata(took, budgets, len(katas)):.2f}")
    print("the five that take longest")
    for kata in sorted(katas, key=lambda k: -k["seconds"])[:5]:
        print(
            f"  {kata['kata']:<24} {kata['seconds']:6.2f} s  "
            f"({kata['runs']} runs: {kata['mistakes']} mistakes, {kata['variants']} variants, "
            f"{kata['slow_seconds']:.2f} s of slow checks)"
        )


def _a_kata(took: list[float], budgets: list[float], count: int) -> float:
    slow = statistics.median(budgets) - SECONDS_A_KATA * count
    return (statistics.median(took) - slow) / count


if __name__ == "__main__":
    main()
