"""Swish and GELU against scipy's normal distribution and logistic function, and differences."""

import math
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import numpy as np
import pytest
from scipy import special, stats

from nnkata.testing import assert_gradient
from refnn.activations.gated import gelu, gelu_grad, swish, swish_grad, swish_grad_beta

ALL = [swish, swish_grad, swish_grad_beta, gelu, gelu_grad]
GRID = np.linspace(-8, 8, 160_001)


@pytest.fixture(autouse=True)
def _nothing_overflows() -> Iterator[None]:
    with np.errstate(over="raise", divide="raise", invalid="raise"):
        yield


def test_the_numbers_of_the_lesson() -> None:
    np.testing.assert_allclose(swish([2.0]), [1.7616], 1e-4)
    np.testing.assert_allclose(swish_grad([2.0]), [1.0908], 1e-4)
    np.testing.assert_allclose(swish_grad_beta([2.0]), [0.4200], 1e-3)
    np.testing.assert_allclose(gelu([1.0, -1.0]), [0.841345, -0.158655], 1e-5)
    np.testing.assert_allclose(gelu_grad([1.0]), [1.0833], 1e-4)
    np.testing.assert_allclose(gelu_grad([-4.0, -10.0]), [-5.04e-4, -7.6e-22], 1e-2)
    np.testing.assert_allclose(gelu([-10.0]), [-7.62e-23], 1e-3)
    assert swish([3.0], 0.0).tolist() == [1.5]
    off = np.abs(special.ndtr(GRID) - special.expit(1.702 * GRID)).max()
    assert round(float(off), 4) == 0.0095
    assert round(math.sqrt(2 / math.pi), 3) == 0.798


@pytest.mark.parametrize(
    ("version", "largest", "place"), [("tanh", 4.73e-4, 2.699), ("sigmoid", 0.0203, 2.270)]
)
def test_the_approximations_are_that_far_off(version: str, largest: float, place: float) -> None:
    off = np.abs(gelu(GRID, version) - gelu(GRID))
    np.testing.assert_allclose(off.max(), largest, rtol=2e-3)
    np.testing.assert_allclose(abs(GRID[off.argmax()]), place, atol=2e-3)


@pytest.mark.parametrize(
    ("function", "lowest", "place", "steepest"),
    [(swish, -0.27846, -1.27846, 1.0998), (gelu, -0.16997, -0.75179, 1.1289)],
)
def test_the_lowest_point_and_the_largest_derivative(
    function: Callable[..., Any], lowest: float, place: float, steepest: float
) -> None:
    values = function(GRID)
    np.testing.assert_allclose(values.min(), lowest, atol=1e-5)
    np.testing.assert_allclose(GRID[values.argmin()], place, atol=2e-4)
    gradient = swish_grad if function is swish else gelu_grad
    np.testing.assert_allclose(gradient(GRID).max(), steepest, atol=1e-4)


def test_values_agree_with_scipy() -> None:
    x = np.random.default_rng(0).uniform(-12, 12, (5, 6))
    np.testing.assert_allclose(gelu(x), x * special.ndtr(x), rtol=1e-12)
    np.testing.assert_allclose(
        gelu_grad(x), stats.norm.cdf(x) + x * stats.norm.pdf(x), rtol=1e-9, atol=1e-15
    )
    for beta in (-1.0, 0.0, 0.3, 1.0, 5.0):
        np.testing.assert_allclose(swish(x, beta), x * special.expit(beta * x), rtol=1e-12)
    np.testing.assert_allclose(gelu(x, "sigmoid"), x * special.expit(1.702 * x), rtol=1e-12)
    np.testing.assert_allclose(gelu(x) - gelu(-x), x, atol=1e-13)


@pytest.mark.parametrize("beta", [0.0, 0.5, 1.0, 3.0, -1.0])
def test_derivatives_of_swish_agree_with_central_differences(beta: float) -> None:
    rng = np.random.default_rng(1)
    x = rng.uniform(-3, 3, (4, 3))
    upstream = rng.normal(size=x.shape)
    got = upstream * swish_grad(x, beta)
    assert_gradient(got, lambda x: float((upstream * swish(x, beta)).sum()), x)
    total = float((upstream * swish_grad_beta(x, beta)).sum())
    assert_gradient(total, lambda b: float((upstream * swish(x, float(b))).sum()), beta)


def test_the_derivative_of_gelu_agrees_with_central_differences() -> None:
    rng = np.random.default_rng(2)
    x = rng.uniform(-3, 3, (4, 3))
    upstream = rng.normal(size=x.shape)
    assert_gradient(upstream * gelu_grad(x), lambda x: float((upstream * gelu(x)).sum()), x)


def test_far_out() -> None:
    x = np.array([-1000.0, 1000.0])
    versions: list[Any] = [partial(gelu, approximate=name) for name in ("none", "tanh", "sigmoid")]
    for function in (swish, *versions):
        np.testing.assert_array_equal(function(x), [0, 1000])
    for gradient in (swish_grad, gelu_grad):
        np.testing.assert_array_equal(gradient(x), [0, 1])
    np.testing.assert_allclose(swish([-2.0, 2.0], 1000.0), [0, 2])


@pytest.mark.parametrize("word", ["", "exact", "Tanh", "sigmoidal", "zero"])
def test_other_words_are_refused(word: str) -> None:
    with pytest.raises(ValueError, match="approximate must be"):
        gelu([1.0], word)


@pytest.mark.parametrize("function", [*ALL, partial(gelu, approximate="tanh")])
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
