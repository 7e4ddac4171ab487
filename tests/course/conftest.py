"""Our own course, collected once, with workers to check modules in."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from nnkata.assess import Assessor
from nnkata.courses import read_courses
from nnkata.model import Course
from nnkata.plugins import installed
from nnkata.runner import Checks
from nnkata.seats import Jail


@pytest.fixture(scope="session")
def course() -> Course:
    courses, broken = read_courses(installed().course_roots())
    assert not broken, broken
    return courses["nn_from_scratch"]


@pytest.fixture(scope="session")
def assessor(course: Course, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assessor]:
    with Jail() as jail:
        yield Assessor(
            course, Checks(course.katas.values()), jail, tmp_path_factory.mktemp("cache")
        )
