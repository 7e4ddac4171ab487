"""What one hostile submission can cost a grader at the default limits: seconds and megabytes.

Each submission of tests/attacks is graded by `kata grade` in a process of its own. The memory is
that of the grader and all its descendants together, read every 20 ms: of each process the pages
that it shares with no other one, and its share of the others (PSS).

    python -m bench.attack_cost [--only WORD] [--jobs N]

Targets: at most 60 seconds for a kata, and at most 512 MB together.
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
from tests.attacks.harness import Attack, attacks

from nnkata.cli.context import pick_course

EVERY_SECONDS = 0.02
MOST_SECONDS, MOST_MB = 60.0, 512.0
SHOWN = 8


class Cost(NamedTuple):
    """What grading one submission took."""

    key: str
    seconds: float
    megabytes: float
    outcome: str


def main() -> int:
    """Grade every attack, print the most expensive ones, and say whether the targets are met."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help="attacks whose name contains this word")
    parser.add_argument("--jobs", type=int, default=1, help="how many are graded at once")
    options = parser.parse_args()
    chosen = [a for a in attacks() if options.only in a.key and not a.name.startswith("kill_")]
    with ThreadPoolExecutor(options.jobs) as threads:
        costs = list(threads.map(measure, chosen))
    for title, key in (("seconds", lambda c: c.seconds), ("megabytes", lambda c: c.megabytes)):
        print(f"\nThe most {title}")
        for cost in sorted(costs, key=key, reverse=True)[:SHOWN]:
            print(f"  {cost.key:48} {cost.seconds:6.1f} s {cost.megabytes:6.0f} MB  {cost.outcome}")
    seconds, megabytes = (max(getattr(c, n) for c in costs) for n in ("seconds", "megabytes"))
    print(
        f"\n{len(costs)} submissions: at most {seconds:.1f} s (target {MOST_SECONDS:g}) and "
        f"{megabytes:.0f} MB (target {MOST_MB:g}), Python and numpy included"
    )
    return 0


def measure(attack: Attack) -> Cost:
    """Grade one attack in a process of its own."""
    with tempfile.TemporaryDirectory(prefix="attack-cost-") as folder:
        write_submission(attack, Path(folder))
        command = [Path(sys.executable).parent / "kata", "grade", "it", "--kata", attack.kata,
                   "--seed", "7", "--json"]  # fmt: skip
        begun = time.monotonic()
        with subprocess.Popen(
            command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        ) as process:
            peak = 0.0
            with ThreadPoolExecutor(1) as reader:
                printed = reader.submit(process.communicate)
                while not printed.done():
                    peak = max(peak, tree_megabytes(process.pid))
                    time.sleep(EVERY_SECONDS)
                out = printed.result()[0]
        seconds = time.monotonic() - begun
    return Cost(attack.key, seconds, peak, outcome_of(out))


def write_submission(attack: Attack, folder: Path) -> None:
    """Write a submission with one module; the places that it may know are made up."""
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
    """Return the points of a result and the kinds of its outcomes, in words."""
    try:
        (verdict,) = json.loads(out)["verdicts"]
    except (ValueError, KeyError):
        return "no verdict"
    kinds = sorted({outcome["outcome"] for outcome in verdict["outcomes"]})
    return f"{verdict['points']}/{verdict['max_points']} {', '.join(kinds)}"


if __name__ == "__main__":
    sys.exit(main())
