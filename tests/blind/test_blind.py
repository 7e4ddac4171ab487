"""Solutions written from lesson and stub alone, by somebody who had seen nothing else.

The right ones pass, the wrong ones do not, and none is told of a mistake that it does not make:
`named.toml` holds what each wrong one is told, as it was judged by reading both. No first failure is
longer than 40 lines.
"""

from __future__ import annotations

import io
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from nnkata.checking.assessor import Assessor
from nnkata.checking.pytest_session import Checks
from nnkata.checking.runtime import Submission
from nnkata.course.loading import read_courses
from nnkata.model import Verdict
from nnkata.plugins import installed_plugins
from nnkata.reporters.terminal import Detail, write_verdict
from nnkata.sandbox.pool import WorkerPool
from nnkata.text.layout import FileWriter

HERE = Path(__file__).parent
COURSE = read_courses(installed_plugins().course_roots())[0]["nn_from_scratch"]
NAMED = tomllib.loads((HERE / "named.toml").read_text(encoding="utf-8"))
RIGHT = [(name, path) for name in COURSE.katas for path in sorted((HERE / name).glob("right_*.py"))]
WRONG = [(name, path) for name in COURSE.katas for path in sorted((HERE / name).glob("wrong_*.py"))]


def ids(cases: list[tuple[str, Path]]) -> list[str]:
    return [f"{name}-{path.stem}" for name, path in cases]


@pytest.fixture(scope="module")
def assessor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assessor]:
    with WorkerPool() as pool:
        yield Assessor(
            COURSE, Checks(COURSE.katas.values()), pool, tmp_path_factory.mktemp("cache")
        )


def judged(assessor: Assessor, name: str, path: Path) -> Verdict:
    text = path.read_text(encoding="utf-8")
    return assessor.assess(COURSE.katas[name], Submission(path.stem, lambda _: text))


@pytest.mark.parametrize("name", COURSE.katas)
def test_every_kata_has_three_right_and_five_wrong_ones(name: str) -> None:
    assert sum(kata == name for kata, _ in RIGHT) >= 3
    assert sum(kata == name for kata, _ in WRONG) >= 5


@pytest.mark.parametrize(("name", "path"), RIGHT, ids=ids(RIGHT))
def test_a_right_one_passes(assessor: Assessor, name: str, path: Path) -> None:
    verdict = judged(assessor, name, path)
    assert verdict.load is None, verdict.load
    failing = [(o.check, o.outcome, o.message, o.got, o.expected) for o in verdict.outcomes]
    assert verdict.passed, [case for case in failing if case[1] != "passed"]


@pytest.mark.parametrize(("name", "path"), WRONG, ids=ids(WRONG))
def test_a_wrong_one_fails_and_is_given_no_false_name(
    assessor: Assessor, name: str, path: Path
) -> None:
    verdict = judged(assessor, name, path)
    assert not verdict.passed
    assert not any(o.outcome == "broken" for o in verdict.outcomes)
    out = io.StringIO()
    write_verdict(FileWriter(out), verdict, Detail("failing.py", COURSE.package))
    assert len(out.getvalue().splitlines()) + 2 <= 40, out.getvalue()
    named = [d.mistake for d in verdict.diagnoses]
    if not named and path.stem in NAMED["rounding-decides"].get(name, []):
        return
    assert named == NAMED.get(name, {}).get(path.stem, [])
