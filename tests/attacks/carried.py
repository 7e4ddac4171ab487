"""The attacks on softmax, carried over to every other kata of the course.

Each kata meets one attack of each kind, and which one goes round: kata number n meets attack
number n of its kind, modulo how many there are. So each kata meets each kind, and each attack
meets several katas. The module of a kata is written from its own interface: each function and
method that it must define does what the attack does in `softmax`.

    python -m tests.attacks.carried LEVEL [PART/PARTS] [KATA …]

prints a line of JSON per pair, and at last what was left. `1/3` runs the second third of the pairs:
of each kata another third of the kinds.
"""

from __future__ import annotations

import functools
import json
import os
import sys
from collections.abc import Collection, Iterator
from dataclasses import replace

from nnkata.cli.context import pick_course
from nnkata.model import Course, Kata
from nnkata.verify.cheating_checks import ANSWERS
from nnkata.verify.module_ast import constant_module, make_junk_modules

from .harness import Attack, Came, Ground, attacks, left_by

SOURCE = "softmax"
"""The kata whose attacks are carried over; it has some of each kind."""
WITHOUT_MARKS = ("0", "idle")
"""What an attack may earn that is carried over: others hold right answers to their own kata."""
UNLIKE = ("control", "oracle", "kill")
"""Kinds that are not attacks, answer their own kata, or want a grader of their own to end."""


def carried(attack: Attack, kata: Kata) -> Attack:
    """Return an attack as a module of another kata."""
    reference = kata.reference.read_text(encoding="utf-8")
    doing = _calls_of_the_attack(reference, tuple(kata.file.exports))
    text = f"{attack.text}\n\n_attack = globals().get({SOURCE!r})\n\n\n{doing}"
    return replace(attack, kata=kata.name, text=text)


@functools.lru_cache(maxsize=4)
def _calls_of_the_attack(reference: str, exports: tuple[str, ...]) -> str:
    return constant_module(reference, list(exports), "_attack(*args, **keywords)")


def can_be_carried(attack: Attack, without: Collection[str] = UNLIKE) -> bool:
    """Return whether an attack is on the kata SOURCE, holds no right answers, and is of a kind
    that is not in `without`."""
    return (
        attack.kata == SOURCE
        and attack.kind not in without
        and attack.facts.get("marks", "0") in WITHOUT_MARKS
    )


def pairs(course: Course, part: int = 0, parts: int = 1) -> Iterator[Attack]:
    """Yield the attacks that each kata meets, kata by kata in the order of the course.

    With `parts`, it is one of so many parts of them.
    """
    kinds: dict[str, list[Attack]] = {}
    for attack in filter(can_be_carried, attacks()):
        kinds.setdefault(attack.kind, []).append(attack)
    for number, kata in enumerate(course.katas.values()):
        for place, found in enumerate(kinds.values()):
            if kata.name != SOURCE and (number + place) % parts == part:
                yield carried(found[number % len(found)], kata)


def problems(ground: Ground, attack: Attack, came: Came) -> list[str]:
    """Say what should not have come of an attack that was carried over."""
    told = [*came.wrong, *(f"{leak} is in a report" for leak in came.leaks)]
    told += [f"{thing} is left" for thing in came.left]
    if could := unexpected_acts(ground.level, attack, came):
        told.append(f"it could do this: {could}")
    if came.points and came.points > (earned := honest_points(ground, attack.kata)):
        told.append(f"{came.points} points, and modules without work earn {earned}")
    return told


def unexpected_acts(level: int, attack: Attack, came: Came) -> str:
    """Return the acts that an attack could do, if the level should have refused them."""
    lets = attack.facts.get(f"level {level} lets", "nothing")
    return came.worked if level and came.worked not in ("", lets) else ""


MINUS_ONES = "__import__('numpy').zeros(__import__('numpy').shape((args or (0.0,))[0])) - 1.0"
"""What `lies_changed_result` answers before it changes it: an ordinary wrong answer."""


def honest_points(ground: Ground, kata: str) -> int:
    """Return the most points of modules of a kata that do no work and lie about nothing."""
    found = ground.courses[False].katas[kata]
    reference = found.reference.read_text(encoding="utf-8")
    exports = found.file.exports
    texts = [text for _, text in make_junk_modules(reference, exports)]
    answers = (*ANSWERS.values(), MINUS_ONES)
    texts += [constant_module(reference, exports, answer) for answer in answers]
    empty = Attack(kata, "control_idle", "", "", frozenset(), {}, "")
    return max(ground.run(replace(empty, text=text)).points for text in texts)


def main() -> None:
    """Run the pairs on one level; print what came of each."""
    level, *rest = sys.argv[1:]
    part, parts = map(int, rest.pop(0).split("/")) if rest and "/" in rest[0] else (0, 1)
    course = pick_course("nn_from_scratch")[0]
    chosen = [a for a in pairs(course, part, parts) if not rest or a.kata in rest]
    ground = Ground(int(level), tuple(dict.fromkeys(a.kata for a in chosen)))
    try:
        for attack in chosen:
            if level == "0" and attack.unsafe:
                continue
            came = ground.run(attack)
            found = {
                "attack": attack.key, "level": ground.level, "uid": os.getuid(),
                "came": came.cell(None), "problems": problems(ground, attack, came),
                "seconds": round(came.seconds, 2),
            }  # fmt: skip
            print(json.dumps(found), flush=True)
    finally:
        left = left_by(ground)
    print(json.dumps({"left": left}))


if __name__ == "__main__":
    main()
