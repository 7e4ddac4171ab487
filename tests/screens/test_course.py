"""Nothing that the course says is wider than the narrowest terminal that we promise."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from rich.cells import cell_len

from nnkata.course.mistakes import mistake_text
from nnkata.model import Kata

from .markup import bare
from .scenarios import Scenario, courses, fresh, workspace
from .terminal import on_terminal
from .test_page import Sheet

COLUMNS = 60
KATAS = courses()["nn_from_scratch"].katas
CODE = re.compile(r"    ")
"""What a lesson's code begins with, in Markdown; it is left whole where nothing is coloured."""


def wide(lines: list[str]) -> list[str]:
    return [line for line in lines if cell_len(line) > COLUMNS]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("course") / "nn"
    workspace(Scenario("kata show", fresh), place)
    return place


@pytest.mark.parametrize("kata", KATAS.values(), ids=list(KATAS))
def test_hints_and_diagnoses_fit(kata: Kata) -> None:
    sheet = Sheet(COLUMNS)
    for hint in kata.file.hints:
        sheet.paragraph(hint, indent=2)
    for mistake in kata.mistakes():
        sheet.paragraph(mistake_text(kata, mistake.stem), indent=2)
        sheet.echo(f"What this looks like: {mistake.stem}")
    assert len(sheet.lines) > 12
    assert wide(sheet.lines) == []


@pytest.mark.parametrize("name", KATAS)
def test_a_lesson_fits_with_colour(name: str, place: Path) -> None:
    lines = bare(on_terminal(place, COLUMNS, "show", name).text).split("\n")
    assert len(lines) > 30
    assert wide(lines) == []


@pytest.mark.parametrize("name", KATAS)
def test_a_lesson_fits_without_colour_but_for_its_code(name: str, place: Path) -> None:
    lines = bare(on_terminal(place, COLUMNS, "show", name, NO_COLOR="1").text).split("\n")
    assert len(lines) > 30
    assert [line for line in wide(lines) if not CODE.match(line)] == []


def test_a_solution_is_shown_sign_for_sign_on_a_plain_terminal(place: Path) -> None:
    kata = next(kata for kata in KATAS.values() if "·" in kata.reference.read_text("utf-8"))
    written = on_terminal(place, 80, "--plain", "solution", kata.name, "--give-up")
    assert written.text.rstrip() == kata.reference.read_text("utf-8").rstrip()
