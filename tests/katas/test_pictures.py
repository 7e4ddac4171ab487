"""Every kata of the course has pictures; no module, however wrong, breaks one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from nnkata.checking.runtime import Submission
from nnkata.cli.context import pick_course
from nnkata.course.mistakes import read_mistakes
from nnkata.model import Course
from nnkata.page.picture_runner import PictureRunner, picture_functions
from nnkata.pictures import Picture
from nnkata.sandbox.pool import WorkerPool
from nnkata.verify.picture_checks import faults

from .conftest import spread

KATAS = list(pick_course()[0].katas)


@pytest.fixture(scope="module")
def runner(course: Course) -> Iterator[PictureRunner]:
    with WorkerPool() as pool:
        yield PictureRunner(course, pool)


MISTAKES = 8
"""About how many mistakes of a kata are drawn: all of them would take minutes."""


@pytest.mark.parametrize("name", KATAS)
def test_every_kata_has_a_picture(name: str, course: Course) -> None:
    assert picture_functions(course.katas[name])


@pytest.mark.parametrize("name", KATAS)
def test_every_variant_is_drawn(name: str, runner: PictureRunner) -> None:
    """`kata verify` draws one."""
    kata = runner.course.katas[name]
    for path in kata.variants():
        text = path.read_text(encoding="utf-8")
        submission = Submission("ada", lambda _, text=text: text)  # type: ignore[misc]
        for picture, drawn in runner.attempts(
            kata, text, submission, picture_functions(kata)
        ).items():
            assert isinstance(drawn, Picture), (path.stem, picture, drawn)
            assert not list(faults(drawn)), (path.stem, picture)


@pytest.mark.parametrize("name", KATAS)
def test_whatever_a_module_does_its_pictures_are_sound_or_say_why_there_are_none(
    name: str, runner: PictureRunner
) -> None:
    kata = runner.course.katas[name]
    drawers = picture_functions(kata)
    texts = {"stub": kata.stub.read_text(encoding="utf-8")}
    mistakes = read_mistakes(kata)
    texts |= {mistake.name: mistake.module for mistake in spread(mistakes, MISTAKES)}
    for which, text in texts.items():
        submission = Submission("ada", lambda _, text=text: text)  # type: ignore[misc]
        for picture, drawn in runner.attempts(kata, text, submission, drawers).items():
            if isinstance(drawn, Picture):
                found = [fault for fault in faults(drawn) if "bytes" not in fault]
                assert not found, (which, picture)  # a wrong one may be larger
            else:
                assert drawn.strip(), (which, picture)
                assert "missing 1 required" not in drawn, (which, picture)


@pytest.mark.parametrize("name", KATAS)
def test_of_a_stub_it_is_said_that_it_is_not_written_and_of_a_faulty_one_it_is_shown(
    name: str, runner: PictureRunner
) -> None:
    kata = runner.course.katas[name]
    text = kata.stub.read_text(encoding="utf-8")
    submission = Submission("ada", lambda _: text)
    for drawn in runner.attempts(kata, text, submission, picture_functions(kata)).values():
        if kata.file.repair:
            assert isinstance(drawn, Picture)
        else:
            assert isinstance(drawn, str)
            assert drawn.startswith(f"NotImplementedError: kata {name}: ")
