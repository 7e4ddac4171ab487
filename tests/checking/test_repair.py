"""Of a repair kata the symptoms come first, and then one cause at a time."""

from __future__ import annotations

import re

import pytest

from nnkata.checking.repair import is_as_given, stage_causes
from nnkata.cli.context import pick_course
from nnkata.course.mistakes import read_mistake
from nnkata.model import Diagnosis, Verdict

COURSE, _ = pick_course()
KATA = COURSE.katas["two-layer-net"]
STUB = KATA.stub.read_text(encoding="utf-8")
FAULTS = KATA.file.faults


def verdict(*mistakes: str) -> Verdict:
    return Verdict(
        submission="ada", kata=KATA.name, module=KATA.module, passed=False, points=0, max_points=1,
        diagnoses=[Diagnosis(name, name, 1) for name in mistakes],
    )  # fmt: skip


def names(text: str | None, *mistakes: str) -> list[str]:
    return [d.mistake for d in stage_causes(KATA, text, verdict(*mistakes)).diagnoses]


def test_the_given_program_is_told_no_cause() -> None:
    assert names(STUB, *FAULTS) == []
    assert names("# my notes\n" + STUB, *FAULTS) == []


def test_after_a_change_one_fault_is_named_and_other_mistakes_always_are() -> None:
    changed = STUB + "\nLEARNING_RATE = 1.0\n"
    assert names(changed, *reversed(FAULTS), "of-ones-own") == [FAULTS[0], "of-ones-own"]
    assert names(changed, *FAULTS[2:]) == [FAULTS[2]]
    assert names(None, *FAULTS) == [FAULTS[0]]


def test_other_katas_are_told_everything() -> None:
    softmax = COURSE.katas["softmax"]
    both = stage_causes(softmax, "", verdict("global-max", "no-shift"))
    assert [d.mistake for d in both.diagnoses] == ["global-max", "no-shift"]


@pytest.mark.parametrize("text", ["def f(:", "\0", "", "x = " + "1+" * 20_000 + "1"])
def test_a_module_that_cannot_be_read_is_not_the_given_one(text: str) -> None:
    assert not is_as_given(KATA, text)


def test_no_lesson_of_a_repair_kata_says_what_its_faults_are() -> None:
    """Not in the words of their diagnoses, at least: no five words in a row are the same."""
    repairs = [kata for kata in COURSE.katas.values() if kata.file.repair]
    assert len(repairs) >= 2
    for kata in repairs:
        lesson = in_fives(kata.lesson.read_text(encoding="utf-8"))
        for fault in kata.file.faults:
            diagnosis = read_mistake(kata, fault).text.partition("\n\n")[0]
            assert not lesson & in_fives(diagnosis), (kata.name, fault)
            assert fault not in kata.lesson.read_text(encoding="utf-8")


def in_fives(text: str) -> set[tuple[str, ...]]:
    """Return every five words that follow each other."""
    words = re.findall(r"[a-z]+", text.lower())
    return set(zip(words, words[1:], words[2:], words[3:], words[4:], strict=False))
