"""The pictures of the autograd track: right numbers for correct modules, wrong ones for wrong."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest

from nnkata.checking.runtime import Submission
from nnkata.cli.context import pick_course
from nnkata.course.mistakes import read_mistake
from nnkata.page.picture_runner import PictureRunner, picture_functions
from nnkata.pictures import Picture
from nnkata.sandbox.pool import WorkerPool
from refnn.autograd.gradcheck import numerical_gradient

COURSE = pick_course()[0]
AUTOGRAD = [
    "numerical-gradient", "value", "topological-sort", "value-backward", "tanh-backward",
    "elementary-functions",
]  # fmt: skip
Draw = Callable[..., Picture]


@pytest.fixture(scope="module")
def attempt() -> Iterator[Callable[..., Picture | str]]:
    """Draw one picture of a kata, from the reference, or from a mistake or variant by name."""
    with WorkerPool() as pool:
        runner = PictureRunner(COURSE, pool)

        def draw(name: str, picture: str, module: str = "") -> Picture | str:
            kata = COURSE.katas[name]
            variants = {path.stem: path for path in kata.variants()}
            if module and module not in variants:
                text = read_mistake(kata, module).module
            else:
                path = variants[module] if module else kata.reference
                text = path.read_text(encoding="utf-8")
            drawers = {picture: picture_functions(kata)[picture]}
            return runner.attempts(kata, text, Submission("ada", lambda _: text), drawers)[picture]

        yield draw


@pytest.fixture(scope="module")
def draw(attempt: Callable[..., Picture | str]) -> Draw:
    def drawn(*names: str) -> Picture:
        picture = attempt(*names)
        assert isinstance(picture, Picture), picture
        return picture

    return drawn


@pytest.mark.parametrize("name", AUTOGRAD)
def test_variants_are_drawn_as_right_as_the_reference(name: str, draw: Draw) -> None:
    kata = COURSE.katas[name]
    for picture in picture_functions(kata):
        for variant in ("", *(p.stem for p in kata.variants())):
            drawn = draw(name, picture, variant)
            numbers = drawn.numbers
            assert not numbers.get("wrong"), (picture, variant)
            assert not numbers.get("findings"), (picture, variant)
            body = drawn.svg().partition("</style>")[2]
            assert "right:" not in body, (picture, variant)


@pytest.mark.parametrize("name", AUTOGRAD)
def test_they_are_readable_at_640_by_480(name: str, draw: Draw) -> None:
    for picture in picture_functions(COURSE.katas[name]):
        canvas = draw(name, picture).frames[0].canvas
        assert canvas.width <= 640
        assert canvas.height <= 480


# The slope, measured


def test_the_secants_have_the_slopes_of_central_differences(draw: Draw) -> None:
    numbers = draw("numerical-gradient", "secant").numbers
    assert numbers["h"] == [1.0, 0.5, 0.25, 0.1]
    assert numbers["slope"] == pytest.approx([3 + h * h for h in numbers["h"]])  # by the binomial
    assert numbers["right"] == 3.0
    assert numbers["asked"] == [pytest.approx([1 - h, 1 + h]) for h in numbers["h"]]


def test_a_forward_difference_is_seen_to_look_at_one_side(draw: Draw) -> None:
    picture = draw("numerical-gradient", "secant", "forward-difference")
    hs = picture.numbers["h"]
    assert picture.numbers["slope"] == pytest.approx([3 + 3 * h + h * h for h in hs])
    assert picture.numbers["asked"] == [pytest.approx([1, 1 + h]) for h in hs]
    assert "measured 7, but the line through x - h and x + h has the slope 4" in picture.description


def test_the_errors_of_the_steps_make_a_v(draw: Draw) -> None:
    numbers = draw("numerical-gradient", "error").numbers
    hs, yours = np.array(numbers["h"]), np.array(numbers["yours"])
    f = lambda v: float(np.exp(v).sum())  # noqa: E731
    own = [abs(numerical_gradient(f, [1.0], h)[0] - math.e) for h in hs]
    assert yours == pytest.approx(own, abs=1e-15)
    steep = (hs >= 1e-4) & (hs <= 1e-1)
    assert yours[steep] == pytest.approx(math.e * hs[steep] ** 2 / 6, rel=1e-2)  # Taylor
    assert yours[hs < 1e-9].max() > 1e4 * yours.min()
    assert numbers["one side"][0] == pytest.approx(math.e * 0.1 / 2, rel=0.1)
    assert numbers["by default"] == pytest.approx(own[8], abs=1e-15)


@pytest.mark.parametrize(
    ("mistake", "wrong"),
    [
        ("forward-difference", lambda n: n["yours"][4] == pytest.approx(n["one side"][4])),
        ("divides-by-one-step", lambda n: n["yours"][4] == pytest.approx(math.e, rel=1e-3)),
        ("ignores-the-step", lambda n: max(n["yours"]) < 1e-9),
        ("single-precision", lambda n: n["yours"][8] > 1e-4),
        ("tiny-step", lambda n: n["by default"] > 1e-5),
    ],
)
def test_a_wrong_step_is_seen_in_the_errors(
    mistake: str, wrong: Callable[[Any], bool], draw: Draw
) -> None:
    assert not wrong(draw("numerical-gradient", "error").numbers)
    assert wrong(draw("numerical-gradient", "error", mistake).numbers)


# Value


def test_the_expression_has_its_numbers_and_gradients(draw: Draw) -> None:
    numbers = draw("value", "expression").numbers

    def z(v: Any) -> float:
        return float((v[0] * v[1] / (6 - v[0])) ** 2)

    measured = numerical_gradient(z, [4.0, 2.0])
    assert numbers["data"] == {
        "x": 4.0, "y": 2.0, "p": 8.0, "a": 6.0, "d": 2.0, "q": 4.0, "z": 16.0,
    }  # fmt: skip
    assert [numbers["right"][n] for n in "xy"] == pytest.approx(measured)
    assert numbers["grad"]["x"] == numbers["right"]["x"] == pytest.approx(24.0)
    assert numbers["slopes"] == {
        "p": [2.0, 4.0], "d": [1.0, -1.0], "q": [0.5, -2.0], "z": [8.0],
    }  # fmt: skip


def test_a_number_that_is_used_twice_gets_both_shares(draw: Draw) -> None:
    assert draw("value", "used_twice").numbers["grad"] == {"x": 12.0, "z": 2.0}
    picture = draw("value", "used_twice", "overwrites-gradient")
    assert picture.numbers["grad"]["x"] == 6.0
    assert picture.numbers["wrong"] == ["x"]
    assert "right: 12" in picture.svg()


@pytest.mark.parametrize(
    ("mistake", "words"),
    [
        ("mul-swaps-slopes", "local derivative 4 to x (right: 2)"),
        ("sub-adds-gradient", "local derivative 1 to x (right: −1)"),
        ("div-slope-of-divisor", "grad −32 (right: −16)"),
        ("pow-slope-without-k", "grad 12 (right: 24)"),
        ("rsub-is-sub", "data −2 (right: 2)"),
        ("overwrites-gradient", "grad 8 (right: 24)"),
        ("forgets-upstream", "grad 1 (right: 24)"),
        ("push-clears-itself", "grad 0 (right: 1)"),
        ("push-walks-on", "(right: 24)"),
    ],
)
def test_a_wrong_value_is_drawn_wrong(mistake: str, words: str, draw: Draw) -> None:
    picture = draw("value", "expression", mistake)
    assert words in picture.description
    assert "right: " in picture.svg().partition("</style>")[2]


def test_parents_that_cross_as_no_row_are_said(attempt: Callable[..., Picture | str]) -> None:
    assert attempt("value", "expression", "parents-in-a-set") == "got a set"


# Topological sort


@pytest.mark.parametrize(
    ("mistake", "picture", "words"),
    [
        ("breadth-first", "diamond", "t is before its parent s"),
        ("listed-when-met", "diamond", "u is before its parent s"),
        ("children-first", "lesson", "c is before its parent a"),
        ("root-first", "lesson", "d is before its parent c"),
        ("root-omitted", "lesson", "Not listed: d"),
        ("no-visited-set", "lesson", "Listed more than once: a (1st, 4th)"),
        ("visited-by-data", "diamond", "Not listed: x"),
        ("removes-edges-of-the-graph", "lesson", "changed the parents of nodes"),
    ],
)
def test_a_wrong_order_is_drawn_wrong(mistake: str, picture: str, words: str, draw: Draw) -> None:
    assert words not in draw("topological-sort", picture).description
    drawn = draw("topological-sort", picture, mistake)
    assert words in drawn.description
    assert words in drawn.frames[-1].caption


def test_a_right_order_puts_parents_first(draw: Draw) -> None:
    order = draw("topological-sort", "diamond").numbers["order"]
    parents = {"s": "xy", "t": "sx", "u": "sy", "v": "tu", "w": "vs"}
    assert sorted(order) == sorted("xystuvw")
    for child, own in parents.items():
        assert all(order.index(p) < order.index(child) for p in own)


# Backward


def test_the_shared_node_has_the_measured_gradients(draw: Draw) -> None:
    numbers = draw("value-backward", "shared").numbers
    measured = numerical_gradient(lambda v: float(v[0] * v[1] * (1 + v[0])), [3.0, 2.0])
    assert [numbers["grad"][n] for n in "xy"] == pytest.approx(measured)
    assert numbers["grad"]["s"] == pytest.approx(1 + 3.0)


def test_the_second_call_adds_up_in_the_leaf_alone(draw: Draw) -> None:
    picture = draw("value-backward", "second_call")
    measured = float(numerical_gradient(lambda v: float(v[0] ** 4), [3.0])[0])
    assert picture.numbers["grad"]["x"] == pytest.approx(2 * measured)
    assert picture.numbers["grad"]["y"] == pytest.approx(2 * 9.0)
    assert len(picture.frames) == 3


@pytest.mark.parametrize(
    ("mistake", "picture", "words"),
    [
        ("along-every-path", "shared", "x has 16, expected 14"),
        ("breadth-first", "shared", "y has 3, expected 12"),
        ("depth-first", "shared", "x has 8, expected 14"),
        ("forgets-seed", "shared", "z has 0, expected 1"),
        ("forward-order", "shared", "x has 0, expected 14"),
        ("interior-kept", "second_call", "x has 324, expected 216"),
        ("nothing-reset", "second_call", "x has 432, expected 216"),
        ("zeroes-leaves", "second_call", "x has 108, expected 216"),
    ],
)
def test_a_wrong_walk_is_drawn_wrong(mistake: str, picture: str, words: str, draw: Draw) -> None:
    drawn = draw("value-backward", picture, mistake)
    listed = drawn.frames[-1].caption + drawn.description
    name, _, got, _, right = words.replace(",", "").split()
    assert f"grad {got} (right: {right})" in drawn.description
    assert name in drawn.numbers["wrong"]
    assert words in listed


def test_the_push_that_comes_too_early_is_shown(draw: Draw) -> None:
    captions = [f.caption for f in draw("value-backward", "shared", "breadth-first").frames]
    assert captions[2].startswith("Push 2 of 3: s has grad 1, and 4 would be right.")
    right = [f.caption for f in draw("value-backward", "shared").frames]
    assert right[2].startswith("Push 2 of 3: t has grad 1. It pushes 3 · 1 = 3 to s")


# Functions and their slopes


def test_tanh_lies_on_its_curve(draw: Draw) -> None:
    numbers = draw("tanh-backward", "curves").numbers["tanh(x)"]
    xs = np.array(numbers["x"])
    assert numbers["value"] == pytest.approx(np.tanh(xs))
    measured = [numerical_gradient(lambda v: float(np.tanh(v[0])), [x])[0] for x in xs]
    assert numbers["slope"] == pytest.approx(measured, abs=1e-9)
    assert numbers["wrong values"] == numbers["wrong slopes"] == []


@pytest.mark.parametrize(
    ("mistake", "words"),
    [
        ("slope-one", "points are wrong"),
        ("slope-of-the-input", "points are wrong"),
        ("sign-of-the-slope", "points are wrong"),
        ("tanh-twice", "points are wrong"),
        ("no-slope", "got nothing, expected"),
        ("no-parents", "got nothing, expected"),
        ("slopes-not-a-tuple", "got nothing, expected"),
        ("returns-a-number", "got nothing, expected"),
        ("ordinary-tangent", "points are wrong"),
        ("overflows", "tanh(1000): OverflowError (right: 1, derivative 0)"),
        ("overflows-on-the-left", "tanh(−1000): OverflowError (right: −1, derivative 0)"),
        ("infinity-by-infinity", "(right: "),
    ],
)
def test_a_wrong_tanh_is_drawn_wrong(mistake: str, words: str, draw: Draw) -> None:
    assert words not in draw("tanh-backward", "curves").description
    assert words in draw("tanh-backward", "curves", mistake).description


def test_the_elementary_functions_lie_on_their_curves(draw: Draw) -> None:
    known: dict[str, Callable[[Any], Any]] = {
        "exp(x)": np.exp, "log(x)": np.log, "relu(x)": lambda x: np.maximum(x, 0),
        "sigmoid(x)": lambda x: 1 / (1 + np.exp(-x)),
    }  # fmt: skip
    numbers: dict[str, Any] = {}
    for picture in ("exp_and_log", "relu_and_sigmoid"):
        numbers |= draw("elementary-functions", picture).numbers
    assert numbers.keys() == known.keys()
    for name, function in known.items():
        xs = np.array(numbers[name]["x"])
        assert numbers[name]["value"] == pytest.approx(function(xs))
        measured = numerical_gradient(lambda v: float(function(v).sum()), xs)  # noqa: B023
        smooth = (xs != 0) | (name != "relu(x)")  # at its corner relu has no slope to measure
        got = np.array(numbers[name]["slope"])
        assert got[smooth] == pytest.approx(measured[smooth], rel=1e-7)
        assert numbers[name]["wrong values"] == numbers[name]["wrong slopes"] == []
    relu = numbers["relu(x)"]
    assert relu["slope"][relu["x"].index(0.0)] == 0.0


@pytest.mark.parametrize(
    ("mistake", "picture", "words"),
    [
        ("exp-by-the-power-rule", "exp_and_log", "the derivative of exp(x): "),
        ("exp-gives-infinity", "exp_and_log", "exp(1000): ∞, derivative ∞ (right: OverflowError)"),
        ("exp-slope-is-the-input", "exp_and_log", "the derivative of exp(x): "),
        ("log-slope-of-the-result", "exp_and_log", "the derivative of log(x): "),
        ("log-to-base-ten", "exp_and_log", "log(x): "),
        ("log-of-negative-is-nan", "exp_and_log", "(right: ValueError)"),
        ("relu-slope-always-one", "relu_and_sigmoid", "the derivative of relu(x): "),
        ("relu-slope-one-at-zero", "relu_and_sigmoid", "the derivative of relu(x): 1 of 9"),
        ("sigmoid-slope-is-s", "relu_and_sigmoid", "the derivative of sigmoid(x): "),
        ("sigmoid-overflows-on-the-left", "relu_and_sigmoid", "sigmoid(−1000): OverflowError"),
        ("sigmoid-overflows-on-the-right", "relu_and_sigmoid", "sigmoid(1000): OverflowError"),
    ],
)
def test_a_wrong_function_is_drawn_wrong(
    mistake: str, picture: str, words: str, draw: Draw
) -> None:
    right = draw("elementary-functions", picture).description
    wrong = draw("elementary-functions", picture, mistake).description
    assert words in wrong
    assert "points are wrong" in wrong or "(right: " in wrong
    assert "points are wrong" not in right
    assert "(right: " not in right
