"""sigmoid, tanh, relu and their derivatives, against decimal arithmetic, scipy and differences."""

from collections.abc import Callable, Iterator
from decimal import Decimal, localcontext
from typing import Any

import numpy as np
import pytest
from scipy import special

from nnkata.testing import assert_gradient
from refnn.activations import logistic
from refnn.activations.logistic import (
    relu,
    relu_grad,
    saturation,
    sigmoid,
    sigmoid_grad,
    tanh,
    tanh_grad,
)

PAIRS = [(sigmoid, sigmoid_grad), (tanh, tanh_grad), (relu, relu_grad)]
ALL = [function for pair in PAIRS for function in pair]


@pytest.fixture(autouse=True)
def _nothing_overflows() -> Iterator[None]:
    with np.errstate(over="raise", divide="raise", invalid="raise"):
        yield


def exact_sigmoid(x: float) -> float:
    with localcontext() as context:
        context.prec = 40
        return float(1 / (1 + (-Decimal(x)).exp()))


@pytest.mark.parametrize("x", [-745.0, -720.0, -600.0, -40.0, -1.5, 0.0, 1e-9, 2.0, 40.0, 1000.0])
def test_sigmoid_is_right_to_the_last_digits(x: float) -> None:
    np.testing.assert_allclose(sigmoid([x]), [exact_sigmoid(x)], rtol=1e-15, atol=5e-324)


def test_the_numbers_of_the_lesson() -> None:
    np.testing.assert_allclose(sigmoid([2.0, -40.0, -600.0]), [0.8808, 4.248e-18, 2.65e-261], 1e-3)
    np.testing.assert_allclose(sigmoid_grad([2.0]), [0.1050], 1e-3)
    np.testing.assert_allclose(tanh([1.0]), [0.7616], 1e-4)
    assert round(float(sigmoid([1.0, 2.0, 3.0]).sum()), 2) == 2.56
    mean = tanh(np.random.default_rng(0).normal(1, 1, 400_000)).mean()
    assert round(float(mean), 2) == 0.55
    sides = [saturation(f) for f in (sigmoid_grad, tanh_grad, relu_grad)]
    assert sides == ["both", "both", "left"]


def test_values_agree_with_scipy() -> None:
    x = np.random.default_rng(1).uniform(-30, 30, (4, 5))
    np.testing.assert_allclose(sigmoid(x), special.expit(x), rtol=1e-13)
    np.testing.assert_allclose(tanh(x), 2 * special.expit(2 * x) - 1, atol=1e-15)
    np.testing.assert_allclose(tanh_grad(x), np.cosh(x) ** -2, atol=1e-15)


@pytest.mark.parametrize(("function", "gradient"), PAIRS)
def test_derivatives_agree_with_central_differences(
    function: Callable[..., Any], gradient: Callable[..., Any]
) -> None:
    rng = np.random.default_rng(2)
    x = rng.uniform(0.1, 4, (7, 3)) * rng.choice([-1, 1], (7, 3))
    upstream = rng.normal(size=x.shape)
    assert_gradient(upstream * gradient(x), lambda x: float((upstream * function(x)).sum()), x)


def test_far_out() -> None:
    x = np.array([-1000.0, 1000.0])
    np.testing.assert_array_equal(sigmoid(x), [0, 1])
    np.testing.assert_array_equal(tanh(x), [-1, 1])
    for gradient in (sigmoid_grad, tanh_grad):
        np.testing.assert_array_equal(gradient(x), [0, 0])


def test_relu_at_its_edges() -> None:
    np.testing.assert_array_equal(relu([-np.inf, np.nan, 0.0, np.inf]), [0, np.nan, 0, np.inf])
    np.testing.assert_array_equal(relu_grad([-1e-300, 0.0, 1e-300]), [0, 0, 1])


def test_saturation_takes_size_place_and_tolerance() -> None:
    assert saturation(lambda x: -2.0 if x < 0 else 0.5) == "none"
    assert saturation(lambda x: -2.0 if x < 0 else 0.5, tol=1.0) == "right"
    assert saturation(lambda x: 1 / abs(x), at=2000.0) == "both"


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


def test_all_public_names_are_tested() -> None:
    public = {name for name, thing in vars(logistic).items() if getattr(thing, "__module__", "")
              == logistic.__name__ and not name.startswith("_")}  # fmt: skip
    assert public == {function.__name__ for function in ALL} | {"saturation"}
