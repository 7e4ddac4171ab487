"""Activation layers and the derivative of softmax, against complex steps and fifty digits."""

from collections.abc import Callable
from decimal import Decimal, localcontext
from functools import partial
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.special import erf

from refnn.layers.activation import (
    Activation,
    ReLU,
    Sigmoid,
    Softmax,
    Tanh,
    softmax_jacobian,
    softmax_vjp,
)

Floats = NDArray[np.floating[Any]]
Jacobian = Callable[[Callable[[Any], Any], Floats], Floats]


def softmax(z: Any) -> Any:
    exponentials = np.exp(z - np.max(z.real, axis=-1, keepdims=True))
    return exponentials / np.sum(exponentials, axis=-1, keepdims=True)


# Written for complex arguments: which side of a kink an argument is on, its real part decides.
FORMULAS: dict[str, Callable[[Any], Any]] = {
    "linear": lambda x: 1.0 * x,
    "relu": lambda x: np.where(x.real > 0, x, 0.0),
    "tanh": np.tanh,
    "sigmoid": lambda x: 1 / (1 + np.exp(-x)),
    "elu": lambda x: np.where(x.real > 0, x, np.exp(x) - 1),
    "softplus": lambda x: np.log(1 + np.exp(x)),
    "swish": lambda x: x / (1 + np.exp(-x)),
    "gelu": lambda x: x * (1 + erf(x / np.sqrt(2.0))) / 2,
    "softmax": softmax,
}


LAYERS: dict[str, Callable[[], Any]] = {
    **{name: partial(Activation, name) for name in FORMULAS if name != "softmax"},
    "ReLU": ReLU,
    "Tanh": Tanh,
    "Sigmoid": Sigmoid,
    "Softmax": Softmax,
}


@pytest.mark.parametrize("name", LAYERS)
@pytest.mark.parametrize("shape", [(7, 5), (1, 3), (4, 4)])
def test_forward_and_backward_are_those_of_the_formulas(
    name: str, shape: tuple[int, int], complex_jacobian: Jacobian
) -> None:
    rng = np.random.default_rng(len(name))
    layer, f = LAYERS[name](), FORMULAS[name.lower()]
    x, dout = rng.normal(size=shape), rng.normal(size=shape)
    np.testing.assert_allclose(layer.forward(x, training=True), f(x), rtol=1e-12, atol=1e-14)
    layer.forward(2 * x)
    expected = np.einsum("ij,ijkl->kl", dout, complex_jacobian(f, x))
    for _ in range(2):
        np.testing.assert_allclose(layer.backward(dout), expected, rtol=1e-10, atol=1e-14)
    assert layer.forward(x[:0], training=True).shape == layer.backward(x[:0]).shape == x[:0].shape


@pytest.mark.parametrize("c", [1, 2, 5])
def test_the_jacobian_is_that_of_the_formula(c: int, complex_jacobian: Jacobian) -> None:
    z = np.random.default_rng(c).normal(size=c)
    got = softmax_jacobian(softmax(z))
    np.testing.assert_allclose(got, complex_jacobian(softmax, z), rtol=1e-10, atol=1e-14)
    np.testing.assert_allclose(got.sum(axis=1), 0.0, atol=1e-15)
    assert np.array_equal(got, got.T)
    assert np.linalg.eigvalsh(got).min() > -1e-15


def test_far_out_against_fifty_digits() -> None:
    z, g = [300.0, 0.0, -20.0], [1.5, -2.0, 0.25]
    with localcontext(prec=50):
        exponentials = [Decimal(v).exp() for v in z]
        p = [e / sum(exponentials) for e in exponentials]
        mean = sum(a * Decimal(b) for a, b in zip(p, g, strict=True))
        expected = [float(a * (Decimal(b) - mean)) for a, b in zip(p, g, strict=True)]
    layer = Softmax()
    layer.forward([z], training=True)
    np.testing.assert_allclose(layer.backward([g]), [expected], rtol=1e-12, atol=1e-16)


def test_the_numbers_of_the_lesson() -> None:
    p = np.array([0.25, 0.5, 0.25])
    assert softmax_jacobian(p).tolist() == [
        [0.1875, -0.125, -0.0625],
        [-0.125, 0.25, -0.125],
        [-0.0625, -0.125, 0.1875],
    ]
    assert softmax_vjp([p], [[1, 0, 0]]).tolist() == [[0.1875, -0.125, -0.0625]]
    assert softmax_vjp([p], [[1, 1, 1]]).tolist() == [[0, 0, 0]]
    assert (p * (1 - p) * np.array([1, 0, 0])).tolist() == [0.1875, 0, 0]
    a = np.tanh(1.0)
    assert 1 - a**2 == pytest.approx(0.420, abs=5e-4)
    assert 1 - np.tanh(a) ** 2 == pytest.approx(0.588, abs=5e-4)


def test_the_approximate_gelu_differs_by_half_a_thousandth() -> None:
    x = np.linspace(-6, 6, 4001)
    exact = Activation("gelu").forward(x)
    inner = np.sqrt(2 / np.pi) * (x + 0.044715 * x**3)
    assert np.abs(exact - x / 2 * (1 + np.tanh(inner))).max() == pytest.approx(0.0005, rel=0.1)


def test_later_changes_do_not_matter() -> None:
    for make in LAYERS.values():
        layer, x = make(), np.random.default_rng(1).normal(size=(3, 4))
        layer.forward(x.copy(), training=True)
        expected = layer.backward(np.arange(12.0).reshape(3, 4))
        out = layer.forward(x, training=True)
        x *= -1
        out += 1
        assert np.array_equal(layer.backward(np.arange(12.0).reshape(3, 4)), expected)


def test_precision() -> None:
    for make in LAYERS.values():
        layer = make()
        for dtype, expected in ((np.float32, np.float32), (np.int64, np.float64)):
            x = np.array([[1, -2], [3, 0]], dtype)
            assert layer.forward(x, training=True).dtype == expected
            assert layer.backward(x).dtype == expected


def test_what_is_refused() -> None:
    for name in ("softmax", "", "maxout"):
        with pytest.raises(ValueError, match="name"):
            Activation(name)
    for make in LAYERS.values():
        layer = make()
        assert layer.params == layer.grads == {}
        with pytest.raises(RuntimeError):
            layer.backward(np.ones((4, 3)))
        layer.forward(np.ones((4, 3)), training=True)
        for shape in ((3,), (1, 3), (4, 1), (3, 4), (1, 4, 3)):
            with pytest.raises(ValueError, match="dout"):
                layer.backward(np.ones(shape))
    with pytest.raises(ValueError, match="p must"):
        softmax_jacobian(np.ones((1, 3)))
    with pytest.raises(ValueError, match="dout"):
        softmax_vjp(np.ones((2, 3)), np.ones((1, 3)))
