"""Health of deep networks: counts, normalization and Jacobians, by their definitions."""

from __future__ import annotations

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
    complex_gradient,
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
NORMALIZED = Tolerance(1e-9, 0.0, "means and a root over N numbers")
MEASURED = Tolerance(1e-6, 1e-8, "central differences with h = 1e-5")


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
        layers = [Dense(3, 5, rng(seed)), ReLU(), Dense(5, 4, rng(seed + 9)), ReLU()]
        layers[0].params["b"] -= 2
        X = rng(1).normal(size=(6, 3))
        z1 = X @ layers[0].params["W"] + layers[0].params["b"]
        z2 = np.maximum(z1, 0) @ layers[2].params["W"]
        shares = [sum((unit <= 0).all() for unit in z.T) / z.shape[1] for z in (z1, z2)]
        report = dead_relu.dead_report(layers, X)
        yield [report[1], report[3]], shares


TRACK.no_oracle(
    "init.dead_relu.revive",
    "random: its distribution, and what it leaves alone, are tested in tests/reference/test_dead_relu.py",
)

ACTIVATIONS = {"tanh": (tanh, np.tanh), "sigmoid": (sigmoid, lambda z: 1 / (1 + np.exp(-z)))}


def _deep() -> Any:
    for act in ACTIVATIONS:
        Ws = [rng(i).normal(size=shape) for i, shape in enumerate([(3, 4), (4, 3), (3, 2)])]
        yield Ws, act, rng(7).normal(size=(5, 3)), rng(8).normal(size=(5, 2))


@TRACK.oracle(
    "init.gradient_flow.layer_stats",
    f"numpy; {COMPLEX}",
    Tolerance(1e-6, 1e-8, "central differences with h = 1e-5"),
)
def _layer_stats() -> Any:
    for Ws, act, X, up in _deep():
        f, zeros = ACTIVATIONS[act][1], [np.zeros((len(X), W.shape[1])) for W in Ws]

        def run(Ws: Any, shifts: Any, f: Any = f, X: Any = X) -> Any:
            h = [X]
            for W, shift in zip(Ws, shifts, strict=True):
                h.append(f(h[-1] @ W + shift))
            return h

        def replaced(arrays: Any, place: int, array: Any) -> Any:
            return [array if i == place else a for i, a in enumerate(arrays)]

        right: dict[str, list[float]] = {"act_std": [], "delta_norm": [], "dW_norm": []}
        for i, W in enumerate(Ws):
            dz = complex_gradient(
                lambda at, i=i: (up * run(Ws, replaced(zeros, i, at))[-1]).sum(), zeros[i]
            )
            dW = complex_gradient(
                lambda at, i=i: (up * run(replaced(Ws, i, at), zeros)[-1]).sum(), W
            )
            right["act_std"].append(float(np.std(run(Ws, zeros)[i + 1])))
            right["delta_norm"].append(float(np.sqrt((dz**2).sum())))
            right["dW_norm"].append(float(np.sqrt((dW**2).sum())))
        got = gradient_flow.layer_stats(Ws, act, X, up)
        for name, numbers in right.items():
            yield got[name], numbers


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


@TRACK.oracle("init.loss_surface.net_1_1_1", DIGITS, COUNTED)
def _net_1_1_1() -> Any:
    w1, w2, x = rng(0).normal(0, 4, (3, 40))
    yield loss_surface.net_1_1_1(w1, w2, x), sigmoid(big(w2) * sigmoid(big(w1) * big(x)))


@TRACK.oracle(
    "init.loss_surface.logit_gradients",
    DIGITS_SLOPE,
    Tolerance(1e-9, 1e-14, "p - y cancels where p is close to y"),
)
def _logit_gradients() -> Any:
    for scale in (1.0, 30.0):
        z, y = rng(1).normal(0, scale, 20), rng(2).integers(0, 2, 20).astype(float)
        target = big(y)
        square, entropy = loss_surface.logit_gradients(z, y)
        yield square, slope(lambda at, t=target: (sigmoid(at) - t) ** 2, z)
        yield (
            entropy,
            slope(lambda at, t=target: -t * log(sigmoid(at)) - (1 - t) * log(1 - sigmoid(at)), z),
        )


@TRACK.oracle("init.loss_surface.surface", LOOPS, Tolerance(1e-9, 0.0, "the same calls"))
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


@TRACK.oracle("layers.batchnorm.BatchNorm.forward", DIGITS, NORMALIZED)
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


@TRACK.oracle("layers.batchnorm.BatchNorm.backward", COMPLEX, MEASURED, "gradient")
def _batchnorm_backward() -> Any:
    for layer, x, dout in _batches():
        gamma, beta = layer.params["gamma"], layer.params["beta"]

        def loss(x: Any, gamma: Any, beta: Any, up: Any = dout) -> Any:
            return (up * _normalize(x, gamma, beta, 0.01, np.sqrt)).sum()

        layer.forward(x, training=True)
        if len(x) > 1:
            yield (
                layer.backward(dout),
                complex_gradient(lambda at, f=loss, g=gamma, b=beta: f(at, g, b), x),
            )
            yield (
                layer.grads["gamma"],
                complex_gradient(lambda at, f=loss, x=x, b=beta: f(x, at, b), gamma),
            )
            yield (
                layer.grads["beta"],
                complex_gradient(lambda at, f=loss, x=x, g=gamma: f(x, g, at), beta),
            )


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
    Tolerance(1e-9, 0.0, "two matrix products and a sum"),
)
def _residual_forward() -> Any:
    for block, x, _ in _blocks():
        yield block.forward(x), _block({name: big(a) for name, a in block.params.items()}, big(x))


@TRACK.oracle("layers.residual.Residual.backward", COMPLEX, MEASURED, "gradient")
def _residual_backward() -> Any:
    for block, x, dout in _blocks():
        p = block.params
        block.forward(x, training=True)
        yield (
            block.backward(dout),
            complex_gradient(lambda at, p=p, up=dout: (up * _block(p, at)).sum(), x),
        )
        for name in [name for name in p if name.endswith("W")]:
            yield (
                block.grads[name],
                complex_gradient(
                    lambda at, p=p, n=name, x=x, up=dout: (up * _block({**p, n: at}, x)).sum(),
                    p[name],
                ),
            )
