"""Marks that can be defended: prerequisites, lateness, seeds, and results that can be confirmed."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from nnkata.course.loading import read_courses
from nnkata.course.mistakes import read_mistake
from nnkata.errors import KataError
from nnkata.grading.late_policy import LatePolicy, parse_deadline
from nnkata.model import Verdict
from nnkata.plugins import installed_plugins

KATA = Path(sys.executable).parent / "kata"
COURSE = read_courses(installed_plugins().course_roots())[0]["nn_from_scratch"]


def kata(*words: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([KATA, *words], capture_output=True, text=True, check=False)


def hand_in(folder: Path, name: str, mistake: str | None = None) -> None:
    one = COURSE.katas[name]
    text = read_mistake(one, mistake).module if mistake else one.reference.read_text("utf-8")
    target = folder / COURSE.package / one.module
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8")


def graded(*words: str | Path) -> dict[str, dict[str, object]]:
    done = kata("grade", *words, "--json")
    assert done.returncode == 0, done.stderr
    return {v["kata"]: v for v in json.loads(done.stdout)["verdicts"]}


def test_a_failed_prerequisite_costs_its_own_marks_only(tmp_path: Path) -> None:
    hand_in(tmp_path / "ada", "value", "overwrites-gradient")
    hand_in(tmp_path / "ada", "topological-sort")
    verdicts = graded(tmp_path / "ada", "--kata", "topological-sort", "--kata", "value")
    assert verdicts["value"]["passed"] is False
    assert verdicts["topological-sort"]["passed"] is True
    assert verdicts["topological-sort"]["borrowed"] == ["value"]


def test_without_borrowing_no_reference_reaches_a_submission(tmp_path: Path) -> None:
    """A module that only raises when it is loaded read every reference that it was lent."""
    for name in ("value", "topological-sort"):
        target = tmp_path / "spy" / COURSE.package / COURSE.katas[name].module
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(
            "import sys\n"
            "text, = [f.texts['autograd/value.py'] for f in sys.meta_path if hasattr(f, 'texts')]\n"
            "raise RuntimeError([t for t in text.splitlines() if t.strip()[:5] == 'self.'])\n"
        )
    words = (tmp_path / "spy", "--kata", "topological-sort")
    reference = COURSE.katas["value"].reference.read_text(encoding="utf-8")
    line = next(text for text in reference.splitlines() if text.strip().startswith("self."))
    assert line.strip() in json.dumps(graded(*words))  # borrowed, and shown with --reveal all
    for level in ("name", "message"):
        assert line.strip() not in json.dumps(graded(*words, "--reveal", level))
    verdict = graded(*words, "--no-borrow")["topological-sort"]
    assert line.strip() not in json.dumps(verdict)
    assert verdict["load"] is None
    outcomes = verdict["outcomes"]
    assert isinstance(outcomes, list)
    assert {o["outcome"] for o in outcomes} == {"not_run"}
    assert {o["message"] for o in outcomes} == {"these katas must pass first: value"}


def test_three_submissions_get_three_true_verdicts(tmp_path: Path) -> None:
    hand_in(tmp_path / "right", "softmax")
    hand_in(tmp_path / "wrong", "softmax", "global-max")
    hostile = tmp_path / "hostile" / COURSE.package / "forward"
    hostile.mkdir(parents=True)
    (hostile / "softmax.py").write_text("import os\nos.kill(os.getppid(), 9)\nos._exit(0)\n")
    done = kata("grade", tmp_path, "--each", "--kata", "softmax", "--json")
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout)
    marks = {v["submission"]: (v["passed"], v["points"]) for v in result["verdicts"]}
    whole = COURSE.katas["softmax"].file.points
    assert marks["right"] == (True, whole)
    assert marks["wrong"][0] is False
    assert 0 < marks["wrong"][1] < whole
    assert marks["hostile"] == (False, 0)
    assert result["protection"]["level"] >= 1


def test_a_result_is_confirmed_and_a_changed_one_contradicted(tmp_path: Path) -> None:
    hand_in(tmp_path / "ada", "softmax", "global-max")
    result = tmp_path / "result.json"
    done = kata("grade", tmp_path / "ada", "--kata", "softmax", "--json")
    result.write_text(done.stdout, encoding="utf-8")
    again = kata("grade", tmp_path / "ada", "--recheck", result)
    assert (again.returncode, "confirmed" in again.stdout) == (0, True)
    hand_in(tmp_path / "ada", "softmax")
    changed = kata("grade", tmp_path / "ada", "--recheck", result)
    assert changed.returncode == 1
    assert "the module has changed" in changed.stdout
    assert "treats_each_row_alone was failed, is passed" in changed.stdout


def test_the_seed_is_drawn_printed_and_repeated(tmp_path: Path) -> None:
    hand_in(tmp_path / "ada", "softmax", "no-shift")
    one, two = (kata("grade", tmp_path / "ada", "--kata", "softmax", "--json") for _ in range(2))
    seeds = [json.loads(done.stdout)["seed"] for done in (one, two)]
    assert seeds[0] != seeds[1]
    again = kata("grade", tmp_path / "ada", "--kata", "softmax", "--json", "--seed", str(seeds[0]))
    # a busy machine may let one run time out in a check where the other fails
    first, other, repeated = (
        {
            outcome["check"]: outcome["call"]
            for outcome in json.loads(done.stdout)["verdicts"][0]["outcomes"]
            if outcome["outcome"] == "failed"
        }
        for done in (one, two, again)
    )
    both = first.keys() & repeated.keys()
    assert both
    assert {check: first[check] for check in both} == {check: repeated[check] for check in both}
    assert any(first[check] != call for check, call in other.items() if check in first)


def test_fail_under_is_for_ci(tmp_path: Path) -> None:
    hand_in(tmp_path / "ada", "softmax", "global-max")
    words = ("grade", tmp_path / "ada", "--kata", "softmax", "--fail-under")
    assert kata(*words, "5").returncode == 0
    assert kata(*words, "99").returncode == 1


def test_what_does_not_exist_is_named(tmp_path: Path) -> None:
    done = kata("grade", tmp_path / "nobody")
    assert done.returncode == 2
    assert "does not exist" in done.stderr
    assert "→" in done.stderr


def verdict(points: int) -> Verdict:
    return Verdict(
        submission="ada", kata="softmax", module="forward/softmax.py", passed=False,
        points=points, max_points=20,
    )  # fmt: skip


def test_each_day_begun_costs_a_share_and_never_more_than_all() -> None:
    deadline = datetime(2026, 12, 1, 12, tzinfo=UTC)
    late = LatePolicy(deadline, per_day=0.25)
    scores = [late(verdict(20), deadline + timedelta(hours=h))[0] for h in (-1, 0, 1, 24, 25, 200)]
    assert scores == [20.0, 20.0, 15.0, 15.0, 10.0, 0.0]
    assert late(verdict(20), None)[0] == 20.0
    assert "1 day late" in late(verdict(20), deadline + timedelta(hours=1))[1]


def test_a_deadline_that_is_none_is_said_with_an_example() -> None:
    assert parse_deadline("2026-12-01T23:59").tzinfo is UTC
    with pytest.raises(KataError, match="not a date") as error:
        parse_deadline("tomorrow")
    assert "2026-12-01" in error.value.next_step
