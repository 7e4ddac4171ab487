"""The dense layer, compared with sums over single numbers and with measured gradients."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from refnn.layers.dense import Dense

Floats = NDArray[np.floating[Any]]
sizes = pytest.mark.parametrize(("n", "i", "o"), [(7, 5, 3), (1, 5, 3), (4, 4, 4), (3, 2, 6)])


def make(i: int, o: int, seed: int = 0) -> Dense:
    layer = Dense(i, o, np.random.default_rng(seed))
    layer.params["b"][...] = np.random.default_rng(seed + 1).normal(size=o)
    return layer


def measured(f: Callable[[], float], array: Floats) -> Floats:
    """Measure the gradient of f with respect to an array that is changed in place."""
    gradient = np.empty_like(array)
    for index in np.ndindex(array.shape):
        original = array[index]
        array[index] = original + 1e-5
        above = f()
        array[index] = original - 1e-5
        gradient[index] = (above - f()) / 2e-5
        array[index] = original
    return gradient


def test_the_numbers_of_the_lesson() -> None:
    layer = Dense(2, 3, np.random.default_rng(0))
    layer.params["W"][...] = [[1, 2, 3], [4, 5, 6]]
    layer.forward([[1, 2]], training=True)
    assert layer.backward([[1, 0, -1]]).tolist() == [[-2, -2]]
    assert layer.grads["W"].tolist() == [[1, 0, -1], [2, 0, -2]]
    assert layer.grads["b"].tolist() == [1, 0, -1]
    assert layer.backward(np.ones((1, 3))).tolist() == [[6, 15]]


@sizes
def test_forward_adds_up_products(n: int, i: int, o: int) -> None:
    layer, x = make(i, o), np.random.default_rng(2).normal(size=(n, i))
    W, b = layer.params["W"].tolist(), layer.params["b"].tolist()
    expected = [
        [sum(row[k] * W[k][j] for k in range(i)) + b[j] for j in range(o)] for row in x.tolist()
    ]
    np.testing.assert_allclose(layer.forward(x), expected, rtol=1e-12, atol=1e-12)
    assert layer.forward(x[:0]).shape == (0, o)


@sizes
def test_gradients_are_the_measured_ones(n: int, i: int, o: int) -> None:
    rng = np.random.default_rng(3)
    layer, x, dout = make(i, o), rng.normal(size=(n, i)), rng.normal(size=(n, o))
    layer.forward(x, training=True)
    d_x = layer.backward(dout)

    def loss() -> float:
        return float((layer.forward(x) * dout).sum())

    for got, array in (
        (d_x, x),
        (layer.grads["W"], layer.params["W"]),
        (layer.grads["b"], layer.params["b"]),
    ):
        np.testing.assert_allclose(got, measured(loss, array), rtol=1e-6, atol=1e-8)


def test_gradients_add_up_until_they_are_zeroed() -> None:
    layer, x = make(3, 2), np.ones((4, 3))
    held = layer.grads["W"]
    for times in (1, 2, 3):
        layer.forward(x, training=True)
        layer.forward(2 * x)
        layer.backward(np.ones((4, 2)))
        assert (layer.grads["W"] == 4 * times).all()
        assert (layer.grads["b"] == 4 * times).all()
    layer.zero_grad()
    assert layer.grads["W"] is held
    assert not held.any()
    assert not layer.grads["b"].any()


@pytest.mark.parametrize(("init", "variance"), [("he", 0.02), ("xavier", 0.0125), ("lecun", 0.01)])
def test_the_weights_have_the_variance_of_their_scheme(init: str, variance: float) -> None:
    layer = Dense(100, 60, np.random.default_rng(1), init)
    assert layer.params["W"].var() == pytest.approx(variance, rel=0.1)
    assert not layer.params["b"].any()


def test_what_is_refused() -> None:
    with pytest.raises(ValueError, match="init"):
        Dense(2, 3, np.random.default_rng(0), "zeros")
    layer = make(3, 2)
    with pytest.raises(RuntimeError):
        layer.backward(np.ones((4, 2)))
    for shape in ((3,), (4, 2), (1, 4, 3)):
        with pytest.raises(ValueError, match=r"x must|matmul"):
            layer.forward(np.ones(shape))
    layer.forward(np.ones((4, 3)), training=True)
    for shape in ((2,), (1, 2), (4, 1), (4, 3), (1, 4, 2)):
        with pytest.raises(ValueError, match="dout"):
            layer.backward(np.ones(shape))
    assert not layer.grads["W"].any()
