"""A cause does not hang on how random numbers are drawn: dropout with another distribution."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from nnkata.checking.assessor import Assessor
from nnkata.checking.pytest_session import Checks
from nnkata.checking.runtime import Submission
from nnkata.course.loading import read_courses
from nnkata.plugins import installed_plugins
from nnkata.sandbox.pool import WorkerPool

COURSE = read_courses(installed_plugins().course_roots())[0]["nn_from_scratch"]
DROPOUT = COURSE.katas["dropout"]
BINOMIAL = (DROPOUT.folder / "variants" / "bernoulli.py").read_text(encoding="utf-8")
FORWARD, BACKWARD = "x / x.dtype.type(self.keep)", "dout[self.kept] / self.keep"
REWORDED = {
    "no-scaling": [(FORWARD, "x"), (BACKWARD, "dout[self.kept]")],
    "backward-does-not-scale": [(BACKWARD, "dout[self.kept]")],
    "divides-by-rate": [
        (FORWARD, "x / x.dtype.type(1 - self.keep or 1)"),
        (BACKWARD, "dout[self.kept] / (1 - self.keep or 1)"),
    ],
    "rate-is-the-share-that-is-kept": [
        ("self.keep, self.rng = 1.0 - rate, rng", "self.keep, self.rng = rate or 1.0, rng"),
    ],
    "whole-samples-are-dropped": [
        ("size=x.shape)", "size=(len(x),) + (1,) * (x.ndim - 1)) + np.zeros_like(x)"),
    ],
}


@pytest.fixture(scope="module")
def assessor() -> Iterator[Assessor]:
    with WorkerPool() as pool:
        yield Assessor(COURSE, Checks([DROPOUT]), pool)


@pytest.mark.parametrize("mistake", REWORDED)
def test_a_mistake_is_named_whatever_it_draws_with(assessor: Assessor, mistake: str) -> None:
    text = BINOMIAL
    for old, new in REWORDED[mistake]:
        assert text.count(old) == 1
        text = text.replace(old, new)
    verdict = assessor.assess(DROPOUT, Submission("tests", lambda _: text))
    assert [d.mistake for d in verdict.diagnoses] == [mistake]
