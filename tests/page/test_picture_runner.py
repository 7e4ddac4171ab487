"""A kata's pictures are drawn from a learner's module, or from the reference, with the reason."""

from __future__ import annotations

import textwrap
from typing import Any

import pytest
from msgspec.structs import replace

from nnkata.checking.runtime import Submission
from nnkata.errors import CourseError
from nnkata.model import Course, LoadFailure
from nnkata.page import picture_runner as module
from nnkata.page.picture_runner import KataPicture, PictureRunner
from nnkata.pictures import Canvas, Frame, Picture
from nnkata.verify.picture_checks import faults, pictures
from nnkata.verify.static_checks import Finding

REFERENCE = "def f(x):\n    return x + 1\n"
DRAWING = """
    from nnkata.pictures import Canvas, Frame, Picture

    def drawn(words):
        canvas = Canvas(100, 20)
        canvas.text(0, 10, words)
        return Picture(f"f, {words}", f"It gives {words}.", [Frame(canvas)], {"got": words})

    def picture_one(solution):
        return drawn(str(solution.f(1)))

    def picture_two(solution):
        return drawn(f"at two {solution.f(2)}")
"""


class Room:
    """A course with one kata `f`, and its runner."""

    def __init__(self, lab: Any) -> None:
        checks = "def test_f(solution):\n    '''f adds one.'''\n    assert solution.f(1) == 2\n"
        kata = {"reference": REFERENCE, "checks": checks, "exports": ["f"]}
        self.course: Course = lab.course({"f": kata})
        self.kata = self.course.katas["f"]
        self.runner = PictureRunner(self.course, lab.pool)

    def write(self, text: str) -> None:
        (self.kata.folder / "pictures.py").write_text(textwrap.dedent(text), encoding="utf-8")

    def draw(self, text: str | LoadFailure, started: bool = True) -> list[KataPicture]:
        read = textwrap.dedent(text) if isinstance(text, str) else text
        return self.runner.draw(self.kata, Submission("ada", lambda _: read), started)

    def findings(self) -> list[Finding]:
        return list(pictures(self.kata, self.runner))


@pytest.fixture
def room(lab: Any) -> Room:
    made = Room(lab)
    made.write(DRAWING)
    return made


def got(drawn: KataPicture) -> str:
    assert drawn.picture is not None
    return str(drawn.picture.numbers["got"])


def test_pictures_come_in_their_order_from_the_learners_module(room: Room) -> None:
    drawn = room.draw("def f(x):\n    return x + 10\n")
    assert [d.name for d in drawn] == ["one", "two"]
    assert [got(d) for d in drawn] == ["11", "at two 12"]
    assert all(d.own and not d.problem for d in drawn)


def test_a_kata_without_pictures_has_none(room: Room) -> None:
    (room.kata.folder / "pictures.py").unlink()
    assert room.draw(REFERENCE) == []
    assert room.findings() == []


def test_what_the_module_raises_is_said_and_the_reference_is_drawn(room: Room) -> None:
    one, two = room.draw(
        """
        def f(x):
            if x == 1:
                raise NotImplementedError("kata f: write f")
            return "odd"
        """
    )
    assert (one.own, one.problem) == (False, "NotImplementedError: kata f: write f")
    assert got(one) == "2"
    assert (two.own, got(two)) == (True, "at two odd")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("def f(x):\n    return object()\n", "got an object"),
        ("def f(x:\n", "never closed"),
        ("import os\nos._exit(3)\n", "while the module was being loaded"),
        ("def g(x):\n    return x\n", "f"),
    ],
)
def test_what_cannot_be_drawn_is_said(room: Room, text: str, words: str) -> None:
    for drawn in room.draw(text):
        assert not drawn.own
        assert words in drawn.problem
        assert got(drawn) in ("2", "at two 3")


def test_a_module_that_cannot_be_read_is_said_so(room: Room) -> None:
    (one, _) = room.draw(LoadFailure("missing", "there is no such file"))
    assert (one.own, one.problem, got(one)) == (False, "there is no such file", "2")


def test_a_module_that_is_not_written_yet_is_not_tried(room: Room) -> None:
    (one, _) = room.draw("raise RuntimeError", started=False)
    assert (one.own, one.problem, got(one)) == (False, "", "2")


def test_what_takes_too_long_ends_and_is_not_tried_again(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "SECONDS", 1.0)
    room.write(
        """
        from nnkata.pictures import Canvas, Frame, Picture
        tried = []

        def picture_one(solution):
            tried.append("one")
            solution.f(1)
            return Picture("t", "d", [Frame(Canvas(1, 1))])

        def picture_two(solution):
            tried.append("two")
            solution.f(1)
            return Picture("t", "d", [Frame(Canvas(1, 1))], {"tried": tried})
        """
    )
    one, two = room.draw("def f(x):\n    while True: pass\n")
    assert not one.own
    assert not two.own
    assert one.problem == two.problem != ""
    assert two.picture is not None
    assert two.picture.numbers["tried"] == ["one", "one", "two"]  # the second pair: the reference


@pytest.mark.parametrize("ending", ["return x", "os._exit(1)"])
def test_pictures_together_have_the_budget_of_a_kata(ending: str, lab: Any) -> None:
    """Else a module that is late in each picture costs ten seconds for each of them."""
    room = Room(lab)
    limits = replace(room.kata.file.limits, total_seconds=1.0)
    kata = replace(room.kata, file=replace(room.kata.file, limits=limits))

    def draw(solution: Any) -> Picture:
        solution.f(1)
        return made()

    functions = {f"picture_{name}": draw for name in "abcdef"}
    text = f"import os, time\ndef f(x):\n    time.sleep(0.4)\n    {ending}\n"
    told = room.runner.attempts(kata, text, Submission("ada", lambda _: text), functions)
    assert told["picture_f"] == "the time of this kata is used up: 1 s"


def test_a_worker_that_dies_costs_one_picture(room: Room) -> None:
    one, two = room.draw("import os\ndef f(x):\n    return x if x == 2 else os._exit(1)\n")
    assert not one.own
    assert one.problem
    assert (two.own, got(two)) == (True, "at two 2")


def test_a_drawing_that_stumbles_says_over_what(room: Room) -> None:
    room.write(DRAWING.replace("str(solution.f(1))", "str(1 / solution.f(1))"))
    (one, _) = room.draw("def f(x):\n    return 0\n")
    assert one.problem == "the result cannot be drawn (ZeroDivisionError: division by zero)"


def test_a_drawing_that_is_too_large_is_not_shown(room: Room) -> None:
    (one, _) = room.draw("def f(x):\n    return 'x' * 400_000\n")
    assert (one.own, one.problem) == (False, "the drawing of the result is too large")


def test_a_picture_function_that_returns_none_is_the_courses_fault(room: Room) -> None:
    room.write("def picture_one(solution):\n    solution.f(1)\n")
    with pytest.raises(CourseError, match="picture_one did not return a Picture"):
        room.draw(REFERENCE)


def test_a_file_that_cannot_be_read_is_the_courses_fault(room: Room) -> None:
    room.write("def picture_one(\n")
    with pytest.raises(CourseError, match=r"pictures\.py cannot be read: SyntaxError"):
        room.draw(REFERENCE)
    (finding,) = room.findings()
    assert "cannot be read" in finding.what


# What verify proves


def test_verify_finds_nothing_in_pictures_that_are_right(room: Room) -> None:
    assert room.findings() == []


def test_verify_names_a_picture_that_the_reference_cannot_be_drawn_by(room: Room) -> None:
    room.write(DRAWING.replace("solution.f(2)", "solution.f(None)"))
    (finding,) = room.findings()
    assert finding.what.startswith("picture_two draws nothing from f.py: TypeError")
    assert finding.where.endswith("pictures.py")


def test_verify_draws_a_variant(room: Room) -> None:
    room.write(DRAWING.replace("str(solution.f(1))", "solution.f(1).strip()"))
    variants = room.kata.folder / "variants"
    variants.mkdir()
    (variants / "other.py").write_text("def f(x):\n    return 1 + x\n", encoding="utf-8")
    assert [f.what.partition(":")[0] for f in room.findings()] == [
        "picture_one draws nothing from f.py", "picture_one draws nothing from other.py",
    ]  # fmt: skip


def test_verify_names_pictures_that_say_the_same(room: Room) -> None:
    room.write(DRAWING.replace('f"at two {solution.f(2)}"', "str(solution.f(1))"))
    assert [f.what for f in room.findings()] == [
        "picture_two says the same as picture_one: f, 2",
        "picture_two says the same as picture_one: It gives 2.",
    ]


def test_verify_tries_the_stub_and_a_mistake(room: Room) -> None:
    room.write(
        """
        from nnkata.pictures import Canvas, Frame, Picture

        def picture_one(solution):
            if solution.f(1) != 2:
                return None
            return Picture("t", "d", [Frame(Canvas(1, 1))])
        """
    )
    assert room.findings() == []
    mistakes = room.kata.folder / "mistakes"
    mistakes.mkdir()
    (mistakes / "wrong.py").write_text('"""x"""\ndef f(x):\n    return 7\n', encoding="utf-8")
    (finding,) = room.findings()
    assert "did not return a Picture" in finding.what


def test_verify_names_a_file_that_draws_nothing(room: Room) -> None:
    room.write("def draw(solution):\n    pass\n")
    (finding,) = room.findings()
    assert finding.what == "pictures.py draws nothing"


def made(width: float = 100, frames: int = 1, caption: str = "c", words: str = "") -> Picture:
    canvas = Canvas(width, 10)
    canvas.text(0, 0, words)
    return Picture("t", "d", [Frame(canvas, caption)] * frames)


@pytest.mark.parametrize(
    ("picture", "fault"),
    [
        (made(width=641), "is 641 wide, more than 640"),
        (made(frames=25), "has 25 frames, more than 24"),
        (made(frames=2, caption=" "), "has frames without a caption"),
        (made(words="x" * 60_000), "bytes in frame 0, more than 60000"),
    ],
)
def test_what_the_page_cannot_show_well_is_a_fault(picture: Picture, fault: str) -> None:
    (found,) = faults(picture)
    assert fault in found


def test_markup_that_is_no_xml_is_a_fault() -> None:
    picture = made()
    picture.frames[0].canvas._parts.append("<g>")
    (found,) = faults(picture)
    assert found.startswith("is not XML in frame 0")
