"""Layers: outputs with 50 digits, and gradients by complex steps through the same formulas."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from itertools import pairwise
from typing import Any

import numpy as np

from refnn.layers import activation, delta
from refnn.layers.dense import Dense
from refnn.layers.two_layer import NeuralNetwork

from ..entry import Tolerance, Track
from ..exact import (
    COMPLEX,
    DIGITS,
    DIGITS_SLOPE,
    big,
    complex_gradients,
    erfc,
    exp,
    gradient,
    log,
    mp,
    rng,
    sigmoid,
    slope,
    softmax,
    sqrt,
    tanh,
)

TRACK = Track("layers")
SUMMED = Tolerance(1e-9, 1e-12, "sums of n products, which may cancel")
GRADIENT = Tolerance(1e-9, 1e-12, "as forward; besides, central differences at 1e-6")
STEP = Tolerance(1e-9, 1e-12, "one step; three steps at 1e-7")
MEASURED = Tolerance(1e-6, 1e-8, "central differences with h = 1e-5; formulas at 1e-9")
CANCELS = "an entry near 0 is a sum that cancels"

FUNCTIONS: Mapping[str, Callable[[Any], Any]] = {
    "linear": lambda x: x,
    "relu": lambda x: np.maximum(x, mp.mpf(0)),
    "tanh": tanh,
    "sigmoid": sigmoid,
    "elu": lambda x: np.where((x > 0).astype(bool), x, exp(x) - 1),
    "softplus": lambda x: log(1 + exp(x)),
    "swish": lambda x: x * sigmoid(x),
    "gelu": lambda x: x * erfc(-x / sqrt(mp.mpf(2))) / 2,
}


def _without_name(layer: Callable[[], Any], _: str) -> Any:
    return layer()


def add_activation(name: str, made: Callable[[str], Any], functions: list[str]) -> None:
    """Add the two entries of an activation layer."""

    def forward() -> Any:
        for function in functions:
            x = rng().normal(0, 3, (4, 5))
            yield made(function).forward(x), FUNCTIONS[function](big(x))

    def backward() -> Any:
        for function in functions:
            x, dout = rng(1).normal(0, 3, (4, 5)), rng(2).normal(size=(4, 5))
            layer = made(function)
            layer.forward(x, training=True)
            yield layer.backward(dout), big(dout) * slope(FUNCTIONS[function], x)

    tolerance = Tolerance(1e-9, 1e-12, "as the activations")
    TRACK.oracle(f"layers.activation.{name}.forward", DIGITS, tolerance)(forward)
    TRACK.oracle(f"layers.activation.{name}.backward", DIGITS_SLOPE, tolerance, "gradient")(
        backward
    )


add_activation("Activation", activation.Activation, list(FUNCTIONS))
for _class, _function in ((activation.ReLU, "relu"), (activation.Tanh, "tanh"),
                          (activation.Sigmoid, "sigmoid")):  # fmt: skip
    add_activation(_class.__name__, partial(_without_name, _class), [_function])


@TRACK.oracle("layers.activation.Softmax.forward", DIGITS, Tolerance(1e-9, 1e-12, "as softmax"))
def _softmax_forward() -> Any:
    for shape in ((1, 2), (4, 5)):
        x = rng().normal(0, 3, shape)
        yield activation.Softmax().forward(x), softmax(big(x))


def _softmax_loss(dout: Any, x: Any) -> Any:
    return (dout * softmax(x)).sum()


@TRACK.oracle("layers.activation.Softmax.backward", DIGITS_SLOPE, SUMMED, "gradient")
def _softmax_backward() -> Any:
    for shape in ((1, 2), (4, 5)):
        x, dout = rng(1).normal(0, 3, shape), rng(2).normal(size=shape)
        layer = activation.Softmax()
        layer.forward(x, training=True)
        yield layer.backward(dout), gradient(partial(_softmax_loss, big(dout)), x)


@TRACK.oracle("layers.activation.softmax_jacobian", DIGITS, SUMMED)
def _softmax_jacobian() -> Any:
    for c in (1, 2, 6):
        p = rng(c).dirichlet(np.ones(c))
        q = big(p)
        yield (
            activation.softmax_jacobian(p),
            [[q[i] * ((i == j) - q[j]) for j in range(c)] for i in range(c)],
        )


@TRACK.oracle("layers.activation.softmax_vjp", DIGITS, SUMMED, "gradient")
def _softmax_vjp() -> Any:
    for n, c in ((1, 2), (5, 6)):
        p, dout = rng(c).dirichlet(np.ones(c), n), rng(1).normal(size=(n, c))
        q, up = big(p), big(dout)
        yield activation.softmax_vjp(p, dout), q * (up - (q * up).sum(axis=1, keepdims=True))


def _network() -> Any:
    """Yield (x, Ws, bs) of networks with one to three layers."""
    for sizes in ((2, 1), (3, 4, 2), (5, 4, 3, 3)):
        Ws = [rng(i).normal(size=(m, n)) for i, (n, m) in enumerate(pairwise(sizes))]
        bs = [rng(i + 5).normal(size=len(W)) for i, W in enumerate(Ws)]
        yield rng(9).normal(size=sizes[0]), Ws, bs


def _all_layers(x: Any, Ws: Any, bs: Any, f: Callable[[Any], Any]) -> tuple[list[Any], list[Any]]:
    zs, outputs = [], [x]
    for W, b in zip(Ws, bs, strict=True):
        zs.append(W @ outputs[-1] + b)
        outputs.append(f(zs[-1]))
    return zs, outputs


@TRACK.oracle("layers.delta.forward_all", DIGITS, SUMMED)
def _forward_all() -> Any:
    for x, Ws, bs in _network():
        got = delta.forward_all(x, Ws, bs, np.tanh)
        right = _all_layers(big(x), list(map(big, Ws)), list(map(big, bs)), tanh)
        for one, other in zip(got, right, strict=True):
            yield from zip(one, other, strict=True)


def _tanh_slope(z: Any) -> Any:
    return 1 - np.tanh(z) ** 2


def _output_delta(z: Any, a: Any, y: Any) -> Any:
    return (a - y) * _tanh_slope(z)


def _backpropagated(x: Any, Ws: Any, bs: Any) -> Any:
    """Return the results of `deltas` for half the squared error to 1, and what they depend on."""
    zs, as_ = delta.forward_all(x, Ws, bs, np.tanh)
    found = delta.deltas(1.0, zs, as_, Ws, _tanh_slope, _output_delta)
    return found, as_


def _half_square(x: Any, *arrays: Any) -> Any:
    Ws, bs = arrays[: len(arrays) // 2], arrays[len(arrays) // 2 :]
    return ((_all_layers(x, Ws, bs, np.tanh)[1][-1] - 1) ** 2).sum() / 2


@TRACK.oracle("layers.delta.deltas", COMPLEX, GRADIENT, "gradient")
def _deltas() -> Any:
    for x, Ws, bs in _network():
        right = complex_gradients(partial(_half_square, x), *Ws, *bs)
        yield from zip(_backpropagated(x, Ws, bs)[0], right[len(Ws) :], strict=True)


@TRACK.oracle("layers.delta.gradients", COMPLEX, GRADIENT, "gradient")
def _gradients() -> Any:
    for x, Ws, bs in _network():
        dWs, dbs = delta.gradients(*_backpropagated(x, Ws, bs))
        right = complex_gradients(partial(_half_square, x), *Ws, *bs)
        yield from zip([*dWs, *dbs], right, strict=True)


def _dense() -> Any:
    for n, i, o in ((1, 1, 1), (4, 3, 2), (6, 2, 5)):
        layer = Dense(i, o, rng(i))
        layer.params["b"][...] = rng(1).normal(size=o)
        yield layer, rng(2).normal(size=(n, i)), rng(3).normal(size=(n, o))


@TRACK.oracle("layers.dense.Dense.forward", DIGITS, SUMMED)
def _dense_forward() -> Any:
    for layer, x, _ in _dense():
        yield layer.forward(x), big(x) @ big(layer.params["W"]) + big(layer.params["b"])


def _dense_loss(dout: Any, x: Any, W: Any, b: Any) -> Any:
    return (dout * (x @ W + b)).sum()


@TRACK.oracle("layers.dense.Dense.backward", COMPLEX, GRADIENT, "gradient")
def _dense_backward() -> Any:
    for layer, x, dout in _dense():
        layer.forward(x, training=True)
        got = layer.backward(dout), layer.grads["W"], layer.grads["b"]
        right = complex_gradients(partial(_dense_loss, dout), x, *layer.params.values())
        yield from zip(got, right, strict=True)


def _two_layers() -> Any:
    for hidden, sizes in (("tanh", (3, 4, 2)), ("relu", (4, 5, 3))):
        network = NeuralNetwork(*sizes, rng(0), hidden=hidden)
        network.b1 = rng(1).normal(size=sizes[1])
        network.b2 = rng(2).normal(size=sizes[2])
        yield network, rng(3).normal(size=(6, sizes[0])), rng(4).integers(0, sizes[2], 6)


def _parameters(network: NeuralNetwork) -> dict[str, Any]:
    return {name: getattr(network, name) for name in ("W1", "b1", "W2", "b2")}


def _probabilities(network: NeuralNetwork, X: Any) -> Any:
    p = {name: big(array) for name, array in _parameters(network).items()}
    return softmax(FUNCTIONS[network.hidden](big(X) @ p["W1"] + p["b1"]) @ p["W2"] + p["b2"])


@TRACK.oracle(
    "layers.two_layer.NeuralNetwork.forward",
    DIGITS,
    Tolerance(1e-9, 0.0, "two matrix products and softmax"),
)
def _two_layer_forward() -> Any:
    for network, X, _ in _two_layers():
        yield network.forward(X), _probabilities(network, X)


@TRACK.oracle(
    "layers.two_layer.NeuralNetwork.loss", DIGITS, Tolerance(1e-9, 0.0, "a mean of logarithms")
)
def _two_layer_loss() -> Any:
    for network, X, y in _two_layers():
        yield network.loss(X, y), -log(_probabilities(network, X)[np.arange(6), y]).sum() / 6


def _loss(hidden: str, X: Any, y: Any, W1: Any, b1: Any, W2: Any, b2: Any) -> Any:
    z = X @ W1 + b1
    logits = (np.tanh(z) if hidden == "tanh" else np.where(z.real > 0, z, 0)) @ W2 + b2
    return (np.log(np.exp(logits).sum(axis=1)) - logits[np.arange(len(y)), y]).mean()


def _complex_gradients(network: NeuralNetwork, X: Any, y: Any) -> dict[str, Any]:
    p = _parameters(network)
    found = complex_gradients(partial(_loss, network.hidden, X, y), *p.values())
    return dict(zip(p, found, strict=True))


@TRACK.oracle("layers.two_layer.NeuralNetwork.gradients", COMPLEX, MEASURED, "gradient")
def _two_layer_gradients() -> Any:
    for network, X, y in _two_layers():
        got, right = network.gradients(X, y), _complex_gradients(network, X, y)
        for name in right:
            yield got[name], right[name]


@TRACK.oracle(
    "layers.two_layer.NeuralNetwork.backward",
    COMPLEX,
    STEP,
    "gradient",
)
def _two_layer_backward() -> Any:
    for network, X, y in _two_layers():
        before, right = _parameters(network), _complex_gradients(network, X, y)
        network.backward(X, y, 0.5)
        for name, array in before.items():
            yield getattr(network, name), array - 0.5 * right[name]
