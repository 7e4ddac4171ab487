"""Our own course, collected once, with workers to check modules in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

import pytest

from nnkata.checking.assessor import Assessor
from nnkata.checking.pytest_session import Checks
from nnkata.course.loading import read_courses
from nnkata.model import Course
from nnkata.plugins import installed_plugins
from nnkata.sandbox.pool import WorkerPool

T = TypeVar("T")


@pytest.fixture(scope="session")
def course() -> Course:
    courses, broken = read_courses(installed_plugins().course_roots())
    assert not broken, broken
    return courses["nn_from_scratch"]


@pytest.fixture(scope="session")
def assessor(course: Course, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assessor]:
    with WorkerPool() as pool:
        yield Assessor(
            course, Checks(course.katas.values()), pool, tmp_path_factory.mktemp("cache")
        )


def spread(items: Sequence[T], count: int) -> Sequence[T]:
    """Return about `count` of the items, at equal distances."""
    return items[:: max(1, len(items) // count)]
