"""A picture and a lesson are made once, and again after a change of anything that they show."""

from __future__ import annotations

import textwrap
from pathlib import Path
from typing import Any

import pytest

from nnkata.checking.runtime import Submission
from nnkata.lessons.markdown import to_html
from nnkata.model import Course
from nnkata.page import html
from nnkata.page.html import PageRenderer
from nnkata.page.picture_cache import PictureCache
from nnkata.page.picture_runner import KataPicture
from nnkata.page.stored_pictures import StoringPictureRunner
from nnkata.page.view_models import PageBuilder
from nnkata.result_folder import ResultFolder
from nnkata.sandbox.pool import WorkerPool
from nnkata.workspace.workspace import Workspace

RIGHT = "def f(x):\n    return x + 1\n"
NEED = "def g(x):\n    return x\n"
CHECKS = "def test_f(solution):\n    '''It works.'''\n    assert solution.{}(1)\n"
DRAWING = """
    from nnkata.pictures import Canvas, Frame, Picture

    def picture_one(solution):
        canvas = Canvas(100, 20)
        with canvas.link("other.html"):
            canvas.text(0, 10, f"<{solution.f(1)}>")
        frames = [Frame(canvas, "first"), Frame(canvas)]
        return Picture("A <title>", "Some words.", frames, shown=0)
"""


class StoredRoom:
    """A course with a kata `f` that needs a kata `g`, and a folder of pictures."""

    def __init__(self, lab: Any, folder: Path) -> None:
        katas = {
            "g": {"reference": NEED, "checks": CHECKS.format("g"), "exports": ["g"]},
            "f": {
                "reference": RIGHT, "checks": CHECKS.format("f"), "exports": ["f"], "needs": ["g"]
            },
        }  # fmt: skip
        self.course: Course = lab.course(katas)
        self.kata = self.course.katas["f"]
        self.folder = folder
        self.pool: WorkerPool = lab.pool
        self.texts = {"part/f.py": RIGHT, "part/g.py": NEED}
        self.solved = {"g"}
        self.drawings = self.kata.folder / "pictures.py"
        self.drawings.write_text(textwrap.dedent(DRAWING), encoding="utf-8")

    def draw(self, started: bool = True) -> tuple[list[KataPicture], bool]:
        """Return the pictures as a new process makes them, and whether they were drawn anew."""
        runner = StoringPictureRunner(self.course, self.pool, ResultFolder(self.folder, 10))
        calls: list[str] = []
        attempts = runner.attempts

        def attempt(*arguments: Any) -> Any:
            calls.append("drawn")
            return attempts(*arguments)

        submission = Submission("ada", self.texts.__getitem__, frozenset(self.solved))
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(runner, "attempts", attempt)
            return runner.draw(self.kata, submission, started), bool(calls)


@pytest.fixture
def room(lab: Any, tmp_path: Path) -> StoredRoom:
    """Return a room whose pictures have been drawn from a learner's module."""
    made = StoredRoom(lab, tmp_path / "pages")
    assert made.draw()[1]
    return made


def markup(drawn: list[KataPicture]) -> list[tuple[str, bool, str, list[str], int]]:
    """Return all of the pictures that a page shows."""
    return [
        (
            one.name, one.own, one.problem,
            [one.picture.inline(number, "a") for number in range(len(one.picture.frames))],
            one.picture.shown,
        )
        for one in drawn
        if one.picture is not None
    ]  # fmt: skip


def test_a_stored_picture_looks_like_the_drawn_one(room: StoredRoom) -> None:
    stored, anew = room.draw()
    assert not anew
    for path in room.folder.iterdir():
        path.unlink()
    drawn, anew = room.draw()
    assert anew
    assert markup(stored) == markup(drawn) != []


def change_reference(room: StoredRoom) -> None:
    path = room.course.katas["g"].reference
    path.write_text(NEED + "\n")


def change_drawing(room: StoredRoom) -> None:
    room.drawings.write_text(room.drawings.read_text() + "\n")


def change_probes(room: StoredRoom) -> None:
    room.kata.probes.write_text("def p():\n    return 1\n")


def change_module(room: StoredRoom) -> None:
    room.texts["part/f.py"] += "\n"


def change_need(room: StoredRoom) -> None:
    room.texts["part/g.py"] += "\n"


def change_solved(room: StoredRoom) -> None:
    room.solved.clear()


@pytest.mark.parametrize(
    "change",
    [change_reference, change_drawing, change_probes, change_module, change_need, change_solved],
)
def test_a_change_of_what_it_shows_draws_it_again(room: StoredRoom, change: Any) -> None:
    change(room)
    assert room.draw()[1]
    assert not room.draw()[1]


def test_another_engine_draws_it_again(room: StoredRoom, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nnkata.page.stored_pictures.hash_engine", lambda: "another")
    assert room.draw()[1]


def test_an_unwritten_module_has_the_pictures_of_the_reference(room: StoredRoom) -> None:
    assert room.draw(started=False)[1]
    room.texts["part/f.py"] = "raise NotImplementedError\n"  # the stub is not even read
    stored, anew = room.draw(started=False)
    assert not anew
    assert [one.own for one in stored] == [False]


def test_a_picture_with_a_problem_is_drawn_each_time(room: StoredRoom) -> None:
    room.texts["part/f.py"] = "def f(x):\n    raise ValueError('no')\n"
    for _ in range(2):
        drawn, anew = room.draw()
        assert anew
        assert drawn[0].problem == "ValueError: no"


def test_a_picture_of_files_that_change_meanwhile_is_not_kept(
    room: StoredRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    change_drawing(room)
    keys = iter(["before", "after"])
    monkeypatch.setattr(StoringPictureRunner, "_key", lambda *_: next(keys))
    assert room.draw()[1]
    assert not (room.folder / "before").exists()


@pytest.mark.parametrize("damage", [b"", b"junk", b"\x91\x80", "half"])
def test_a_damaged_picture_is_drawn_and_stored_again(room: StoredRoom, damage: bytes | str) -> None:
    (path,) = room.folder.iterdir()
    whole = path.read_bytes()
    path.write_bytes(damage if isinstance(damage, bytes) else whole[: len(whole) // 2])
    assert room.draw()[1]
    assert path.read_bytes() == whole
    assert not room.draw()[1]


def test_a_lesson_is_rendered_once(
    workspace: Workspace, pool: WorkerPool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lessons = ResultFolder(tmp_path / "pages", 10)
    builder = PageBuilder(workspace, PictureCache(workspace.course, pool))
    texts: list[str] = []

    def render(text: str) -> str:
        texts.append(text)
        return to_html(text)

    monkeypatch.setattr(html, "to_html", render)
    first = PageRenderer(builder, lessons=lessons)._lesson("# A\n\nx <b> **y**\n")
    again = PageRenderer(builder, lessons=lessons)._lesson("# A\n\nx <b> **y**\n")
    assert first == again == "<p>x &lt;b&gt; <strong>y</strong></p>\n"
    assert len(texts) == 1
    PageRenderer(builder, lessons=lessons)._lesson("# A\n\nz\n")
    (tmp_path / "pages").joinpath(next((tmp_path / "pages").iterdir()).name).write_bytes(b"\xff")
    for text in ("# A\n\nz\n", "# A\n\nx <b> **y**\n"):
        assert "\ufffd" not in PageRenderer(builder, lessons=lessons)._lesson(text)
    assert len(texts) == 3
