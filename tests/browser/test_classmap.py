"""The page of `kata classmap`: accessible in both schemes, and nothing wider than a phone."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.classmap.cohorts import known, outcome, result, verdict

from nnkata.classmap import html
from nnkata.classmap.grouping import build_class_map

from .axe_rules import faults
from .conftest import LAPTOP, PHONE, Open


@pytest.fixture
def page_of_a_class(tmp_path: Path) -> str:
    verdicts = []
    for kata in ("one", "a-kata-with-a-very-long-name-that-does-not-fit"):
        verdicts += [
            verdict("ada", outcome("adds"), kata=kata),
            verdict("ben", outcome("adds", "b"), kata=kata, diagnoses=[known("mistake", "adds")]),
            verdict("cyn", outcome("adds", "c", call="f(" + "1, " * 90 + ")"), kata=kata),
            verdict("dan", outcome("adds", "c", call="f(" + "1, " * 90 + ")"), kata=kata),
            verdict("eve" * 40, outcome("adds", "e"), kata=kata),
        ]
    with (tmp_path / "map.html").open("w", encoding="utf-8", newline="") as out:
        html.write(build_class_map([result(*verdicts)]), out)
    return (tmp_path / "map.html").as_uri()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [LAPTOP, PHONE])
def test_the_page_has_no_faults_and_asks_for_nothing_else(
    page_of_a_class: str, opened: Open, axe: str, size: tuple[int, int], scheme: str
) -> None:
    seen = opened(size, scheme, bypass_csp=True)
    page = seen.page()
    page.goto(page_of_a_class)
    assert seen.requests == [page_of_a_class]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert faults(page, axe) == []
    assert seen.said == []
