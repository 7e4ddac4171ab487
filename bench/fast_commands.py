"""Compare `kata next`, `hint` and `list` with the time to import click and to load plugins.

python bench/fast_commands.py [--rounds 25] [--quiet]
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import measure

FLOOR = """
import click, importlib.metadata, pluggy
from nnkata import hookspecs
manager = pluggy.PluginManager("nnkata")
manager.add_hookspecs(hookspecs)
manager.load_setuptools_entrypoints("nnkata")
"""


def main() -> None:
    parser = measure.parser(__doc__, 25)
    options = parser.parse_args()
    rounds = options.rounds
    measure.compile_everything()
    env = measure.environment()
    measure.machine("click", "pluggy", "msgspec")
    with tempfile.TemporaryDirectory(prefix="bench-") as temporary:
        work = Path(temporary)
        subprocess.run([measure.KATA, "init", work], check=True, env=env, capture_output=True)
        cpu: dict[str, list[float]] = {}
        sides: dict[str, measure.Side] = {}
        commands: dict[str, list[str | Path]] = {
            "click, importlib.metadata, pluggy": [sys.executable, "-c", FLOOR],
            "kata next": [measure.KATA, "next"],
            "kata hint": [measure.KATA, "hint"],
            "kata list": [measure.KATA, "list"],
        }
        for name, command in commands.items():
            cpu[name] = []
            sides[name] = measure.process(command, work, env, cpu=cpu[name])
        costs = measure.in_turn(sides, rounds, quiet=options.quiet)
    print(f"cold start, {rounds} rounds in turn")
    measure.table(costs, "ms")
    floor, *others = costs
    for name in others:
        measure.ratio(name, costs[name], costs[floor], 1.3)
    print("processor time, user and system (no target)")
    measure.table({name: values[-rounds:] for name, values in cpu.items()}, "ms")


if __name__ == "__main__":
    main()
