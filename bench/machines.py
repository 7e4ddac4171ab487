"""Compare the seven machines of `kata train` with the same models written directly in numpy.

    python -m bench.machines [--rounds 3] [--only WORD]

One side is a machine of refnn/machines.py, built from the modules of the course; the other is the
function of the same name in plain_machines.py. Both train and predict on the frozen split, with the
same architecture, optimizer, batches and epochs, and one BLAS thread. The figures are processor
times.
"""

from __future__ import annotations

import os

from bench import measure

os.environ.update(measure.ONE_THREAD)  # before numpy is imported

import time
from collections.abc import Callable

import numpy as np
from bench import plain_machines

from refnn.digits.data import frozen_split
from refnn.machines import MACHINES, TEMPLATES

TARGET = 1.5


def main() -> None:
    """Measure the machines and print the ratios."""
    parser = measure.parser(__doc__, 3, quiet=False)
    parser.add_argument("--only", default="", help="machines whose name contains this word")
    options = parser.parse_args()
    measure.machine("numpy")
    split = frozen_split()
    for name, machine in MACHINES.items():
        if options.only not in name:
            continue
        plain = getattr(plain_machines, machine.__name__)
        labels = split.y_test[split.y_test < TEMPLATES] if "Hopfield" in name else split.y_test
        shares: dict[str, list[float]] = {"modules": [], "plain": []}

        def read_with_modules(machine=machine, shares=shares, labels=labels) -> None:  # type: ignore[no-untyped-def]
            rng = np.random.default_rng(len(shares["modules"]))
            shares["modules"].append(float((machine(split, rng)[1] == labels).mean()))

        def read_plainly(plain=plain, shares=shares, labels=labels) -> None:  # type: ignore[no-untyped-def]
            rng = np.random.default_rng(len(shares["plain"]))
            shares["plain"].append(float((plain(split, rng) == labels).mean()))

        sides = {"modules": timed(read_with_modules), "plain": timed(read_plainly)}
        costs = measure.in_turn(sides, options.rounds, warmups=0)
        found = ", ".join(f"{side} {np.mean(own):.1%}" for side, own in shares.items())
        print(f"{name}: read {found}")
        measure.table(costs, "s")
        measure.ratio("modules / plain", costs["modules"], costs["plain"], TARGET)


def timed(work: Callable[[], None]) -> measure.Side:
    """Return a side that returns the processor seconds of `work`."""

    def once() -> float:
        start = time.process_time()
        work()
        return time.process_time() - start

    return once


if __name__ == "__main__":
    main()
