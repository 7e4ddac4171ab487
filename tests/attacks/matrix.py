"""The grader process of `python -m bench.attack_matrix`.

    python -m tests.attacks.matrix LEVEL < task > lines

reads a `Task` as JSON, and writes a line of JSON for each event: `level` (which protection holds),
`begin` (what is graded now), `honest` (the points that modules without work earn), `result`, and at
last `left`. The process that reads the lines stops a grader that begins something and does not end
it.
"""

from __future__ import annotations

import functools
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from nnkata.model import Course, Kata

from .carried import (
    WITHOUT_MARKS,
    can_be_carried,
    carried,
    honest_points,
    unexpected_acts,
)
from .harness import Attack, Came, Ground, attacks, left_by, longest_seconds


class Task(Struct):
    """What one grader process grades."""

    attacks: dict[str, list[str]]
    """Names of attacks by kata."""
    honest: dict[str, int]
    """What is known of the points that modules without work earn."""
    cache: str
    """A folder for the answers of known mistakes."""
    token: str
    """The end of the secrets that are planted; the cached answers depend on it."""


NO_ATTACK = ("control", "oracle")
"""Kinds that do honest work, or that hold right answers to their own kata."""


def attacks_on(kata: Kata) -> Iterator[Attack]:
    """Yield every attack on a kata: its own as they are written, and those carried over to it."""
    for attack in _all_attacks():
        if attack.kind in NO_ATTACK or attack.facts.get("marks", "0") not in WITHOUT_MARKS:
            continue
        if attack.kata == kata.name:
            yield attack
        elif can_be_carried(attack, NO_ATTACK):
            yield carried(attack, kata)


@functools.cache
def _all_attacks() -> tuple[Attack, ...]:
    return tuple(attacks())


def runs_on(attack: Attack, level: int) -> bool:
    """Return whether an attack may run on a level: some may run behind protection only."""
    return level > 0 or not attack.unsafe


def batches(course: Course, katas: list[str], size: int) -> list[list[str]]:
    """Divide katas into batches in which no kata is a prerequisite of another.

    A submission may read the references of its prerequisites, so a secret can be planted only in a
    reference that is lent to no other kata of the batch.
    """
    needs = {name: set(course.all_needs(name)) for name in katas}
    found: list[list[str]] = []
    for name in katas:
        for batch in found:
            related = any(name in needs[other] or other in needs[name] for other in batch)
            if len(batch) < size and not related:
                batch.append(name)
                break
        else:
            found.append([name])
    return found


def result_of(level: int, attack: Attack, came: Came, honest: int) -> dict[str, Any]:
    """Return what came of an attack; `honest` are the points of modules without work."""
    return {
        "points": came.points,
        "most": came.max_points,
        "honest": honest,
        "marks": came.points > honest,
        "hangs": came.seconds > longest_seconds(attack),
        "leaks": came.leaks,
        "left": came.left,
        "could": unexpected_acts(level, attack, came),
        "wrong": [words for words in came.wrong if not words.startswith("it took")],
        "outcomes": came.outcomes,
        "seconds": round(came.seconds, 2),
    }


def grade(level: int, task: Task) -> Iterator[dict[str, Any]]:
    """Grade the attacks of a task, kata by kata; yield the events."""
    known = dict(task.honest)
    ground = Ground(level, tuple(task.attacks), Path(task.cache), task.token)
    try:
        yield {"level": ground.level, "uid": os.getuid()}
        for kata, names in task.attacks.items():
            chosen = [a for a in attacks_on(ground.courses[False].katas[kata]) if a.name in names]
            for attack in chosen:
                yield {"begin": attack.key}
                came = ground.run(attack)
                if came.points and kata not in known:
                    yield {"begin": f"{kata}/honest"}
                    known[kata] = honest_points(ground, kata)
                    yield {"honest": kata, "points": known[kata]}
                result = result_of(level, attack, came, known.get(kata, 0))
                yield {"result": attack.key} | result
    finally:
        left = left_by(ground)
    yield {"left": left}


def main() -> None:
    """Grade the task in the input on the level in the command line."""
    task = msgspec.json.decode(sys.stdin.buffer.read(), type=Task)
    for event in grade(int(sys.argv[1]), task):
        print(json.dumps(event), flush=True)


if __name__ == "__main__":
    main()
