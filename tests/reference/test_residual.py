"""Residual blocks, compared with loops over single numbers and with complex steps."""

from typing import Any

import numpy as np
import pytest

from refnn.layers.batchnorm import BatchNorm
from refnn.layers.dense import Dense
from refnn.layers.dropout import Dropout
from refnn.layers.residual import Residual

sizes = pytest.mark.parametrize(("n", "d", "h"), [(7, 3, 5), (1, 4, 2), (4, 3, 3), (0, 2, 3)])


class Tanh:
    """A layer that computes its slope from the array that it returned."""

    def __init__(self) -> None:
        """Start without an output."""
        self.params: dict[str, Any] = {}
        self.grads: dict[str, Any] = {}

    def forward(self, x: Any, training: bool = False) -> Any:
        """Return tanh of x."""
        out = np.tanh(x)
        if training:
            self.out = out
        return out

    def backward(self, dout: Any) -> Any:
        """Return the gradient with respect to x."""
        return dout * (1 - self.out**2)

    def zero_grad(self) -> None:
        """Do nothing."""


class Same(Tanh):
    """A layer that returns the very arrays that it gets."""

    def forward(self, x: Any, training: bool = False) -> Any:
        """Return x."""
        return x

    def backward(self, dout: Any) -> Any:
        """Return dout."""
        return dout


def dense(i: int, o: int, seed: int) -> Dense:
    layer = Dense(i, o, np.random.default_rng(seed))
    layer.params["b"][...] = np.random.default_rng(seed + 50).normal(size=o)
    return layer


def complex_step(f: Any, x: Any) -> Any:
    """Return the gradient with respect to x: Im f(x + ih) / h, which is not rounded."""
    gradient = np.empty(x.shape)
    for index in np.ndindex(x.shape):
        moved = x.astype(complex)
        moved[index] += 1e-30j
        gradient[index] = f(moved).imag / 1e-30
    return gradient


def test_the_numbers_of_the_lesson() -> None:
    layer = Dense(2, 2, np.random.default_rng(0))
    layer.params["W"][...] = [[1, 2], [3, 4]]
    block = Residual([layer])
    assert block.forward([[1, 1]], training=True).tolist() == [[5, 7]]
    assert block.backward([[1, -1]]).tolist() == [[0, -2]]
    assert block.grads["0.W"].tolist() == [[1, -1], [1, -1]]


@pytest.mark.parametrize("skip", [True, False])
def test_thirty_blocks(skip: bool) -> None:
    """Sizes of the gradient and of the signal that the lesson names."""

    class Relu(Tanh):
        def forward(self, x: Any, training: bool = False) -> Any:
            self.positive = x > 0
            return x * self.positive

        def backward(self, dout: Any) -> Any:
            return dout * self.positive

    for deviation, low, high in ((0.01, 1.0, 1.2), (0.125, 1e4, 1e5)):
        rng = np.random.default_rng(1)
        net: list[Any] = []
        for _ in range(30):
            layer = Dense(64, 64, rng)
            layer.params["W"][...] = rng.normal(0, deviation, (64, 64))
            net += [Residual([layer, Relu()])] if skip else [layer, Relu()]
        signal = rng.normal(size=(32, 64))
        for part in net:
            signal = part.forward(signal, training=True)
        d = rng.normal(size=signal.shape)
        start = np.linalg.norm(d)
        for part in reversed(net):
            d = part.backward(d)
        share = float(np.linalg.norm(d) / start)
        if skip:
            assert low < share < high
        elif deviation == 0.01:
            assert 1e-38 < share < 1e-36
        else:
            assert 1e-6 < share < 1e-4
        if skip and deviation == 0.125:  # that of lecun_normal for 64 inputs
            assert 2e4 < signal.std() < 8e4


@sizes
def test_forward_adds_up_numbers(n: int, d: int, h: int) -> None:
    first, second = dense(d, h, 1), dense(h, d, 2)
    x = np.random.default_rng(3).normal(size=(n, d))
    (W, b), (V, c) = ([layer.params[k].tolist() for k in ("W", "b")] for layer in (first, second))
    expected = []
    for row in x.tolist():
        middle = [sum(row[i] * W[i][j] for i in range(d)) + b[j] for j in range(h)]
        expected.append(
            [row[k] + sum(middle[j] * V[j][k] for j in range(h)) + c[k] for k in range(d)]
        )
    got = Residual([first, second]).forward(x)
    np.testing.assert_allclose(got, np.reshape(expected, (n, d)), rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("projected", [False, True])
def test_gradients_are_those_of_complex_steps(projected: bool) -> None:
    n, d, h = 5, 3, 4
    o = 2 if projected else d
    first, second, projection = dense(d, h, 1), dense(h, o, 2), dense(d, o, 3)
    block = Residual([Tanh(), first, Tanh(), second, Tanh()], projection if projected else None)
    rng = np.random.default_rng(4)
    x, dout = rng.normal(size=(n, d)), rng.normal(size=(n, o))

    def loss(x: Any, W: Any = first.params["W"], P: Any = projection.params["W"]) -> Any:
        middle = np.tanh(np.tanh(x) @ W + first.params["b"])
        out = np.tanh(middle @ second.params["W"] + second.params["b"])
        skip = x @ P + projection.params["b"] if projected else x
        return ((out + skip) * dout).sum()

    value = (block.forward(x, training=True) * dout).sum()
    assert value == pytest.approx(loss(x), rel=1e-12)
    np.testing.assert_allclose(block.backward(dout), complex_step(loss, x), rtol=1e-9, atol=1e-12)
    by_first = complex_step(lambda W: loss(x, W=W), first.params["W"])
    np.testing.assert_allclose(block.grads["1.W"], by_first, rtol=1e-9, atol=1e-12)
    if projected:
        by_projection = complex_step(lambda P: loss(x, P=P), projection.params["W"])
        np.testing.assert_allclose(block.grads["projection.W"], by_projection, rtol=1e-9)


def test_names_and_arrays() -> None:
    first, second, projection = dense(3, 4, 1), dense(4, 2, 2), dense(3, 2, 3)
    block = Residual((first, Tanh(), second), projection)
    names = ["0.W", "0.b", "2.W", "2.b", "projection.W", "projection.b"]
    assert list(block.params) == list(block.grads) == names
    assert block.params["2.W"] is second.params["W"]
    assert block.grads["projection.b"] is projection.grads["b"]
    block.forward(np.ones((1, 3)), training=True)
    block.backward(np.ones((1, 2)))
    assert all(block.grads[name].any() for name in names)
    block.zero_grad()
    assert not any(block.grads[name].any() for name in names)
    first.grads = {name: array + 1 for name, array in first.grads.items()}
    assert block.grads["0.W"] is first.grads["W"]
    assert list(Residual([Residual([first])]).params) == ["0.0.W", "0.0.b"]


def test_nothing_is_changed() -> None:
    x, dout = np.ones((2, 3)), np.full((2, 3), 2.0)
    block = Residual([Same()])
    assert (block.forward(x, training=True) == 2).all()
    assert (block.backward(dout) == 4).all()
    assert (x == 1).all()
    assert (dout == 2).all()


def test_other_layers_in_a_block() -> None:
    """training reaches the layers: dropout drops, and batch normalization normalizes."""
    x = np.random.default_rng(1).normal(size=(200, 3))
    block = Residual([BatchNorm(3), Dropout(0.5, np.random.default_rng(0))])
    out = block.forward(x, training=True)
    assert ((out == x).mean() - 0.5) ** 2 < 0.01
    measured = block.forward(x)
    assert (measured != x).all()
    dx = block.backward(np.random.default_rng(2).normal(size=x.shape))
    assert np.isfinite(dx).all()


def test_what_is_refused() -> None:
    for block in (
        Residual([dense(3, 1, 0)]), Residual([dense(3, 2, 0)]),
        Residual([dense(3, 3, 0)], dense(3, 1, 1)),
    ):  # fmt: skip
        with pytest.raises(ValueError, match="cannot be added"):
            block.forward(np.ones((4, 3)))
    block = Residual([Same()])
    block.forward(np.ones((4, 3)))
    with pytest.raises(RuntimeError):
        block.backward(np.ones((4, 3)))
    block.forward(np.ones((4, 3)), training=True)
    for shape in ((1, 3), (3,), (4, 1), (1, 4, 3)):
        with pytest.raises(ValueError, match="dout"):
            block.backward(np.ones(shape))
