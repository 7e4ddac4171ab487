"""What is known about mistakes is read once, kept for the next submission, and bounded."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from nnkata.checking import known_mistakes
from nnkata.checking.known_mistakes import KnownMistakes
from nnkata.checking.runtime import Bundle
from nnkata.course.mistakes import Mistake, read_mistakes
from nnkata.errors import CourseError
from nnkata.model import Course, Kata

BUNDLE = Bundle({"part/one.py": "x = 1"}, {}, ["part/one.py"])
MISTAKE = Mistake("wrong", Path("wrong.py"), "It is wrong.", "x = 2")
KATA = {
    "reference": "def f(x): return 2 * x\n", "exports": ["f"],
    "checks": 'def test_doubles(solution):\n    """f doubles."""\n    assert solution.f(3) == 6\n',
    "mistakes": {"adds": '"""It adds."""\n\n\ndef f(x): return 2 + x\n'},
}  # fmt: skip


@pytest.fixture
def kata(lab: Any) -> Kata:
    course: Course = lab.course({"one": KATA})
    return course.katas["one"]


def test_mistakes_are_read_once(kata: Kata, monkeypatch: pytest.MonkeyPatch) -> None:
    known = KnownMistakes()
    assert known.read(kata) == read_mistakes(kata) != []
    monkeypatch.setattr(known_mistakes, "read_mistakes", None)
    assert [mistake.name for mistake in known.read(kata)] == ["adds"]


def test_a_broken_mistake_is_named_each_time(kata: Kata) -> None:
    (kata.folder / "mistakes" / "broken.py").write_text("def f(", encoding="utf-8")
    known = KnownMistakes()
    for _ in range(2):
        broken: list[str] = []
        assert [mistake.name for mistake in known.read(kata, broken)] == ["adds"]
        assert len(broken) == 1
        assert "broken.py" in broken[0]
    with pytest.raises(CourseError, match=r"broken\.py"):
        known.read(kata)


def test_answers_are_kept_without_a_folder(kata: Kata) -> None:
    known = KnownMistakes()
    known.answers(kata, BUNDLE, 1).add(MISTAKE, {"doubles": None})
    assert known.answers(kata, BUNDLE, 1).answers(MISTAKE) == {"doubles": None}
    assert known.answers(kata, BUNDLE, 2).answers(MISTAKE) == {}
    other = Bundle({"part/one.py": "x = 1", "part/needed.py": "y = 1"}, {}, [])
    assert known.answers(kata, other, 1).answers(MISTAKE) == {}


def test_answers_that_would_fill_the_memory_are_only_in_the_folder(
    kata: Kata, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(known_mistakes, "MEMORY_BYTES", 40)
    answers = {"doubles": [[["ok", "a text that is too long for the memory of this test"]]]}
    first = KnownMistakes(tmp_path).answers(kata, BUNDLE, 1)
    first.add(MISTAKE, dict(answers))
    first.save()
    known = KnownMistakes(tmp_path)
    assert known.answers(kata, BUNDLE, 1).answers(MISTAKE) == answers
    assert known.answers(kata, BUNDLE, 1) is not known.answers(kata, BUNDLE, 1)


def test_only_the_answers_that_were_used_last_are_in_memory(kata: Kata) -> None:
    known = KnownMistakes()
    first = known.answers(kata, BUNDLE, 0)
    for seed in range(1, known_mistakes.MEMORY_KEYS):
        known.answers(kata, BUNDLE, seed)
    assert known.answers(kata, BUNDLE, 0) is first
    for seed in range(100, 100 + known_mistakes.MEMORY_KEYS):
        known.answers(kata, BUNDLE, seed)
    assert known.answers(kata, BUNDLE, 0) is not first
