"""Leaky ReLU and PReLU against fractions, hand-computed values, and differences."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from nnkata.testing import assert_gradient
from refnn.activations.leaky import leaky_relu, leaky_relu_grad, prelu, prelu_backward

X = [[Fraction(-1), Fraction(1, 2), Fraction(-3)], [Fraction(2), Fraction(-5, 4), Fraction(0)]]
UP = [[Fraction(3), Fraction(-1), Fraction(1, 2)], [Fraction(1), Fraction(2), Fraction(-4)]]
SLOPES = [Fraction(1, 8), Fraction(2), Fraction(-1)]


@pytest.fixture(autouse=True)
def _nothing_overflows() -> Iterator[None]:
    with np.errstate(over="raise", divide="raise", invalid="raise"):
        yield


def floats(rows: list[list[Fraction]]) -> NDArray[np.float64]:
    return np.array([[float(number) for number in row] for row in rows])


def test_the_numbers_of_the_lesson() -> None:
    x, dout = np.array([[-1.0], [-2.0]]), np.array([[1.0], [0.5]])
    np.testing.assert_allclose(prelu(x, [0.1]), [[-0.1], [-0.2]])
    dx, dalpha = prelu_backward(dout, x, [0.1])
    np.testing.assert_allclose(dx, [[0.1], [0.05]])
    np.testing.assert_array_equal(dalpha, [-2.0])
    np.testing.assert_array_equal(leaky_relu([-1.0, 1.0], 2.0), [-2.0, 1.0])
    np.testing.assert_array_equal(leaky_relu(np.array([-3, 2])), [-0.03, 2.0])


def test_values_agree_with_fractions() -> None:
    alpha = np.array([float(slope) for slope in SLOPES])
    exact = [[v if v > 0 else s * v for v, s in zip(row, SLOPES, strict=True)] for row in X]
    np.testing.assert_array_equal(prelu(floats(X), alpha), floats(exact))
    for column, slope in enumerate(SLOPES):
        got = leaky_relu(floats(X)[:, column], float(slope))
        np.testing.assert_array_equal(got, floats(exact)[:, column])


def test_gradients_agree_with_fractions() -> None:
    alpha = np.array([float(slope) for slope in SLOPES])
    dx, dalpha = prelu_backward(floats(UP), floats(X), alpha)
    local = [[1 if v > 0 else s for v, s in zip(row, SLOPES, strict=True)] for row in X]
    exact = [[u * d for u, d in zip(*rows, strict=True)] for rows in zip(UP, local, strict=True)]
    np.testing.assert_array_equal(dx, floats(exact))
    sums = [sum(UP[n][j] * X[n][j] for n in range(2) if X[n][j] < 0) for j in range(3)]
    np.testing.assert_array_equal(dalpha, [float(total) for total in sums])
    _, one = prelu_backward(floats(UP), floats(X), 0.5)
    assert one.shape == ()
    assert float(one) == float(sum(sums))


@pytest.mark.parametrize("alpha", [0.3, [0.3, 2.0, -1.0]])
@pytest.mark.parametrize("samples", [1, 7])
def test_gradients_agree_with_central_differences(alpha: Any, samples: int) -> None:
    rng = np.random.default_rng(0)
    x = rng.uniform(0.1, 3, (samples, 3)) * rng.choice([-1, 1], (samples, 3))
    upstream = rng.normal(size=x.shape)
    dx, dalpha = prelu_backward(upstream, x, alpha)
    assert_gradient(dx, lambda x: float((upstream * prelu(x, alpha)).sum()), x)
    slopes = np.array(alpha, float)
    assert_gradient(dalpha, lambda s: float((upstream * prelu(x, s)).sum()), slopes)


def test_leaky_relu_grad_agrees_with_central_differences() -> None:
    rng = np.random.default_rng(1)
    x = rng.uniform(0.1, 3, (4, 3)) * rng.choice([-1, 1], (4, 3))
    upstream = rng.normal(size=x.shape)
    for gamma in (0.01, 2.0, -1.0):
        got = upstream * leaky_relu_grad(x, gamma)

        def weighted(x: Any, gamma: float = gamma, upstream: Any = upstream) -> float:
            return float((upstream * leaky_relu(x, gamma)).sum())

        assert_gradient(got, weighted, x)


def test_zero_is_on_the_left() -> None:
    assert leaky_relu_grad([0.0], 0.25).tolist() == [0.25]
    assert prelu_backward([[3.0]], [[0.0]], [0.5])[0].tolist() == [[1.5]]


def test_no_samples() -> None:
    dx, dalpha = prelu_backward(np.ones((0, 3)), np.ones((0, 3)), np.ones(3))
    assert dx.shape == (0, 3)
    assert dalpha.tolist() == [0, 0, 0]


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_dtypes_are_kept_and_nothing_is_shared(dtype: Any) -> None:
    x, alpha = np.ones((2, 3), dtype), np.ones(3, dtype)
    for slopes in (alpha, 0.5):
        results = [prelu(x, slopes), *prelu_backward(x, x, slopes), leaky_relu(x)]
        assert {result.dtype for result in results} == {np.dtype(dtype)}
        assert not any(np.shares_memory(result, x) for result in results)


@pytest.mark.parametrize(
    ("x", "alpha"),
    [((3,), ()), ((2, 2, 3), ()), ((2, 3), (1,)), ((2, 3), (2,)), ((2, 3), (2, 1)), ((2, 1), (3,))],
)
def test_other_shapes_are_refused(x: tuple[int, ...], alpha: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="must be"):
        prelu(np.ones(x), np.ones(alpha))
    with pytest.raises(ValueError, match="must be"):
        prelu_backward(np.ones(x), np.ones(x), np.ones(alpha))


@pytest.mark.parametrize("shape", [(3,), (4, 1), (1, 3), (3, 4)])
def test_another_shape_of_dout_is_refused(shape: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="dout must be"):
        prelu_backward(np.ones(shape), np.ones((4, 3)), np.ones(3))
