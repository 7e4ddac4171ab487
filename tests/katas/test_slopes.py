"""A check that promises slopes pays for no Value without them, whatever else is right."""

from __future__ import annotations

import pytest

from nnkata.checking.assessor import Assessor
from nnkata.checking.pytest_session import Checks
from nnkata.checking.runtime import Submission
from nnkata.model import Course
from nnkata.sandbox.pool import WorkerPool

STORED = "self.slopes = slopes"
INSTEAD = {
    "none": "self.slopes = ()",
    "zeros": "self.slopes = tuple(0.0 for _ in slopes)",
    "nan": "self.slopes = tuple(float('nan') for _ in slopes)",
}
PROMISES = ("slope", "derivative", "gradient")


@pytest.mark.parametrize("slopes", INSTEAD)
def test_no_check_that_promises_slopes_pays_for_none(
    slopes: str, course: Course, pool: WorkerPool
) -> None:
    kata = course.katas["value"]
    text = kata.reference.read_text(encoding="utf-8")
    assert text.count(STORED) == 1
    text = text.replace(STORED, INSTEAD[slopes])
    assessor = Assessor(course, Checks([kata]), pool)
    verdict = assessor.check(kata, Submission("ada", lambda _: text), 7).verdict
    promised = [o for o in verdict.outcomes if any(word in o.sentence for word in PROMISES)]
    assert len(promised) > 5
    assert [o.check for o in promised if o.outcome == "passed"] == []
    assert 0 < verdict.points < verdict.max_points / 4
