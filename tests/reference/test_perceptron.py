"""The perceptron, against sums in exact fractions."""

from fractions import Fraction

import numpy as np
import pytest
from numpy.typing import NDArray

from refnn.perceptron.perceptron import Perceptron

CORNERS = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])


def perceptron(weights: list[float] | NDArray[np.float64], bias: float) -> Perceptron:
    made = Perceptron(len(weights), np.random.default_rng(0))
    made.weights, made.bias = np.array(weights), bias
    return made


def exact(made: Perceptron, row: list[float]) -> Fraction:
    products = (Fraction(w) * Fraction(x) for w, x in zip(made.weights.tolist(), row, strict=True))
    return sum(products, start=Fraction(made.bias))


def test_the_lesson_s_table_is_and() -> None:
    and_gate = perceptron([0.6, 0.6], -1.0)
    np.testing.assert_allclose(and_gate.net(CORNERS), [-1.0, -0.4, -0.4, 0.2])
    assert np.asarray(and_gate.forward(CORNERS)).tolist() == [0, 0, 0, 1]


@pytest.mark.parametrize(("N", "n"), [(5, 3), (3, 3), (1, 4), (2, 1), (0, 3)])
def test_agrees_with_exact_fractions(N: int, n: int) -> None:
    rng = np.random.default_rng(N + 10 * n)
    made = perceptron(rng.normal(size=n), 0.3)
    X = rng.normal(size=(N, n))
    z = [exact(made, row) for row in X.tolist()]
    np.testing.assert_allclose(made.net(X), np.array(z, float), rtol=1e-12, atol=1e-15)
    got = np.asarray(made.forward(X))
    assert got.dtype == np.int64
    assert got.tolist() == [int(one >= 0) for one in z]
    for row, one in zip(X, z, strict=True):
        assert made.net(row) == pytest.approx(float(one), rel=1e-12)
        assert made.forward(row) == int(one >= 0)


def test_a_net_input_of_zero_is_a_yes() -> None:
    assert perceptron([0.5, 0.5], -1.0).forward([1, 1]) == 1


@pytest.mark.parametrize("shape", [(), (1,), (4,), (5, 2), (0, 2), (3, 2)])
def test_the_wrong_number_of_inputs_is_refused(shape: tuple[int, ...]) -> None:
    made = perceptron([1.0, 2.0, 3.0], 0.5)
    with pytest.raises(ValueError, match="matmul"):
        made.net(np.ones(shape))
    with pytest.raises(ValueError, match="matmul"):
        made.forward(np.ones(shape))


def test_the_numbers_of_the_misconceptions() -> None:
    X, w = np.array([[1, 2], [3, 4]]), np.array([1, 10])
    assert (X @ w).tolist() == [21, 43]
    assert np.dot(w, X).tolist() == [31, 42]
    assert sum([0.6 * 1 - 1, 0.6 * 1 - 1]) == pytest.approx(-0.8)


def test_the_weights_come_from_rng() -> None:
    one, same, other = (Perceptron(4, np.random.default_rng(s)).weights for s in (1, 1, 2))
    assert one.tolist() == same.tolist()
    assert one.tolist() != other.tolist()
    assert Perceptron(4).weights.tolist() != Perceptron(4).weights.tolist()
