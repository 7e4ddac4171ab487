"""No submission earns what it did not work for, hangs, leaks, leaves anything, or speaks up."""

from __future__ import annotations

import ast
import json
import subprocess
from collections.abc import Iterator

import pytest

from nnkata.cli.context import pick_course

from .archives import TRAPS
from .carried import SOURCE, UNLIKE, pairs
from .harness import HANDED_IN, KATAS, attacks
from .make_table import (
    COSTS,
    KINDS,
    TABLE,
    Run,
    cost_section,
    described,
    finished,
    page,
    rows,
    start,
)

KEYS = [attack.key for attack in attacks()] + [f"{HANDED_IN}/{trap.name}" for trap in TRAPS]
LEVELS = (2, 1)


class Graders:
    """A grader a level, as whoever runs the tests and as nobody, each started when it is due."""

    def __init__(self) -> None:
        self.running: dict[tuple[str, int], subprocess.Popen[str]] = {}
        self.done: dict[tuple[str, int], Run] = {}

    def start(self, who: str, level: int) -> None:
        if (who, level) not in self.running:
            module = "nobody" if who == "nobody" else "harness"
            self.running[who, level] = start(level, module=module)

    def run(self, who: str, level: int) -> Run:
        if (who, level) not in self.done:
            for other in LEVELS if level else (0,):  # two at a time
                self.start(who, other)
            self.done[who, level] = finished(self.running[who, level])
        return self.done[who, level]

    def close(self) -> None:
        for process in self.running.values():
            if process.poll() is None:
                process.kill()
                process.communicate()


@pytest.fixture(scope="module")
def graders() -> Iterator[Graders]:
    made = Graders()
    yield made
    made.close()


def test_there_are_attacks_of_every_class_against_every_kata() -> None:
    found = described()
    assert {facts["kind"] for facts in found.values()} == set(KINDS)
    assert len(found) > 150
    for kata in KATAS:
        kinds = {facts["kind"] for key, facts in found.items() if key.startswith(f"{kata}/")}
        assert kinds > {"control", "exits", "forging", "spying", "lies", "resources"} - (
            {"forging"} if kata == "value" else set()
        )


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("key", KEYS)
def test_an_attack_comes_to_what_it_should(key: str, level: int, graders: Graders) -> None:
    (result,) = [r for r in graders.run("me", level)["results"] if r["attack"] == key]
    assert result["problems"] == [], result["came"]


@pytest.mark.parametrize("level", LEVELS)
def test_an_ordinary_user_is_protected_in_the_same_way(level: int, graders: Graders) -> None:
    run = graders.run("nobody", level)
    assert run["uid"] != 0
    assert {r["attack"]: r["problems"] for r in run["results"] if r["problems"]} == {}
    assert [r["attack"] for r in run["results"]] == KEYS
    assert run["left"] == []


@pytest.mark.parametrize("level", [*LEVELS, 0])
def test_nothing_is_left_when_all_is_over(level: int, graders: Graders) -> None:
    assert graders.run("me", level)["left"] == []


@pytest.mark.parametrize("who", ["me", "nobody"])
def test_without_protection_marks_are_safe_and_little_else(who: str, graders: Graders) -> None:
    run = graders.run(who, 0)
    told = {r["attack"]: [p for p in r["problems"] if "points" in p] for r in run["results"]}
    assert {key: points for key, points in told.items() if points} == {}
    (files,) = [r["came"] for r in run["results"] if r["attack"] == "softmax/spying_files"]
    assert "shows: checks, reference, beside" in files


def test_the_table_in_the_docs_says_what_came(graders: Graders) -> None:
    runs = {level: graders.run("me", level) for level in (*LEVELS, 0)}
    written, now = rows(TABLE.read_text(encoding="utf-8")), rows(page(runs))
    columns = [place for place, level in enumerate((*LEVELS, 0)) if runs[level]["level"] == level]
    assert list(written) == list(now)
    # Without limits, the speed of the machine decides whether such an archive is read in time.
    hurried = {f"handed in/{t.name}" for t in TRAPS if "takes more than" in " ".join(t.words)}
    told = {
        key: (written[key][place], now[key][place])
        for key in now
        for place in columns
        if written[key][place] != now[key][place]
        and not (key in hurried and (*LEVELS, 0)[place] == 0)
    }
    assert told == {}, "→ python -m tests.attacks.make_table --write"


def test_the_costs_in_the_docs_are_those_that_were_measured() -> None:
    assert cost_section() in TABLE.read_text(encoding="utf-8"), "→ make_table --costs"
    costs = json.loads(COSTS.read_text(encoding="utf-8"))
    assert costs.keys() <= set(KEYS)
    assert max(cost["processor"] for cost in costs.values()) <= 60
    assert max(cost["megabytes"] for cost in costs.values()) <= 512


def test_each_kata_meets_one_attack_of_each_kind() -> None:
    course = pick_course("nn_from_scratch")[0]
    met: dict[str, set[str]] = {}
    for attack in pairs(course):
        ast.parse(attack.text)
        met.setdefault(attack.kata, set()).add(attack.kind)
    assert met.keys() == course.katas.keys() - {SOURCE}
    assert {frozenset(kinds) for kinds in met.values()} == {
        frozenset(KINDS.keys() - {*UNLIKE, "archive", "folder"})
    }
    third = [attack.key for part in range(3) for attack in pairs(course, part, 3)]
    assert sorted(third) == sorted(attack.key for attack in pairs(course))
