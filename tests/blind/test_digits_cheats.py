"""A module that trains nothing earns less than half, whatever it says of itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from nnkata.assess import Assessor
from nnkata.bundles import Submission
from nnkata.courses import read_courses
from nnkata.plugins import installed
from nnkata.runner import Checks
from nnkata.seats import Jail

CHEATS = sorted((Path(__file__).parent / "digits-training").glob("cheat_*.py"))


@pytest.mark.parametrize("path", CHEATS, ids=[path.stem for path in CHEATS])
def test_who_trains_nothing_earns_less_than_half(path: Path) -> None:
    course = read_courses(installed().course_roots())[0]["nn_from_scratch"]
    text = path.read_text(encoding="utf-8")
    with Jail() as jail:
        assessor = Assessor(course, Checks(course.katas.values()), jail)
        verdict = assessor.verdict(
            course.katas["digits-training"], Submission(path.stem, lambda _: text),
            slow="always", diagnose=False,
        )  # fmt: skip
    assert verdict.load is None
    assert not any(outcome.outcome == "broken" for outcome in verdict.outcomes)
    assert verdict.points < verdict.max_points / 2
    slow = [outcome for outcome in verdict.outcomes if outcome.slow]
    assert [o.check for o in slow if o.outcome == "passed"] in ([], ["batches_in_many_sizes"])
