"""`kata verify` of the whole course against its budget, on two cores.

    python bench/verify_course.py [--rounds 3] [--course NAME]

The budget is 0.3 s for each kata and three times what the reference's own slow checks take, which
`kata verify --json` tells of the same run.
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
            budgets.append(SECONDS_A_KATA * len(report["katas"]) + TIMES_SLOW * slow)
    katas = report["katas"]
    undone = [kata["kata"] for kata in katas if not kata["done"]]
    print(f"{len(katas)} katas, {options.rounds} rounds, {JOBS} processes")
    if undone:
        print(f"  not done, so not all of their work was timed: {', '.join(undone)}")
    measure.table({"kata verify": took, "budget": budgets}, "s")
    measure.ratio("kata verify / budget", took, budgets, 1.0)
    print(f"  seconds a kata, apart from its slow checks: {_a_kata(took, budgets, len(katas)):.2f}")
    print("the five that take longest")
    for kata in sorted(katas, key=lambda k: -k["seconds"])[:5]:
        print(
            f"  {kata['kata']:<24} {kata['seconds']:6.2f} s  "
            f"({kata['mistakes']} mistakes, {kata['variants']} variants, "
            f"{kata['slow_seconds']:.2f} s of slow checks)"
        )


def _a_kata(took: list[float], budgets: list[float], count: int) -> float:
    slow = statistics.median(budgets) - SECONDS_A_KATA * count
    return (statistics.median(took) - slow) / count


if __name__ == "__main__":
    main()
