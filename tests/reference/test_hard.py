"""The hard activations against the curves that they replace, fractions, and differences."""

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from scipy import special

from nnkata.testing import assert_gradient
from refnn.activations.hard import (
    hard_sigmoid,
    hard_sigmoid_grad,
    hard_tanh,
    hard_tanh_grad,
)

ALL = [hard_sigmoid, hard_sigmoid_grad, hard_tanh, hard_tanh_grad]
GRID = np.linspace(-8, 8, 160_001)


@pytest.fixture(autouse=True)
def _nothing_overflows() -> Iterator[None]:
    with np.errstate(over="raise", divide="raise", invalid="raise"):
        yield


def test_the_numbers_of_the_lesson() -> None:
    assert hard_sigmoid([1.0]).tolist() == [0.75]
    np.testing.assert_allclose(special.expit([1.0, 2.0]), [0.7311, 0.8808], 1e-4)
    np.testing.assert_allclose(hard_sigmoid([1.0], 0.2), [0.7])
    np.testing.assert_allclose(hard_sigmoid([1.0], 1 / 6), [0.667], 1e-3)
    assert hard_sigmoid_grad([3.0, 10.0]).tolist() == [0.0, 0.0]
    slopes = special.expit([3.0, 10.0]) * special.expit([-3.0, -10.0])
    np.testing.assert_allclose(slopes, [0.045, 4.5e-5], 0.01)


@pytest.mark.parametrize(("slope", "distance"), [(1 / 4, 0.119), (0.2, 0.076), (1 / 6, 0.069)])
def test_the_largest_distance_from_sigmoid(slope: float, distance: float) -> None:
    off = np.abs(hard_sigmoid(GRID, slope) - special.expit(GRID)).max()
    assert round(float(off), 3) == distance


def test_the_largest_distance_from_tanh() -> None:
    assert round(float(np.abs(hard_tanh(GRID) - np.tanh(GRID)).max()), 3) == 0.238


@pytest.mark.parametrize("slope", [Fraction(1, 4), Fraction(1, 5), Fraction(1, 6), Fraction(2)])
def test_values_agree_with_fractions(slope: Fraction) -> None:
    xs = [Fraction(n, 8) for n in range(-40, 41)]
    exact = [float(min(max(slope * x + Fraction(1, 2), Fraction(0)), Fraction(1))) for x in xs]
    got = hard_sigmoid([float(x) for x in xs], float(slope))
    np.testing.assert_allclose(got, exact, rtol=0, atol=1e-15)


def test_hard_tanh_is_hard_sigmoid_stretched() -> None:
    np.testing.assert_allclose(hard_tanh(GRID), 2 * hard_sigmoid(2 * GRID) - 1, atol=1e-15)
    np.testing.assert_array_equal(hard_tanh([-1000.0, -1.0, 0.25, 1000.0]), [-1, -1, 0.25, 1])


@pytest.mark.parametrize("slope", [0.25, 0.2, 1 / 6])
def test_derivatives_agree_with_central_differences(slope: float) -> None:
    rng = np.random.default_rng(0)
    x = np.array([[-4.0, -1.5, -0.4], [0.3, 1.7, 5.0]])
    upstream = rng.normal(size=x.shape)
    assert_gradient(
        upstream * hard_sigmoid_grad(x, slope),
        lambda x: float((upstream * hard_sigmoid(x, slope)).sum()),
        x,
    )
    assert_gradient(
        upstream * hard_tanh_grad(x), lambda x: float((upstream * hard_tanh(x)).sum()), x
    )


@pytest.mark.parametrize("function", ALL)
@pytest.mark.parametrize("shape", [(), (0, 3), (1,), (2, 3, 4)])
def test_shape_and_dtype(function: Callable[..., Any], shape: tuple[int, ...]) -> None:
    for given, returned in ((np.float32, np.float32), (float, float), (int, float), (bool, float)):
        x = np.ones(shape).astype(given)
        before = x.copy()
        got = function(x)
        assert got.shape == shape
        assert got.dtype == returned
        assert not np.shares_memory(got, x)
        np.testing.assert_array_equal(x, before)
