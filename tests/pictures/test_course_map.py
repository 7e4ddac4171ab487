"""The map of a course: its layout, and the learner's own sort behind it."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
from msgspec.structs import replace

from nnkata.checking.runtime import Submission
from nnkata.cli.context import pick_course
from nnkata.course.loading import read_pack
from nnkata.course.mistakes import read_mistake
from nnkata.errors import CourseError
from nnkata.model import Course, Kata
from nnkata.page.course_order import build_page_map, default_order, sort_katas
from nnkata.pictures import MapKata, course_map
from nnkata.pictures.course_map import (
    GRID,
    LETTER,
    LONG_GRID,
    WIDTH,
    direct_needs,
    order_problem,
)
from nnkata.sandbox.pool import WorkerPool

SVG = "{http://www.w3.org/2000/svg}"
STOPS = [
    MapKata("a", "First things", (), "passed"),
    MapKata("b", "Second thoughts", ("a",), "recheck"),
    MapKata("c", "Third time", ("a", "b")),
    MapKata("d", "Something else"),
]


@pytest.fixture(scope="module")
def course() -> Course:
    return pick_course("nn_from_scratch")[0]


def boxes_of(svg: str) -> Iterator[tuple[float, float, float]]:
    """Yield (left, top, bottom) of each box."""
    for rect in ElementTree.fromstring(svg).iter(f"{SVG}rect"):
        if len(rect):
            left, top, height = (float(rect.attrib[k]) for k in ("x", "y", "height"))
            yield left, top, top + height


def random_course(count: int, seed: int) -> list[MapKata]:
    rng = random.Random(seed)
    katas: list[MapKata] = []
    for number in range(count):
        needs = {rng.choice(katas).name for _ in range(rng.choice([0, 1, 1, 2, 3])) if katas}
        katas.append(MapKata(f"kata-{number}", f"The kata with the number {number}", sorted(needs)))
    return katas


@pytest.mark.parametrize(("count", "seed"), [(13, 0), (66, 1), (66, 2), (66, 3)])
def test_every_kata_has_a_place_of_its_own_below_all_it_needs(count: int, seed: int) -> None:
    katas = random_course(count, seed)
    picture = course_map(katas)
    places = picture.numbers["places"]
    assert len({tuple(place) for place in places.values()}) == count
    for kata in katas:
        for need in kata.needs:
            assert places[need][1] < places[kata.name][1]
    grid = GRID if count < 20 else LONG_GRID
    boxes = sorted(boxes_of(picture.svg()))
    assert len(boxes) == count
    for (left, _, bottom), (other, top, _) in pairwise(boxes):
        assert left != other or bottom < top
    canvas = picture.frames[0].canvas
    assert canvas.width == WIDTH
    assert max(bottom for *_, bottom in boxes) < canvas.height <= 1700
    assert all(0 <= left <= WIDTH - grid.box_width for left, *_ in boxes)
    assert {round(left + grid.box_width) for left, *_ in boxes} >= {round(WIDTH - 8)}


def test_states_and_the_current_kata_are_said_in_words() -> None:
    picture = course_map(STOPS, current="c")
    words = [t.text for t in ElementTree.fromstring(picture.svg()).iter(f"{SVG}text")]
    assert {"✓ passed", "check again", "you are here", "open"} <= set(words)
    assert "4 katas" in picture.description
    assert "1 passed: First things." in picture.description
    assert "To check again: Second thoughts." in picture.description
    assert "You are working on Third time." in picture.description


def test_the_map_ends_at_the_goal_of_the_course(course: Course, pool: WorkerPool) -> None:
    goal = list(course.katas)[-1]
    picture = build_page_map(course, sort_katas(course, pool, learner(course, None)), {})
    assert picture.numbers["rows"][-1] == [goal]
    places = picture.numbers["places"]
    assert all(y < places[goal][1] for name, (_, y) in places.items() if name != goal)
    assert f"The goal is {course.katas[goal].title}." in picture.description
    assert "the goal · open" in picture.svg()


def test_a_last_kata_that_rests_on_nothing_or_is_needed_is_no_goal() -> None:
    assert "goal" not in course_map(STOPS).svg()  # d needs nothing
    more = [*STOPS, MapKata("e", "Before", ("z",)), MapKata("z", "Needed", ("a",))]
    assert "goal" not in course_map(more, ["a", "b", "c", "d", "z", "e"]).svg()
    assert course_map(STOPS[:3]).numbers["rows"][-1] == ["c"]


def test_a_need_that_another_need_has_already_gets_no_line() -> None:
    needs = {"a": [], "b": ["a"], "c": ["a", "b"], "d": ["c", "a"]}
    assert direct_needs("c", needs) == ["b"]
    assert direct_needs("d", needs) == ["c"]
    assert course_map(STOPS).numbers["drawn needs"]["c"] == ["b"]


def test_boxes_lead_where_they_should_and_nowhere_else() -> None:
    svg = course_map(STOPS, links={"a": "a/index.html", "b": "#b"}).svg()
    root = ElementTree.fromstring(svg)
    assert [a.attrib["href"] for a in root.iter(f"{SVG}a")] == ["a/index.html", "#b"]
    assert root.attrib["role"] == "group"
    assert ElementTree.fromstring(course_map(STOPS).svg()).attrib["role"] == "img"


def test_an_address_that_runs_something_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot link to"):
        course_map(STOPS, links={"a": "javascript:alert(1)"})


def test_titles_are_escaped_and_shortened_to_their_box() -> None:
    kata = MapKata("a", "<b>&amp; " + "very long words indeed " * 6)
    picture = course_map([kata])
    texts = [t.text or "" for t in ElementTree.fromstring(picture.svg()).iter(f"{SVG}text")]
    assert texts[0].startswith("<b>&amp;")
    assert any(text.endswith("…") for text in texts)
    assert all(len(text) * LETTER <= GRID.box_width for text in texts)


@pytest.mark.parametrize(
    ("order", "words"),
    [
        (["a", "b", "c"], "d is left out"),
        (["b", "a", "c", "d"], "b comes before a, which it needs"),
        (["a", "a", "b", "c", "d"], "a occurs twice"),
        (["a", "b", "c", "d", "e"], "e is not among the katas"),
    ],
)
def test_an_order_that_does_not_hold_is_refused(order: list[str], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        course_map(STOPS, order)


def test_another_valid_order_moves_boxes_of_equal_standing() -> None:
    one = course_map(STOPS, ["a", "d", "b", "c"]).numbers["places"]
    other = course_map(STOPS, ["d", "a", "b", "c"]).numbers["places"]
    assert one["a"] == other["d"]
    assert one["d"] == other["a"]


def test_the_engines_own_order_holds_and_keeps_what_may_stay() -> None:
    needs = {"c": ["a"], "a": [], "b": [], "d": ["c"]}
    assert default_order(needs) == ["a", "c", "b", "d"]
    assert not order_problem(default_order(needs), needs)


def learner(course: Course, text: str | None) -> Submission:
    """Return a submission in which the kata of the map has passed with this text."""
    kata = course.katas[str(course.map)]
    solved = frozenset([kata.name]) if text is not None else frozenset()
    own = text or ""
    return Submission("ada", lambda module: own if module == kata.module else "", solved)


def map_kata(course: Course) -> Kata:
    return course.katas[str(course.map)]


def test_the_learners_own_sort_lays_the_map_out(course: Course, pool: WorkerPool) -> None:
    text = map_kata(course).reference.read_text()
    found = sort_katas(course, pool, learner(course, text))
    assert found.own
    needs = {name: kata.needs for name, kata in course.katas.items()}
    assert not order_problem(found.names, needs)
    backward = text.replace("node.parents", "reversed(node.parents)")
    assert backward != text
    other = sort_katas(course, pool, learner(course, backward))
    assert other.own
    assert other.names != found.names  # it really was their sort
    picture = build_page_map(course, other, {}, links={})
    assert picture.numbers["order"] == other.names
    assert "Laid out by your own sort" in picture.description


def test_every_right_module_lays_out_a_map(course: Course, pool: WorkerPool) -> None:
    for variant in map_kata(course).variants():
        assert sort_katas(course, pool, learner(course, variant.read_text())).own, variant.name


@pytest.mark.parametrize("mistake", ["children-first", "listed-when-met", "no-visited-set"])
def test_a_wrong_sort_leaves_the_course_its_order_and_is_told(
    course: Course, pool: WorkerPool, mistake: str
) -> None:
    text = read_mistake(map_kata(course), mistake).module
    found = sort_katas(course, pool, learner(course, text))
    assert not found.own
    assert re.search(
        r"your own sort returned no valid order \(.* (comes before|occurs twice)", found.reason
    )
    assert found.names == default_order({n: k.needs for n, k in course.katas.items()})


@pytest.mark.parametrize(
    "body", ["return None", "return 'value'", "return [1, 2]", "raise KeyError('x')", "return []",
             "import os; os._exit(3)"]
)  # fmt: skip
def test_junk_is_no_order(course: Course, pool: WorkerPool, body: str) -> None:
    text = f"def topological_sort(root):\n    {body}\n"
    found = sort_katas(course, pool, learner(course, text))
    assert not found.own
    build_page_map(course, found, {"value": "passed"}, "softmax")


def test_before_the_kata_has_passed_the_map_says_what_will_happen(
    course: Course, pool: WorkerPool
) -> None:
    found = sort_katas(course, pool, learner(course, None))
    assert not found.own
    assert "until your own sort passes: “Topological sort”" in found.reason


def test_a_course_without_a_map_keeps_its_order(course: Course, pool: WorkerPool) -> None:
    found = sort_katas(replace(course, map=None), pool, learner(course, None))
    assert found.reason == "Laid out in the course's order."


def test_states_of_a_learner_are_on_the_map(course: Course, pool: WorkerPool) -> None:
    found = sort_katas(course, pool, learner(course, None))
    picture = build_page_map(
        course, found, {"value": "passed", "softmax": "recheck"}, "topological-sort"
    )
    titles = {name: kata.title for name, kata in course.katas.items()}
    assert f"1 passed: {titles['value']}." in picture.description
    assert f"To check again: {titles['softmax']}." in picture.description
    assert f"You are working on {titles['topological-sort']}." in picture.description


@pytest.fixture
def copied(course: Course, tmp_path: Path) -> Callable[..., Path]:
    """Make a pack whose course.toml has been changed, with the same kata folders."""

    def copy(old: str, new: str) -> Path:
        for part in course.root.iterdir():
            if part.name != "course.toml":
                (tmp_path / part.name).symlink_to(part)
        text = (course.root / "course.toml").read_text()
        assert old in text
        (tmp_path / "course.toml").write_text(text.replace(old, new))
        return tmp_path

    return copy


def test_a_map_that_names_no_kata_is_refused_with_the_nearest(copied: Callable[..., Path]) -> None:
    with pytest.raises(CourseError, match="topologcal-sort, which is not a kata") as raised:
        read_pack(copied('map = "topological-sort"', 'map = "topologcal-sort"'))
    assert "did you mean topological-sort?" in str(raised.value.next_step)


def test_a_map_whose_kata_draws_nothing_is_refused(
    copied: Callable[..., Path], course: Course, tmp_path: Path
) -> None:
    root = copied('map = "topological-sort"', 'map = "topological-sort"')
    (root / "autograd").unlink()
    (root / "autograd").mkdir()
    for folder in (course.root / "autograd").iterdir():
        (root / "autograd" / folder.name).symlink_to(folder)
    sort = root / "autograd" / "topological-sort"
    sort.unlink()
    sort.mkdir()
    (sort / "kata.toml").symlink_to(map_kata(course).folder / "kata.toml")
    with pytest.raises(CourseError, match=r"pictures\.py is missing"):
        read_pack(root)
