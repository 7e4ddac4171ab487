"""ELU and softplus against decimal arithmetic, scipy, and differences."""

from collections.abc import Callable, Iterator
from decimal import Decimal, localcontext
from functools import partial
from typing import Any

import numpy as np
import pytest
from scipy import special

from nnkata.testing import assert_gradient
from refnn.activations.elu import elu, elu_grad, softplus, softplus_grad

ALL = [elu, elu_grad, softplus, softplus_grad]


@pytest.fixture(autouse=True)
def _nothing_overflows() -> Iterator[None]:
    with np.errstate(over="raise", divide="raise", invalid="raise"):
        yield


def exact_elu(x: float, gamma: float) -> float:
    with localcontext() as context:
        context.prec = 400
        return x if x > 0 else float(Decimal(gamma) * (Decimal(x).exp() - 1))


def exact_softplus(x: float) -> float:
    with localcontext() as context:
        context.prec = 400
        return float((1 + Decimal(x).exp()).ln())


@pytest.mark.parametrize("gamma", [0.5, 1.0, 3.0])
@pytest.mark.parametrize("x", [-700.0, -40.0, -1.0, -1e-8, -1e-17, 0.0, 1e-9, 2.0, 1000.0])
def test_elu_is_right_to_the_last_digits(x: float, gamma: float) -> None:
    np.testing.assert_allclose(elu([x], gamma), [exact_elu(x, gamma)], rtol=1e-15)


@pytest.mark.parametrize("x", [-700.0, -40.0, -30.0, -1.0, 0.0, 1e-9, 2.0, 40.0, 700.0])
def test_softplus_is_right_to_the_last_digits(x: float) -> None:
    np.testing.assert_allclose(softplus([x]), [exact_softplus(x)], rtol=1e-15)


def test_the_numbers_of_the_lesson() -> None:
    np.testing.assert_allclose(elu([-1.0]), [-0.6321], 1e-4)
    np.testing.assert_allclose(elu_grad([-1.0]), [0.3679], 1e-4)
    np.testing.assert_allclose(softplus([2.0, -2.0]), [2.1269, 0.1269], 1e-3)
    np.testing.assert_allclose(elu_grad([-1.0, 0.0], 0.5), [0.184, 0.5], 1e-3)
    assert round(exact_elu(-1, 0.5) + 1, 3) == 0.684
    x = np.random.default_rng(0).normal(size=400_000)
    means = [round(float(f.mean()), 2) for f in (np.maximum(x, 0), elu(x), softplus(x))]
    assert means == [0.40, 0.16, 0.81]


def test_values_agree_with_scipy() -> None:
    x = np.random.default_rng(1).uniform(-30, 30, (4, 5))
    np.testing.assert_allclose(softplus(x), -special.log_expit(-x), rtol=1e-13)
    np.testing.assert_allclose(softplus_grad(x), special.expit(x), rtol=1e-13)
    np.testing.assert_allclose(softplus(x) - softplus(-x), x, atol=1e-13)


@pytest.mark.parametrize(
    ("function", "gradient"),
    [
        (elu, elu_grad),
        (partial(elu, gamma=0.5), partial(elu_grad, gamma=0.5)),
        (softplus, softplus_grad),
    ],
)
def test_derivatives_agree_with_central_differences(
    function: Callable[..., Any], gradient: Callable[..., Any]
) -> None:
    rng = np.random.default_rng(2)
    x = rng.uniform(0.1, 4, (7, 3)) * rng.choice([-1, 1], (7, 3))
    upstream = rng.normal(size=x.shape)
    assert_gradient(upstream * gradient(x), lambda x: float((upstream * function(x)).sum()), x)


def test_far_out() -> None:
    x = np.array([-1000.0, 1000.0])
    np.testing.assert_array_equal(elu(x, 0.5), [-0.5, 1000])
    np.testing.assert_array_equal(elu_grad(x, 0.5), [0, 1])
    np.testing.assert_array_equal(softplus(x), [0, 1000])
    np.testing.assert_array_equal(softplus_grad(x), [0, 1])


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
