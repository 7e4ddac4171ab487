"""Optimizers: their update rules with 50 digits; Newton's method by solving with 50 digits."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np

from refnn.layers.dropout import Dropout
from refnn.optim import newton
from refnn.optim.adam import Adam
from refnn.optim.sgd import SGD, clip_grad_norm

from ..entry import Tolerance, Track
from ..exact import DIGITS, DIGITS_SLOPE, big, gradient, mp, rng, sigmoid, sqrt

TRACK = Track("optim")
PATH = Tolerance(1e-9, 1e-11, "a few steps, each a handful of roundings")
ADAM = Tolerance(1e-9, 0.0, "a few steps; besides, 1e-5 of a step, which is about lr")
SHAPES: list[tuple[int, ...]] = [(), (3,), (2, 3)]


def _gradients() -> Any:
    params = [np.asarray(rng(i).normal(size=shape)) for i, shape in enumerate(SHAPES)]
    return params, [
        [np.asarray(rng(t * 9 + i).normal(size=s)) for i, s in enumerate(SHAPES)]
        for t in range(1, 7)
    ]


def _sgd_by_rule(
    p: Any, path: list[Any], lr: float, mu: float, decay: float, nesterov: bool
) -> Any:
    lr, mu, decay = mp.mpf(lr), mp.mpf(mu), mp.mpf(decay)
    v = 0 * p
    for g in path:
        d = g + decay * p
        v = mu * v + d
        p = p - lr * (d + mu * v if nesterov else v)
    return p


@TRACK.oracle("optim.sgd.SGD", DIGITS, PATH)
def _sgd() -> Any:
    for options in ((0.1, 0.0, 0.0, False), (0.1, 0.9, 0.01, False), (0.05, 0.9, 0.01, True)):
        params, path = _gradients()
        start, optimizer = [big(p) for p in params], SGD(*options)
        for grads in path:
            optimizer.step(params, grads)
        for i, p in enumerate(start):
            yield params[i], _sgd_by_rule(p, [big(g[i]) for g in path], *options)


@TRACK.oracle(
    "optim.sgd.clip_grad_norm", DIGITS, Tolerance(1e-9, 1e-12, "one root and one quotient")
)
def _clip_grad_norm() -> Any:
    for scale in (1e-3, 1.0, 1e200):
        grads = [rng(i).normal(0, scale, (3, 2)) for i in range(3)]
        right = [big(g) for g in grads]
        norm = mp.sqrt(sum((g**2).sum() for g in right))
        yield clip_grad_norm(grads, 1.0), norm
        for g, r in zip(grads, right, strict=True):
            yield g, r / max(norm, mp.mpf(1))


@TRACK.oracle("optim.adam.Adam", DIGITS, ADAM)
def _adam() -> Any:
    for betas in ((0.9, 0.999), (0.5, 0.8)):
        for decay, decoupled in ((0.0, True), (0.1, True), (0.1, False)):
            params, path = _gradients()
            start = [big(p) for p in params]
            optimizer = Adam(0.01, betas, 1e-8, decay, decoupled)
            for grads in path:
                optimizer.step(params, grads)
            for i, p in enumerate(start):
                yield (
                    params[i],
                    _adam_by_sums(p, [big(g[i]) for g in path], betas, decay, decoupled),
                )


def _adam_by_sums(p: Any, path: list[Any], betas: Any, decay: float, decoupled: bool) -> Any:
    """Take the steps with both means as sums over all gradients so far."""
    b1, b2, lr, wd, eps = map(mp.mpf, (*betas, 0.01, decay, 1e-8))
    seen: list[Any] = []
    for t, g in enumerate(path, 1):
        seen.append(g if decoupled else g + wd * p)
        m = sum((1 - b1) * b1 ** (t - k) * d for k, d in enumerate(seen, 1)) / (1 - b1**t)
        v = sum((1 - b2) * b2 ** (t - k) * d**2 for k, d in enumerate(seen, 1)) / (1 - b2**t)
        p = p - (lr * wd * p if decoupled else 0) - lr * m / (sqrt(v) + eps)
    return p


@TRACK.oracle("layers.dropout.Dropout.forward", DIGITS, Tolerance(0.0, 2e-6, "float32 and float64"))
def _dropout_forward() -> Any:
    for rate in (0.0, 0.2, 0.5):
        x = rng().normal(size=(20, 30))
        got = Dropout(rate, rng(5)).forward(x, training=True)
        yield got, big(x) * (got != 0) / (1 - mp.mpf(rate))


@TRACK.oracle(
    "layers.dropout.Dropout.backward",
    DIGITS,
    Tolerance(0.0, 2e-6, "float32 and float64"),
    "gradient",
)
def _dropout_backward() -> Any:
    for rate in (0.0, 0.2, 0.5):
        layer, dout = Dropout(rate, rng(5)), rng(1).normal(size=(20, 30))
        kept = layer.forward(np.ones_like(dout), training=True) != 0
        yield layer.backward(dout), big(dout) * kept / (1 - mp.mpf(rate))


def solve(matrix: Any, right: Any) -> Any:
    """Return the solution of a linear system with 50 digits."""
    return np.array(list(mp.lu_solve(mp.matrix(matrix.tolist()), mp.matrix(right.tolist()))))


@TRACK.oracle(
    "optim.newton.newton_step",
    DIGITS,
    Tolerance(1e-9, 1e-10, "solving multiplies rounding by the condition of H"),
    note="solving multiplies rounding by the condition of H",
)
def _newton_step() -> Any:
    for d, damping in ((1, 0.0), (3, 0.0), (5, 0.5)):
        A, w, g = rng(d).normal(size=(d, d)), rng(1).normal(size=d), rng(2).normal(size=d)
        H = A @ A.T + np.eye(d)
        matrix = big(H) + mp.mpf(damping) * big(np.eye(d))
        yield newton.newton_step(w, g, H, damping), big(w) - solve(matrix, big(g))


@TRACK.oracle(
    "optim.newton.logistic_newton",
    DIGITS,
    Tolerance(1e-7, 1e-9, "stops when the gradient is below 1e-10"),
    note="stops when the gradient is below tol = 1e-10, close to the minimum",
)
def _logistic_newton() -> Any:
    for n, d, lam in ((12, 2, 0.1), (30, 3, 0.01)):
        X, noise = rng(n).normal(size=(n, d)), rng(1).normal(size=n)
        y = (X[:, 0] + noise > 0).astype(float)
        w, samples, labels = big(np.zeros(d)), big(X), big(y)
        for _ in range(10):
            p = sigmoid(samples @ w)
            g = samples.T @ (p - labels) / n + mp.mpf(lam) * w
            H = (samples.T * (p * (1 - p))) @ samples / n + mp.mpf(lam) * big(np.eye(d))
            w = w - solve(H, g)
        yield newton.logistic_newton(X, y, lam)[0], w


def _cubic_grad(S: Any, w: Any, place: Any = slice(None)) -> Any:
    return (w**3 + S @ w)[place]


@TRACK.oracle(
    "optim.newton.finite_diff_hessian",
    DIGITS_SLOPE,
    Tolerance(1e-6, 1e-6, "h² from the formula and 1e-16 / h from rounding"),
    "gradient",
    "differences with h = 1e-5 keep about 10 of 16 digits: the error of the method",
)
def _finite_diff_hessian() -> Any:
    for d in (1, 2, 4):
        w, A = rng(d).normal(size=d), rng(1).normal(size=(d, d))
        S = A @ A.T
        rows = [gradient(partial(_cubic_grad, big(S), place=i), w) for i in range(d)]
        yield newton.finite_diff_hessian(partial(_cubic_grad, S), w), rows
