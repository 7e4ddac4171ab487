"""Loss functions: their definitions with 50 digits, and gradients by differences of these."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from refnn.losses import (
    cross_entropy,
    likelihood,
    regression,
    softmax_cross_entropy,
    structural_risk,
)

from ..entry import Compare, Tolerance, Track
from ..exact import DIGITS, DIGITS_SLOPE, big, gradient, log, mp, rng, sigmoid, softmax

TRACK = Track("losses")
MEAN = Tolerance(1e-9, 0.0, "a mean of terms of one sign")
GRADIENT = Tolerance(
    1e-9, 0.0, "one difference and one quotient; besides, 1e-6 against differences"
)
MEASURED = Tolerance(1e-9, 1e-12, "one difference; besides, 1e-6 against central differences")
LOGARITHM = Tolerance(1e-9, 1e-12, "a loss near 0 is a logarithm of nearly 1")
EQUAL = Tolerance(0, 0, "equal: zeros and ones")


def elements() -> Any:
    """Yield pairs (pred, y) of several shapes and sizes."""
    for number, shape in enumerate([(1,), (7,), (4, 3), (2, 3, 2)]):
        for scale in (1e-3, 1.0, 1e4):
            y = rng(number).normal(0, scale, shape)
            yield y + rng(number + 9).normal(0, 2 * scale, shape), y


def values(f: Callable[..., Any], right: Callable[..., Any], inputs: Any) -> Compare:
    return lambda: [(f(*a), right(*[big(v) for v in a])) for a in inputs()]


def slopes(f: Callable[..., Any], right: Callable[..., Any], inputs: Any) -> Compare:
    def compare() -> Any:
        for pred, *others in inputs():
            known = [big(v) for v in others]
            yield f(pred, *others), gradient(partial(_with, right, known), pred)

    return compare


def _with(f: Callable[..., Any], known: list[Any], point: Any) -> Any:
    return f(point, *known)


def mse(p: Any, y: Any) -> Any:
    return ((p - y) ** 2).sum() / p.size


def mae(p: Any, y: Any) -> Any:
    return abs(p - y).sum() / p.size


def huber_loss(p: Any, y: Any, delta: Any = 1) -> Any:
    e = abs(p - y)
    return np.where((e <= delta).astype(bool), e * e / 2, delta * (e - delta / 2)).sum() / p.size


def smooth_l1(p: Any, y: Any, beta: Any = 1) -> Any:
    return huber_loss(p, y, beta) / beta


def with_limits() -> Any:
    for pred, y in elements():
        for limit in (0.3, 1.0, 5.0):
            yield pred, y, limit


for _name, _right, _inputs in (
    ("mse", mse, elements), ("mae", mae, elements),
    ("huber", huber_loss, with_limits), ("smooth_l1", smooth_l1, with_limits),
):  # fmt: skip
    _f, _g = getattr(regression, _name), getattr(regression, f"{_name}_grad")
    TRACK.oracle(f"losses.regression.{_name}", DIGITS, MEAN)(values(_f, _right, _inputs))
    TRACK.oracle(f"losses.regression.{_name}_grad", DIGITS_SLOPE, GRADIENT, "gradient")(
        slopes(_g, _right, _inputs)
    )


@TRACK.oracle("losses.cross_entropy.one_hot", "rows of numpy.eye", EQUAL, "exact")
def _one_hot() -> Any:
    for n, c in ((0, 3), (1, 1), (9, 4)):
        y = rng().integers(0, c, n)
        yield cross_entropy.one_hot(y, c), np.eye(c)[y]


def _probabilities() -> Any:
    for n, c in ((1, 2), (5, 3), (8, 10)):
        P = rng(n).dirichlet(np.full(c, 0.3), n)
        yield np.eye(c)[rng().integers(0, c, n)], np.maximum(P, 1e-15)
        yield rng(1).dirichlet(np.ones(c), n), np.maximum(P, 1e-15)


@TRACK.oracle("losses.cross_entropy.cross_entropy", DIGITS, LOGARITHM)
def _cross_entropy() -> Any:
    for Y, P in _probabilities():
        yield cross_entropy.cross_entropy(Y, P), -(big(Y) * log(big(P))).sum() / len(Y)
    Y, P = np.eye(2), np.array([[0.0, 1.0], [0.5, 0.5]])
    yield cross_entropy.cross_entropy(Y, P), -(mp.log(mp.mpf(1e-15)) + mp.log(mp.mpf(0.5))) / 2


def _logarithms() -> Any:
    for Y, P in _probabilities():
        yield np.log(P), Y.argmax(axis=1)


@TRACK.oracle("losses.likelihood.nll_loss", DIGITS, MEAN)
def _nll_loss() -> Any:
    for logp, y in _logarithms():
        yield likelihood.nll_loss(logp, y), -sum(big(logp)[i, c] for i, c in enumerate(y)) / len(y)


def normal_nll(pred: Any, y: Any, var: Any) -> Any:
    terms = (pred - y) ** 2 / (2 * var) + log(2 * mp.pi * var) / 2
    return terms.sum() / len(pred)


def _noise() -> Any:
    for n in (1, 6, 30):
        pred, y = rng(n).normal(size=(2, n))
        yield pred, y, rng(1).uniform(0.1, 5, n)
        yield pred, y, np.full(n, 0.25)


TRACK.oracle(
    "losses.likelihood.gaussian_nll", DIGITS, LOGARITHM, note="terms of both signs may cancel"
)(values(likelihood.gaussian_nll, normal_nll, _noise))
TRACK.oracle("losses.likelihood.gaussian_nll_grad", DIGITS_SLOPE, MEASURED, "gradient")(
    slopes(likelihood.gaussian_nll_grad, normal_nll, _noise)
)


@TRACK.oracle(
    "losses.likelihood.fit_line",
    "mpmath, normal equations with 50 digits",
    Tolerance(1e-6, 1e-6, "a solution by gradient descent is allowed"),
)
def _fit_line() -> Any:
    for n, middle in ((2, 0.0), (10, 1.0), (40, 100.0)):
        x = rng(n).normal(middle, 2, n)
        y, var = 3 * x - 1 + rng(1).normal(size=n), rng(2).uniform(0.5, 2, n)
        w, p, q = 1 / big(var), big(x), big(y)
        a, b = mp.lu_solve(
            mp.matrix([[(w * p * p).sum(), (w * p).sum()], [(w * p).sum(), w.sum()]]),
            mp.matrix([(w * p * q).sum(), (w * q).sum()]),
        )
        yield likelihood.fit_line(x, y, var), [a, b]


def _logits() -> Any:
    for n, c in ((1, 2), (4, 3), (6, 10)):
        for scale in (1.0, 30.0, 1000.0):
            z = rng(n).normal(0, scale, (n, c))
            yield z, rng().integers(0, c, n), c
            yield z, rng(1).dirichlet(np.ones(c), n), c


def _rows(y: Any, c: int) -> Any:
    return big(np.eye(c)[y] if y.ndim == 1 else y)


def _from_logits(z: Any, targets: Any) -> Any:
    return -(targets * log(softmax(z))).sum() / len(z)


@TRACK.oracle(
    "losses.softmax_cross_entropy.softmax_cross_entropy",
    DIGITS,
    Tolerance(1e-9, 0.0, "a mean of logarithms that are not near 0"),
    note="where each label is nearly certain, the loss is near 0: log(1 + tiny), as in log_softmax",
)
def _softmax_cross_entropy() -> Any:
    for z, y, c in _logits():
        right = _from_logits(big(z), _rows(y, c))
        yield softmax_cross_entropy.softmax_cross_entropy(z, y), right


@TRACK.oracle(
    "losses.softmax_cross_entropy.softmax_cross_entropy_grad",
    DIGITS_SLOPE,
    Tolerance(1e-8, 1e-12, "p - y cancels where p is close to y"),
    "gradient",
    "a single sample whose label is nearly certain: p - y cancels in every entry",
)
def _softmax_cross_entropy_grad() -> Any:
    for z, y, c in _logits():
        if np.ptp(z) < 100:
            right = gradient(partial(_from_logits, targets=_rows(y, c)), z)
            yield softmax_cross_entropy.softmax_cross_entropy_grad(z, y), right


def binary(z: Any, y: Any) -> Any:
    return -(y * log(sigmoid(z)) + (1 - y) * log(1 - sigmoid(z))).sum() / len(z)


def _binary_logits() -> Any:
    for n, scale in ((1, 1.0), (5, 3.0), (20, 10.0)):
        yield rng(n).normal(0, scale, n), rng().integers(0, 2, n).astype(float)
        yield rng(n).normal(0, scale, n), rng(1).uniform(0, 1, n)


TRACK.oracle("losses.softmax_cross_entropy.bce_with_logits", DIGITS, LOGARITHM)(
    values(softmax_cross_entropy.bce_with_logits, binary, _binary_logits)
)
TRACK.oracle("losses.softmax_cross_entropy.bce_with_logits_grad", DIGITS_SLOPE,
             Tolerance(1e-9, 1e-12, "p - y cancels where p is close to y"), "gradient")(
    slopes(softmax_cross_entropy.bce_with_logits_grad, binary, _binary_logits)
)  # fmt: skip


def _matrices() -> Any:
    for lam in (0.0, 0.01, 3.0):
        for shapes in ([], [(1, 1)], [(3, 4), (4, 2)]):
            yield [rng(n).normal(size=shape) for n, shape in enumerate(shapes)], lam


def _penalty(weights: Any, lam: Any) -> Any:
    return mp.mpf(lam) / 2 * sum((big(W) ** 2).sum() for W in weights)


def _one_penalty(lam: float, W: Any) -> Any:
    return _penalty([W], lam)


@TRACK.oracle("losses.structural_risk.l2_penalty", DIGITS, MEAN)
def _l2_penalty() -> Any:
    for weights, lam in _matrices():
        yield structural_risk.l2_penalty(weights, lam), _penalty(weights, lam)


@TRACK.oracle(
    "losses.structural_risk.l2_penalty_grads",
    DIGITS_SLOPE,
    Tolerance(1e-9, 0.0, "one product per number"),
    "gradient",
)
def _l2_penalty_grads() -> Any:
    for weights, lam in _matrices():
        for got, W in zip(structural_risk.l2_penalty_grads(weights, lam), weights, strict=True):
            yield got, gradient(partial(_one_penalty, lam), W)


@TRACK.oracle("losses.structural_risk.structural_risk", DIGITS, MEAN)
def _structural_risk() -> Any:
    for weights, lam in _matrices():
        yield (
            structural_risk.structural_risk(0.7, weights, lam),
            mp.mpf(0.7) + _penalty(weights, lam),
        )
