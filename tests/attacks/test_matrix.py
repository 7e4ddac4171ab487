"""Every attack is graded on every kata once, and what a grader does to itself is noticed."""

from __future__ import annotations

import importlib
import json
import os
import sys
from pathlib import Path
from types import ModuleType

import pytest

from nnkata.cli.context import pick_course

from .carried import can_be_carried
from .harness import attacks
from .make_table import MATRIX, TABLE, matrix_section
from .matrix import NO_ATTACK, attacks_on, batches

COURSE = pick_course("nn_from_scratch")[0]
CHOSEN = ["--katas", "topological-sort", "--attacks", "exits_call,lies_generator", "--levels", "1",
          "--users", "root" if os.geteuid() == 0 else "nobody"]  # fmt: skip
SAYS_ONE = """
import json, sys, time
task = json.load(sys.stdin)
((kata, names),) = task["attacks"].items()
print(json.dumps({"level": 1}))
print(json.dumps({"begin": f"{kata}/{names[0]}"}), flush=True)
"""


@pytest.fixture
def bench(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(Path(__file__).parents[2]))
    return importlib.import_module("bench.attack_matrix")


def results(memory: Path) -> dict[str, dict[str, object]]:
    """Return the results in a memory file by the name of the attack, without the key's start."""
    lines = [json.loads(line) for line in memory.read_text(encoding="utf-8").splitlines()]
    return {line["key"].rpartition("/")[2]: line["result"] for line in lines}


def test_every_kata_meets_every_attack_that_can_be_carried() -> None:
    names = {a.name for a in attacks() if can_be_carried(a, NO_ATTACK)}
    assert len(names) > 100
    for kata in COURSE.katas.values():
        assert {a.name for a in attacks_on(kata)} >= names


def test_no_kata_of_a_batch_is_lent_to_another() -> None:
    found = batches(COURSE, list(COURSE.katas), 4)
    assert sorted(name for batch in found for name in batch) == sorted(COURSE.katas)
    for batch in found:
        assert len(batch) <= 4
        assert not {need for name in batch for need in COURSE.all_needs(name)} & set(batch)


def test_a_combination_is_graded_once_and_remembered(
    bench: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    memory = tmp_path / "memory"
    assert bench.main([*CHOSEN, "--memory", str(memory)]) == 0
    found = results(memory)
    assert found.keys() >= {"exits_call", "lies_generator"}
    assert found["exits_call"]["points"] == 0
    assert found["exits_call"]["outcomes"] == ["crash"]
    first = capsys.readouterr().out

    monkeypatch.setattr(bench, "Grader", None)  # nothing is left to grade
    assert bench.main([*CHOSEN, "--memory", str(memory)]) == 0
    assert capsys.readouterr().out == first
    assert "level 1: 2 combinations, 0 marks, 0 hangs" in first


def test_a_result_counts_only_for_the_same_attack_kata_and_engine(
    bench: ModuleType, tmp_path: Path
) -> None:
    path = tmp_path / "memory"
    bench.Memory(path).add("root 2 value/lies", "one", {"points": 0})
    with path.open("a", encoding="utf-8") as file:
        file.write('{"key": "root 2 value/li')  # as after a power failure
    memory = bench.Memory(path)
    assert memory.get("root 2 value/lies", "one") == {"points": 0}
    assert memory.get("root 2 value/lies", "another") is None


@pytest.mark.parametrize(("more", "fact"), [("", "ended"), ("time.sleep(60)", "hangs")])
def test_an_attack_that_ends_or_hangs_its_grader_is_noticed(
    bench: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, more: str, fact: str,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    graders = importlib.import_module("bench.attack_graders")
    command = [sys.executable, "-c", SAYS_ONE + more]
    monkeypatch.setattr(graders, "grader_command", lambda *_: command)
    monkeypatch.setattr(graders, "SILENCE", 2.0)
    memory = tmp_path / "memory"
    assert bench.main([*CHOSEN, "--memory", str(memory)]) == 1
    found = results(memory)
    assert [bool(found[name].get(fact)) for name in ("exits_call", "lies_generator")] == [True] * 2
    assert f"exits_call: {fact}" in capsys.readouterr().out


def test_marks_and_leaks_are_reported(bench: ModuleType) -> None:
    result = {"points": 3, "honest": 1, "marks": True, "leaks": ["checks"], "left": []}
    assert bench._problems(1, result) == ["3 points, 1 without work", "leaks: ['checks']"]
    assert bench._problems(0, result) == ["3 points, 1 without work"]


def test_an_unknown_name_is_refused(bench: ModuleType) -> None:
    with pytest.raises(SystemExit, match="unknown: sofmax"):
        bench.main(["--katas", "sofmax"])


def test_the_table_of_the_docs_is_what_was_counted_and_meets_the_targets(
    bench: ModuleType,
) -> None:
    assert matrix_section() in TABLE.read_text(encoding="utf-8")
    rows = json.loads(MATRIX.read_text(encoding="utf-8"))
    assert [row for row in rows if bench._misses_a_target(row)] == []
