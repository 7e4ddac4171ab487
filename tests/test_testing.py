"""The helpers of checks: what they let through, and at which rung they stop."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from nnkata.checking.literals import show
from nnkata.testing import (
    CheckFailed,
    assert_close,
    assert_equal,
    assert_gradient,
    assert_unchanged,
    central_difference,
    relative_error,
)

ONES = np.ones(2)


@pytest.mark.parametrize(
    ("got", "expected", "rung"),
    [
        (None, ONES, "type"),
        ([1.0, 1.0], ONES, "type"),
        ("1", 1.0, "type"),
        (True, 1.0, "type"),
        (1.0, None, "type"),
        ([1.0], (1.0,), "type"),
        (np.ones(3), ONES, "shape"),
        (np.ones((2, 1)), ONES, "shape"),
        ([1.0], [1.0, 1.0], "shape"),
        (np.ones(2, np.float32), ONES, "dtype"),
        (np.array([np.nan, 1.0]), ONES, "finite"),
        (np.array([np.inf, 1.0]), ONES, "finite"),
        (float("nan"), 1.0, "finite"),
        (float("inf"), 1.0, "finite"),
        (1.0 + 3e-9, 1.0, "values"),
        (1e308, -1e308, "values"),
        (np.array([1.0, 1.1]), ONES, "values"),
        (1.1, 1.0, "values"),
        (np.array([-1e308, 1.0]), np.array([-np.inf, 1.0]), "values"),
        (np.array([np.inf, 1.0]), np.array([-np.inf, 1.0]), "values"),
        (np.array([0.0, 1.0]), np.array([np.nan, 1.0]), "values"),
        (-(2**63), 0, "values"),
        (np.array([-(2**63)]), np.array([0]), "values"),
        (np.array([-128], np.int8), np.array([127], np.int8), "values"),
        (2**64 - 1, -1, "values"),
        (10**400, 10**401, "values"),
        (float("inf"), 10**400, "values"),
        (1e308 + 1e308j, complex(1.7e308, 1.7e308), "values"),
        (np.array([True, False]), np.array([True, True]), "values"),
    ],
)
def test_a_comparison_stops_at_the_first_rung_that_fails(
    got: Any, expected: Any, rung: str
) -> None:
    with pytest.raises(CheckFailed) as failed:
        assert_close(got, expected, finite=False)
    assert failed.value.rung == rung
    assert failed.value.got is not None


@pytest.mark.parametrize(
    ("got", "expected"),
    [
        (ONES, ONES),
        (1.0 + 1e-12, 1.0),
        (np.float64(2.0), 2.0),
        (3, 3.0),
        (np.array([np.nan, -np.inf]), np.array([np.nan, -np.inf])),
        ([1.0, (2.0, ONES)], [1.0, (2.0, ONES)]),
        (np.empty((0, 3)), np.empty((0, 3))),
        (np.float64(1.0), np.array(1.0)),
        (10**400, 10**400),
        (-(2**63), -(2**63)),
        (np.array([2**64 - 1], np.uint64), np.array([2**64 - 1], np.uint64)),
    ],
)
def test_a_comparison_lets_equal_things_through(got: Any, expected: Any) -> None:
    assert_close(got, expected, finite=False)


NAN, INF = float("nan"), float("inf")
HAS_NAN = {"a": NAN}


@pytest.mark.parametrize(
    "expected",
    [NAN, INF, -INF, complex(0, NAN), np.float32(NAN), np.array([1.0, NAN]), np.array(INF),
     [1.0, (2.0, NAN)], [np.array([[INF]])]],
)  # fmt: skip
def test_an_expectation_that_is_not_finite_fails_whatever_came_back(expected: Any) -> None:
    for compare in (assert_close, assert_equal):
        with pytest.raises(CheckFailed, match="not finite") as failed:
            compare(expected, expected)
        assert failed.value.rung == "finite"
        compare(expected, expected, finite=False)


def test_a_dict_with_a_nan_does_not_equal_itself() -> None:
    assert_equal({"a": 1.0}, {"a": 1.0})
    with pytest.raises(CheckFailed, match="not finite"):
        assert_equal(HAS_NAN, HAS_NAN)


def test_a_gradient_that_is_measured_as_nan_fails() -> None:
    for x in (np.array([1.0, 2.0]), np.array(1.0)):
        with pytest.raises(CheckFailed, match="not finite"):
            assert_gradient(np.full_like(x, NAN), lambda _: NAN, x)


def test_an_infinite_tolerance_accepts_every_finite_number() -> None:
    assert_close(np.array([-1e308, 7.0]), np.zeros(2), atol=np.inf)
    with pytest.raises(CheckFailed):
        assert_close(np.array([NAN, 7.0]), np.zeros(2), atol=np.inf)


def test_exact_comparison_asks_for_the_type_as_well() -> None:
    assert_equal([1, 2.0, None], [1, 2.0, None])
    for got in ([1.0, 2.0, None], [1, 2.0, 0], (1, 2.0, None), [1, 2.0]):
        with pytest.raises(CheckFailed):
            assert_equal(got, [1, 2.0, None])


@pytest.mark.parametrize(
    ("got", "words"),
    [
        (3, r"3 \(int\)"),
        (np.float64(3), r"3\.0 \(numpy\.float64\)"),
        (np.float32(3), "numpy.float32"),
    ],
)
def test_numbers_of_equal_digits_are_told_apart_by_their_type(got: object, words: str) -> None:
    with pytest.raises(CheckFailed, match=rf"got .*{words}.*, expected 3\.0 \(float\)"):
        assert_equal(got, 3.0)


def test_numbers_are_written_with_as_many_digits_as_tell_them_apart() -> None:
    with pytest.raises(CheckFailed, match=r"1\.00000001 instead of 1;"):
        assert_close(np.array([1.0, 1.00000001]), ONES)


def test_a_gradient_is_compared_with_the_measured_slope() -> None:
    x = np.array([[1.0, -2.0, 0.5]])

    def f(point: Any) -> float:
        return float((point**3).sum())

    assert_gradient(3 * x**2, f, x)
    with pytest.raises(CheckFailed, match="central differences"):
        assert_gradient(3 * x**2 * 1.01, f, x)
    with pytest.raises(CheckFailed, match="nan"):
        assert_gradient(np.full_like(x, np.nan), f, x)
    np.testing.assert_allclose(central_difference(f, x), 3 * x**2, rtol=1e-8)
    assert relative_error([], []) == 0.0


def test_a_changed_argument_is_noticed() -> None:
    before = np.array([1.0, np.nan])
    assert_unchanged(before.copy(), before)
    with pytest.raises(CheckFailed, match="has changed"):
        assert_unchanged(np.array([1.0, 2.0]), before)


def test_what_is_shown_is_short() -> None:
    assert show(np.float64(0.1)) == "0.1"
    assert show(np.array([1.0, 2.0])) == "np.array([1., 2.])"
    assert len(show(np.arange(10_000.0))) < 700
    assert len(show(list(range(10_000)))) < 700


@pytest.mark.parametrize(
    ("got", "expected", "words"),
    [
        ([1.0, 2.0], [1.0, 3.0], "item [1]: got 2.0, expected 3.0"),
        (
            [[1.0], [2.0, 5.0]],
            [[1.0], [2.0, 3.0]],
            "item [1][1]: got 5.0, expected 3.0",
        ),
        ((np.zeros(2), 1.0), (np.zeros(3), 1.0), "item [0]: got shape (2,), expected shape (3,)"),
        ([[1.0], None], [[1.0], 2.0], "item [1]: got None (is a `return` missing?), expected "),
        ([1, [2, 3]], [1, [2]], "item [1]: got 2 items, expected 1 items"),
    ],
)
@pytest.mark.parametrize("compare", [assert_close, assert_equal])
def test_a_list_says_which_item_and_is_shown_whole(
    compare: Any, got: Any, expected: Any, words: str
) -> None:
    with pytest.raises(CheckFailed) as caught:
        compare(got, expected)
    assert str(caught.value).startswith(words)
    assert caught.value.value is got
    assert (caught.value.got, caught.value.expected) == (show(got), show(expected))


def test_floats_are_shown_with_eight_digits_or_with_all_where_these_are_equal() -> None:
    assert show(0.1 + 0.2) == "0.3"
    assert show([2 / 3, {"mean": (1 / 3,)}]) == "[0.66666667, {'mean': (0.33333333,)}]"
    assert show(float("inf")) == "np.inf"
    assert show(np.float32(0.1)) == "0.1"
    assert show(12345678) == "12345678"
    with pytest.raises(CheckFailed) as caught:
        assert_close([0.1 + 0.2], [0.3], rtol=0)
    assert (caught.value.got, caught.value.expected) == ("[0.30000000000000004]", "[0.3]")
