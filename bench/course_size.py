"""Compare `kata check`, `next`, `list` and `report` in the whole course and in its core.

    python -m bench.course_size [--rounds 15] [--quiet]

The core is a copy of the course that has only the tracks up to the last one of the core, in
course.toml and in its folder. Both courses are copies in a temporary folder, found through
PYTHONPATH, so that there is no other difference. The learner has solved the same katas in both:
those of the first three tracks. The first round, which is not counted, fills the caches.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from bench import measure

import nn_from_scratch
from nnkata.cli.context import pick_course

LAST_OF_CORE = "library"
SOLVED_TRACKS = 3
TARGET = 1.0
NOISE = 0.05
"""Allowed difference: two medians of the same command differ by about this much."""


def core_of(text: str) -> str:
    """Return the text of course.toml with only the tracks of the core."""
    head, *blocks = re.split(r"(?m)^(?=\[\[)", text)
    kept: list[str] = []
    katas: set[str] = set()
    tracks_left = True
    for block in blocks:
        names = re.findall(r'"([\w-]+)"', block.partition("katas = ")[2].partition("]")[0])
        if block.startswith("[[tracks]]"):
            if tracks_left:
                katas |= set(names)
                kept.append(block)
            tracks_left = tracks_left and f'name = "{LAST_OF_CORE}"' not in block
        elif set(names) <= katas:
            kept.append(block)
    return head + "".join(kept)


def solved_katas(text: str) -> list[str]:
    """Return the katas of the first tracks."""
    blocks = re.split(r"(?m)^(?=\[\[)", text)[1 : 1 + SOLVED_TRACKS]
    parts = (block.partition("katas = ")[2].partition("]")[0] for block in blocks)
    return [name for part in parts for name in re.findall(r'"([\w-]+)"', part)]


def main() -> None:
    """Measure both courses and print the ratios."""
    options = measure.parser(__doc__, 15).parse_args()
    measure.compile_everything()
    measure.machine("click", "pluggy", "msgspec", "numpy", "pytest")
    source = Path(nn_from_scratch.__file__).parent
    text = (source / "course.toml").read_text(encoding="utf-8")
    course, _ = pick_course()
    sides: dict[str, measure.Side] = {}
    cpu: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory(prefix="bench-") as temporary:
        for which in ("all", "core"):
            root = Path(temporary) / which
            copy = root / "nn_from_scratch"
            shutil.copytree(source, copy, ignore=shutil.ignore_patterns("__pycache__"))
            if which == "core":
                (copy / "course.toml").write_text(core_of(text), encoding="utf-8")
                kept = set(re.findall(r'(?m)^name = "([\w-]+)"', core_of(text)))
                for folder in copy.iterdir():
                    if folder.is_dir() and folder.name not in kept:
                        shutil.rmtree(folder)
            env = measure.environment()
            env |= {"PYTHONPATH": str(root), "NNKATA_CACHE": str(root / "results")}
            work = root / "work"
            _run([measure.KATA, "init", work], root, env)
            for name in solved_katas(text):
                kata = course.katas[name]
                module = work / course.package / kata.module
                module.write_bytes(kata.reference.read_bytes())
                _run([measure.KATA, "check", name], work, env)
            commands: dict[str, list[str | Path]] = {
                "check": [measure.KATA, "check", "step-function"],
                "next": [measure.KATA, "next"],
                "list": [measure.KATA, "list"],
                "report": [measure.KATA, "report", "--to", work / "report"],
            }
            for name, command in commands.items():
                key = f"kata {name}, {which}"
                cpu[key] = []
                sides[key] = measure.process(command, work, env, cpu=cpu[key])
        costs = measure.in_turn(sides, options.rounds, quiet=options.quiet)
    print(f"{options.rounds} rounds in turn")
    measure.table(costs, "ms")
    for name in commands:
        every, core = f"kata {name}, all", f"kata {name}, core"
        measure.ratio(f"kata {name}", costs[every], costs[core], TARGET + NOISE)
        last = options.rounds
        measure.ratio("  processor time", cpu[every][-last:], cpu[core][-last:], TARGET + NOISE)


def _run(command: list[str | Path], folder: Path, env: dict[str, str]) -> None:
    done = subprocess.run(
        [str(part) for part in command], cwd=folder, env=env, capture_output=True, text=True
    )
    if done.returncode:
        raise SystemExit(f"{command} ended with {done.returncode}:\n{done.stdout}{done.stderr}")


if __name__ == "__main__":
    main()
