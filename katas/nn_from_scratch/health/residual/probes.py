"""Functions that build blocks from layers of their own, in the process of the learner's module."""

import numpy as np

from . import residual as module
from .dense import Dense


class _Layer:
    """A layer without parameters that tests nothing and copies nothing."""

    def __init__(self):
        self.params, self.grads = {}, {}
        self.seen = []

    def zero_grad(self):
        self.seen.append("zero_grad")


class _Same(_Layer):
    """Return the arrays that it gets."""

    def forward(self, x, training=False):
        self.seen.append(training)
        return x

    def backward(self, dout):
        return dout


class _Times(_Layer):
    """Multiply by a number."""

    def __init__(self, number):
        super().__init__()
        self.number = number

    def forward(self, x, training=False):  # noqa: ARG002
        return np.asarray(x) * self.number

    def backward(self, dout):
        return np.asarray(dout) * self.number


class _Tanh(_Layer):
    """Keep the array that forward returns, and compute the slope from it."""

    def forward(self, x, training=False):
        out = np.tanh(x)
        if training:
            self.out = out
        return out

    def backward(self, dout):
        self.d = dout * (1 - self.out**2)
        return self.d


class _Shift(_Layer):
    """Add a parameter; every backward puts a new array into grads."""

    def __init__(self, shift):
        self.params = {"shift": np.array(shift, float)}
        self.grads = {"shift": np.zeros(len(shift))}

    def forward(self, x, training=False):  # noqa: ARG002
        return x + self.params["shift"]

    def backward(self, dout):
        self.grads = {"shift": self.grads["shift"] + np.asarray(dout).sum(axis=0)}
        return np.array(dout)

    def zero_grad(self):
        self.grads = {"shift": np.zeros(len(self.params["shift"]))}


def write_params(layer, W: np.ndarray, b: np.ndarray) -> None:
    """Write weights and biases into the arrays of a dense layer, as an optimizer does."""
    layer.params["W"][...] = W
    layer.params["b"][...] = b


def held(block, layers: dict) -> dict:
    """Return per name whether params and grads of the block contain the arrays of the layers."""
    return {
        name: [
            block.params.get(name) is layer.params[name.rpartition(".")[2]],
            block.grads.get(name) is layer.grads[name.rpartition(".")[2]],
        ]
        for name, layer in layers.items()
    }


def through_tanh(first, second, x: np.ndarray, dout: np.ndarray, last: bool) -> list:
    """Return y and dx of a block of two layers with tanh before, between, and behind if `last`."""
    layers = [_Tanh(), first, _Tanh(), second, *([_Tanh()] if last else [])]
    block = module.Residual(layers)
    return [block.forward(x, training=True), block.backward(dout)]


def through_shifts(
    first: np.ndarray, second: np.ndarray, x: np.ndarray, dout: np.ndarray, times: int
) -> list:
    """Return the names and gradients of a block of shifts after so many backward passes."""
    block = module.Residual([_Shift(first), _Tanh(), _Shift(second)], _Shift(first))
    block.forward(x, training=True)
    for _ in range(times):
        block.backward(dout)
    grads = {str(name): np.array(gradient) for name, gradient in block.grads.items()}
    block.zero_grad()
    return [grads, {str(name): np.array(gradient) for name, gradient in block.grads.items()}]


def with_layers_that_copy_nothing(x: np.ndarray, dout: np.ndarray) -> list:
    """Return y, y without training, and dx of a block whose layer returns what it gets."""
    block = module.Residual([_Same()])
    return [block.forward(x, training=True), block.forward(x), block.backward(dout)]


def modes(number: int, projection: bool, calls: list) -> list:
    """Return with which `training` each layer was called."""
    layers = [_Same() for _ in range(number)]
    p = _Same() if projection else None
    block = module.Residual(layers, p)
    for training in calls:
        block.forward(np.ones((2, 3)), training=training)
    block.forward(np.ones((2, 3)))
    block.zero_grad()
    return [layer.seen for layer in (*layers, *([p] if projection else []))]


def times(number: float):
    """Return a block whose layer multiplies by a number and tests nothing."""
    return module.Residual([_Times(number)])


def sizes(blocks: int, deviation: float, width: int, seed: int) -> list:
    """Return the share of a gradient that is left behind each block, from the last to the first."""
    rng = np.random.default_rng(seed)
    net = []
    for _ in range(blocks):
        layer = Dense(width, width, rng)
        layer.params["W"][...] = rng.normal(0, deviation, (width, width))
        net.append(module.Residual([layer, _Rectifier()]))
    h, found = rng.normal(size=(16, width)), []
    for block in net:
        h = block.forward(h, training=True)
    d = rng.normal(size=h.shape)
    start = float(np.sqrt((d**2).sum()))
    for block in reversed(net):
        d = np.asarray(block.backward(d), float)
        found.append(float(np.sqrt((d**2).sum())) / start)
    return found


class _Rectifier(_Layer):
    """Set negative numbers to 0."""

    def forward(self, x, training=False):
        if training:
            self.positive = x > 0
        return np.maximum(x, 0.0)

    def backward(self, dout):
        return dout * self.positive
