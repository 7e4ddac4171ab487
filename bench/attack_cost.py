"""Measure the time and memory that a hostile submission costs a grader at the default limits.

Each submission of tests/attacks is graded by its own `kata grade` process. The memory is the sum
for the grader and all its descendants, read every 20 ms. For each process, it is the
proportional set size (PSS): its private pages, and its share of the shared pages. On a busy
machine, a short peak can fall between two readings; the megabytes are then a lower bound.

    python -m bench.attack_cost [--only WORD] [--carried KIND] [--jobs N] [--write]

By default, the attacks on softmax, value and gradient-descent are graded. `--carried resources`
grades the attacks of that kind that tests/attacks/carried.py adapts to every other kata.

Targets: at most 60 seconds for a kata, and at most 512 MB in total.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import numpy as np
from bench.process_tree import tree_megabytes
from tests.attacks.carried import pairs
from tests.attacks.harness import Attack, attacks
from tests.attacks.make_table import COSTS

from nnkata.cli.context import pick_course

EVERY_SECONDS = 0.02
MAX_SECONDS, MAX_MB = 60.0, 512.0
SHOWN = 8


class Cost(NamedTuple):
    """The cost of grading one submission."""

    key: str
    seconds: float
    processor: float
    megabytes: float
    outcome: str


def main() -> int:
    """Grade every attack and print the most expensive ones and whether the targets are met."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help="attacks whose name contains this word")
    parser.add_argument("--carried", default="", help="attacks of this kind on all other katas")
    parser.add_argument(
        "--write", action="store_true", help="save each cost for the table of attacks"
    )
    parser.add_argument(
        "--jobs", type=int, default=1, help="number of attacks to grade at the same time"
    )
    options = parser.parse_args()
    chosen = [a for a in attacks() if a.kind != "kill"]
    if options.carried:
        course = pick_course("nn_from_scratch")[0]
        chosen = [a for a in pairs(course) if a.kind == options.carried]
    chosen = [attack for attack in chosen if options.only in attack.key]
    costs: list[Cost] = []
    with ThreadPoolExecutor(options.jobs) as threads:
        for cost in threads.map(measure, chosen):
            costs.append(cost)
            print(write_line(cost), file=sys.stderr, flush=True)
            if options.write:
                keep(cost)
    for name in ("seconds", "processor", "megabytes"):
        print(f"\nThe most: {name}")
        for cost in sorted(costs, key=lambda c: getattr(c, name), reverse=True)[:SHOWN]:
            print(write_line(cost))
    seconds, megabytes = (max(getattr(c, n) for c in costs) for n in ("seconds", "megabytes"))
    print(
        f"\n{len(costs)} submissions: at most {seconds:.1f} s (target {MAX_SECONDS:g}) and "
        f"{megabytes:.0f} MB (target {MAX_MB:g}), Python and numpy included"
    )
    return 0


def write_line(cost: Cost) -> str:
    """Return a line of the table for a cost."""
    return (
        f"  {cost.key:48} {cost.seconds:6.1f} s {cost.processor:6.1f} s of a processor "
        f"{cost.megabytes:6.0f} MB  {cost.outcome}"
    )


def keep(cost: Cost) -> None:
    """Add a cost to the file from which the table of attacks is generated."""
    kept = json.loads(COSTS.read_text(encoding="utf-8")) if COSTS.exists() else {}
    load = round(os.getloadavg()[0] / (os.cpu_count() or 1), 1)
    figures = {
        "seconds": round(cost.seconds, 1), "processor": round(cost.processor, 1),
        "megabytes": round(cost.megabytes), "outcome": cost.outcome,
        "date": time.strftime("%Y-%m-%d"), "load": load,
    }  # fmt: skip
    kept[cost.key] = figures
    COSTS.write_text(json.dumps(kept, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def measure(attack: Attack) -> Cost:
    """Grade one attack in a process of its own."""
    with tempfile.TemporaryDirectory(prefix="attack-cost-") as folder:
        write_submission(attack, Path(folder))
        command = [Path(sys.executable).parent / "kata", "grade", "it", "--kata", attack.kata,
                   "--seed", "7", "--json"]  # fmt: skip
        with tempfile.TemporaryFile() as out:
            begun = time.monotonic()
            process = subprocess.Popen(command, cwd=folder, stdout=out, stderr=subprocess.DEVNULL)
            peak, ended = 0.0, 0
            while not ended:
                peak = max(peak, tree_megabytes(process.pid))
                time.sleep(EVERY_SECONDS)
                ended, process.returncode, used = os.wait4(process.pid, os.WNOHANG)
            seconds = time.monotonic() - begun
            out.seek(0)
            outcome = outcome_of(out.read())
    return Cost(attack.key, seconds, used.ru_utime + used.ru_stime, peak, outcome)


def write_submission(attack: Attack, folder: Path) -> None:
    """Write a submission with one module, with its `@name@` placeholders filled in."""
    kata = pick_course("nn_from_scratch")[0].katas[attack.kata]
    text = attack.text or kata.reference.read_text(encoding="utf-8")
    places = {
        "checks": kata.checks, "reference": kata.reference, "temp": folder, "port": 9,
        "beside": folder / "beside.txt", "grader": os.getpid(),
        "site": Path(np.__file__).parents[1],
    }  # fmt: skip
    for name, value in places.items():
        text = text.replace(f"@{name}@", str(value))
    module = folder / "it" / "mynn" / kata.module
    module.parent.mkdir(parents=True)
    module.write_text(text, encoding="utf-8", errors="surrogatepass")


def outcome_of(out: bytes) -> str:
    """Return a text with the points of a result and the kinds of its outcomes."""
    try:
        (verdict,) = json.loads(out)["verdicts"]
    except (ValueError, KeyError):
        return "no verdict"
    kinds = sorted({outcome["outcome"] for outcome in verdict["outcomes"]})
    return f"{verdict['points']}/{verdict['max_points']} {', '.join(kinds)}"


if __name__ == "__main__":
    sys.exit(main())
