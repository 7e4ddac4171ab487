"""The first hint follows from the cause that was named, and is never the last one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from nnkata.workspace.hints import take_hint
from nnkata.workspace.progress import Attempt
from nnkata.workspace.workspace import Workspace, create

CHECKS = 'def test_a(solution):\n    """A."""\n    assert solution.f() == 1\n'
KATA = {
    "reference": "def f(): return 1\n", "exports": ["f"], "checks": CHECKS,
    "hint_for": {"early": 1, "middle": 2, "late": 3}, "mistakes": {},
}  # fmt: skip


@pytest.fixture
def workspace(lab: Any, tmp_path: Path) -> Workspace:
    return create(tmp_path / "w", lab.course({"one": KATA}))[0]


def level(workspace: Workspace, text: str, *mistakes: str) -> int:
    """Return the number of the next hint for a module in which a check named these mistakes."""
    kata = workspace.course.katas["one"]
    workspace.path_of(kata).write_text(text, encoding="utf-8")
    attempt = Attempt(workspace.sha_of(kata), False, 0, 1, list(mistakes))
    workspace.progress.record_attempt("one", attempt)
    return take_hint(workspace, kata).level


@pytest.mark.parametrize(
    ("mistakes", "first"),
    [((), 1), (("early",), 1), (("middle",), 2), (("late",), 2), (("late", "early"), 1)],
)
def test_a_cause_chooses_the_first_hint_but_never_the_last_one(
    mistakes: tuple[str, ...], first: int, workspace: Workspace
) -> None:
    assert level(workspace, "one = 1\n", *mistakes) == first


def test_the_last_hint_comes_after_another_one_and_a_change(workspace: Workspace) -> None:
    assert [level(workspace, "one = 1\n", "late") for _ in range(2)] == [2, 2]
    assert [level(workspace, f"one = {n}\n", "late") for n in (2, 3)] == [3, 3]
