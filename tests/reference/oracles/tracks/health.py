"""Health of deep networks: counts, normalization and Jacobians, by their definitions."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np

from refnn.init import dead_relu, gradient_flow, loss_surface
from refnn.layers.activation import ReLU
from refnn.layers.batchnorm import BatchNorm
from refnn.layers.dense import Dense
from refnn.layers.residual import Residual

from ..entry import Tolerance, Track
from ..exact import (
    COMPLEX,
    DIGITS,
    DIGITS_SLOPE,
    LOOPS,
    big,
    complex_gradients,
    log,
    mp,
    rng,
    sigmoid,
    slope,
    sqrt,
    tanh,
)

TRACK = Track("health")
COUNTED = Tolerance(1e-9, 1e-12, "one quotient of counts")
EQUAL = Tolerance(0, 0, "equal: decisions and places")
NORMALIZED = Tolerance(1e-7, 1e-9, "means and a root over N numbers, in any order")
GRADIENT = Tolerance(1e-7, 1e-9, "as forward; besides, central differences at 1e-6")
ADDED = Tolerance(1e-8, 1e-11, "matrix products and a sum; besides, central differences at 1e-6")
NORMS = Tolerance(1e-7, 0.0, "roots of sums of squares; besides, central differences at 1e-6")


def _preactivations() -> Any:
    for n, h in ((1, 1), (7, 4), (10, 6)):
        z = rng(n).normal(size=(n, h))
        z[:, 0] = -abs(z[:, 0])
        yield z


@TRACK.oracle("init.dead_relu.active_share", LOOPS, COUNTED)
def _active_share() -> Any:
    for z in _preactivations():
        yield (
            dead_relu.active_share(z),
            [sum(v > 0 for v in unit) / len(z) for unit in z.T.tolist()],
        )


@TRACK.oracle("init.dead_relu.dead_units", LOOPS, EQUAL, "exact")
def _dead_units() -> Any:
    for z in _preactivations():
        yield dead_relu.dead_units(z), [all(v <= 0 for v in unit) for unit in z.T.tolist()]


@TRACK.oracle("init.dead_relu.dead_report", LOOPS, COUNTED)
def _dead_report() -> Any:
    for seed in range(3):
        first, second = Dense(3, 5, rng(seed)), Dense(5, 4, rng(seed + 9))
        first.params["b"] -= 2
        X = rng(1).normal(size=(6, 3))
        z1 = X @ first.params["W"] + first.params["b"]
        z2 = np.maximum(z1, 0) @ second.params["W"]
        shares = [sum((unit <= 0).all() for unit in z.T) / z.shape[1] for z in (z1, z2)]
        report = dead_relu.dead_report([first, ReLU(), second, ReLU()], X)
        yield [report[1], report[3]], shares


TRACK.no_oracle(
    "init.dead_relu.revive",
    "random: its distribution and what it leaves alone are tested in "
    "tests/reference/test_dead_relu.py",
)

ACTIVATIONS: dict[str, tuple[Any, Any]] = {
    "tanh": (tanh, np.tanh),
    "sigmoid": (sigmoid, lambda z: 1 / (1 + np.exp(-z))),
}


def _deep() -> Any:
    for act in ACTIVATIONS:
        Ws = [rng(i).normal(size=shape) for i, shape in enumerate([(3, 4), (4, 3), (3, 2)])]
        yield Ws, act, rng(7).normal(size=(5, 3)), rng(8).normal(size=(5, 2))


def _outputs(act: str, X: Any, Ws: Any, shifts: Any) -> Any:
    """Return the outputs of all layers, with a shift before each activation."""
    h = [X]
    for W, shift in zip(Ws, shifts, strict=True):
        h.append(ACTIVATIONS[act][1](h[-1] @ W + shift))
    return h[1:]


def _deep_loss(act: str, X: Any, up: Any, *arrays: Any) -> Any:
    Ws, shifts = arrays[: len(arrays) // 2], arrays[len(arrays) // 2 :]
    return (up * _outputs(act, X, Ws, shifts)[-1]).sum()


@TRACK.oracle("init.gradient_flow.layer_stats", COMPLEX, NORMS)
def _layer_stats() -> Any:
    for Ws, act, X, up in _deep():
        zeros = [np.zeros((len(X), W.shape[1])) for W in Ws]
        slopes = complex_gradients(partial(_deep_loss, act, X, up), *Ws, *zeros)
        norms = [np.sqrt((slope**2).sum()) for slope in slopes]
        got = gradient_flow.layer_stats(Ws, act, X, up)
        yield got["act_std"], [np.std(h) for h in _outputs(act, X, Ws, zeros)]
        yield got["dW_norm"], norms[: len(Ws)]
        yield got["delta_norm"], norms[len(Ws) :]


@TRACK.oracle(
    "init.gradient_flow.jacobian_norm",
    "mpmath, eigenvalues with 50 digits",
    Tolerance(0.0101, 0.0, "power iteration is allowed, and stops within 1 %"),
)
def _jacobian_norm() -> Any:
    for Ws, act, X, _ in _deep():
        f = ACTIVATIONS[act][0]
        h, product = big(X[0]), big(np.eye(3))
        for W in map(big, Ws):
            z = h @ W
            product, h = product @ W * slope(f, z), f(z)
        eigenvalues = mp.eigsy(mp.matrix((product.T @ product).tolist()), eigvals_only=True)
        yield gradient_flow.jacobian_norm(Ws, act, X[0]), mp.sqrt(max(eigenvalues))


@TRACK.oracle("init.loss_surface.net_1_1_1", DIGITS, Tolerance(1e-9, 0.0, "two sigmoids"))
def _net_1_1_1() -> Any:
    w1, w2, x = rng(0).normal(0, 4, (3, 40))
    yield loss_surface.net_1_1_1(w1, w2, x), sigmoid(big(w2) * sigmoid(big(w1) * big(x)))


def _square(y: Any, z: Any) -> Any:
    return (sigmoid(z) - y) ** 2


def _entropy(y: Any, z: Any) -> Any:
    return -y * log(sigmoid(z)) - (1 - y) * log(1 - sigmoid(z))


@TRACK.oracle(
    "init.loss_surface.logit_gradients",
    DIGITS_SLOPE,
    Tolerance(1e-9, 1e-14, "p - y cancels where p is close to y"),
    note="p - y cancels where y is 1 and p close to it: p = 1 - 1e-9 has 7 digits of 1e-9",
)
def _logit_gradients() -> Any:
    for scale in (1.0, 30.0):
        z, y = rng(1).normal(0, scale, 20), rng(2).integers(0, 2, 20).astype(float)
        square, entropy = loss_surface.logit_gradients(z, y)
        yield square, slope(partial(_square, big(y)), z)
        yield entropy, slope(partial(_entropy, big(y)), z)


@TRACK.oracle(
    "init.loss_surface.surface",
    LOOPS,
    Tolerance(1e-9, 1e-12, "the same calls, on arrays or on numbers"),
)
def _surface() -> Any:
    for a, b in ((1, 1), (4, 3)):
        w1, w2 = rng(0).normal(size=a), rng(1).normal(size=b)
        yield (
            loss_surface.surface(lambda p, q: p * p - 3 * q, w1, w2),
            [[p * p - 3 * q for p in w1.tolist()] for q in w2.tolist()],
        )


@TRACK.oracle(
    "init.loss_surface.nonconvex_witness", LOOPS, Tolerance(1e-9, 1e-12, "a difference of losses")
)
def _nonconvex_witness() -> Any:
    def loss(p: Any, q: Any) -> Any:
        return (p * p - 1) ** 2 + q * q

    for seed in range(3):
        found = loss_surface.nonconvex_witness(loss, rng(seed), 2.0)
        assert found is not None
        a, b, gap = found
        p, q = big(a), big(b)
        yield gap, loss(*((p + q) / 2)) - (loss(*p) + loss(*q)) / 2
    yield loss_surface.nonconvex_witness(lambda p, q: p * p + q * q, rng(0)) is None, True


@TRACK.oracle("init.loss_surface.strict_local_minima", LOOPS, EQUAL, "exact")
def _strict_local_minima() -> Any:
    for shape in ((2, 5), (3, 3), (8, 9)):
        Z = rng(shape[0]).integers(0, 9, shape)
        places = [
            (i, j)
            for i in range(1, shape[0] - 1)
            for j in range(1, shape[1] - 1)
            if sorted(Z[i - 1 : i + 2, j - 1 : j + 2].ravel().tolist())[1] > Z[i, j]
        ]
        got = sorted(loss_surface.strict_local_minima(Z))
        yield [list(place) for place in got], [list(place) for place in places]


def _batches() -> Any:
    for n, d in ((1, 2), (5, 3), (9, 4)):
        layer = BatchNorm(d, momentum=0.75, eps=0.01)
        layer.params["gamma"][...] = rng(1).uniform(0.5, 2, d)
        layer.params["beta"][...] = rng(2).normal(size=d)
        yield layer, rng(3).normal(1, 2, (n, d)), rng(4).normal(size=(n, d))


def _normalize(x: Any, gamma: Any, beta: Any, eps: Any, root: Any) -> Any:
    away = x - x.sum(axis=0) / len(x)
    return gamma * away / root((away * away).sum(axis=0) / len(x) + eps) + beta


@TRACK.oracle(
    "layers.batchnorm.BatchNorm.forward",
    DIGITS,
    NORMALIZED,
    note="an output near 0 is the sum of gamma x_hat and beta, which cancel",
)
def _batchnorm_forward() -> Any:
    for layer, x, _ in _batches():
        gamma, beta = (big(layer.params[name]) for name in ("gamma", "beta"))
        eps, samples = mp.mpf(0.01), big(x)
        yield layer.forward(x, training=True), _normalize(samples, gamma, beta, eps, sqrt)
        mean = samples.sum(axis=0) / len(x)
        var = ((samples - mean) ** 2).sum(axis=0) / len(x)
        yield layer.running_mean, mean / 4
        yield layer.running_var, mp.mpf(3) / 4 + var / 4
        right = gamma * (samples - mean / 4) / sqrt(mp.mpf(3) / 4 + var / 4 + eps) + beta
        yield layer.forward(x), right


def _normalized_loss(dout: Any, x: Any, gamma: Any, beta: Any) -> Any:
    return (dout * _normalize(x, gamma, beta, 0.01, np.sqrt)).sum()


@TRACK.oracle("layers.batchnorm.BatchNorm.backward", COMPLEX, GRADIENT, "gradient")
def _batchnorm_backward() -> Any:
    for layer, x, dout in _batches():
        if len(x) > 1:  # for one sample, the gradient of x is 0
            layer.forward(x, training=True)
            got = layer.backward(dout), layer.grads["gamma"], layer.grads["beta"]
            right = complex_gradients(partial(_normalized_loss, dout), x, *layer.params.values())
            yield from zip(got, right, strict=True)


def _blocks() -> Any:
    for d_in, d_out in ((3, 3), (2, 4)):
        projection = None if d_in == d_out else Dense(d_in, d_out, rng(3))
        block = Residual([Dense(d_in, 5, rng(1)), Dense(5, d_out, rng(2))], projection)
        yield block, rng(4).normal(size=(4, d_in)), rng(5).normal(size=(4, d_out))


def _block(p: dict[str, Any], x: Any) -> Any:
    skipped = x @ p["projection.W"] if "projection.W" in p else x
    return skipped + x @ p["0.W"] @ p["1.W"]


@TRACK.oracle(
    "layers.residual.Residual.forward",
    DIGITS,
    ADDED,
)
def _residual_forward() -> Any:
    for block, x, _ in _blocks():
        yield block.forward(x), _block({name: big(a) for name, a in block.params.items()}, big(x))


def _block_loss(names: list[str], dout: Any, x: Any, *weights: Any) -> Any:
    return (dout * _block(dict(zip(names, weights, strict=True)), x)).sum()


@TRACK.oracle("layers.residual.Residual.backward", COMPLEX, ADDED, "gradient")
def _residual_backward() -> Any:
    for block, x, dout in _blocks():
        block.forward(x, training=True)
        names = [name for name in block.params if name.endswith("W")]
        got = block.backward(dout), *(block.grads[name] for name in names)
        weights = [block.params[name] for name in names]
        right = complex_gradients(partial(_block_loss, names, dout), x, *weights)
        yield from zip(got, right, strict=True)
