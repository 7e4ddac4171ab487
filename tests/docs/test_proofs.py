"""The page of proofs has a row for each kata, and the row is of the kata as it is now."""

from __future__ import annotations

import pytest
from bench.proofs import COLUMNS, PAGE, read_rows

from nnkata.checking.pytest_session import Checks
from nnkata.cli.context import pick_course
from nnkata.model import Course
from nnkata.verify.mutation import KILLED_WANTED


@pytest.fixture(scope="module")
def course() -> Course:
    return pick_course()[0]


@pytest.fixture(scope="module")
def rows() -> dict[str, dict[str, str]]:
    cells = read_rows(PAGE)
    return {name: dict(zip(COLUMNS, row, strict=True)) for name, row in cells.items()}


def test_every_kata_has_a_row_of_its_checks_mistakes_and_variants(
    course: Course, rows: dict[str, dict[str, str]]
) -> None:
    checks = Checks(course.katas.values())
    for name, kata in course.katas.items():
        counts = {
            "checks": len(checks.infos(name)),
            "mistakes": len(kata.mistakes()),
            "variants": len(kata.variants()),
        }
        shown = {key: int(rows[name][key]) for key in counts}
        assert shown == counts, f"{name}: prove it and run python -m bench.proofs"


def test_what_is_proven_is_enough(course: Course, rows: dict[str, dict[str, str]]) -> None:
    for name in course.katas:
        killed, counting = map(int, rows[name]["of those that count"].split(" (")[0].split(" of "))
        assert killed >= KILLED_WANTED * counting, name
        assert rows[name]["unused"] == "0", name
        earned, points = map(int, rows[name]["replay"].split(" of "))
        assert 10 * earned <= points or course.katas[name].file.replay, name
