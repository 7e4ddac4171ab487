"""Attention: the formula with 50 digits, and complex steps through layer normalization."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np

from refnn.attention.attention import attention
from refnn.attention.layernorm import LayerNorm, sinusoidal_positions

from ..entry import Tolerance, Track
from ..exact import COMPLEX, DIGITS, big, complex_gradients, exp, mp, rng, sqrt

TRACK = Track("attention")
WEIGHTED = Tolerance(1e-9, 1e-12, "a softmax and a weighted mean, which may cancel")
NORMALIZED = Tolerance(1e-7, 1e-9, "means and a root over D numbers, in any order")
GRADIENT = Tolerance(1e-7, 1e-9, "as forward; besides, central differences at 1e-6")


@TRACK.oracle("attention.attention.attention", DIGITS, WEIGHTED)
def _attention() -> Any:
    for lead in ((), (2,), (2, 3)):
        Q, K, V = (rng(i).normal(size=(*lead, n, 4)) for i, n in enumerate((3, 5, 5)))
        mask = rng(9).random((3, 5)) < 0.7
        for hidden in (None, mask):
            scores = big(Q) @ np.swapaxes(big(K), -1, -2) / mp.sqrt(4)
            powers = exp(scores) * (1 if hidden is None else hidden)
            weights = powers / powers.sum(axis=-1, keepdims=True)
            got = attention(Q, K, V, hidden)
            yield got[0], weights @ big(V)
            yield got[1], weights


def _layers() -> Any:
    for shape in ((5,), (7, 3), (2, 3, 4)):
        layer = LayerNorm(shape[-1], eps=0.01)
        layer.params["gamma"][...] = rng(1).uniform(0.5, 2, shape[-1])
        layer.params["beta"][...] = rng(2).normal(size=shape[-1])
        yield layer, rng(3).normal(1, 2, shape), rng(4).normal(size=shape)


def _normalize(x: Any, gamma: Any, beta: Any, eps: Any, root: Any) -> Any:
    d = x.shape[-1]
    away = x - x.sum(axis=-1, keepdims=True) / d
    return gamma * away / root((away * away).sum(axis=-1, keepdims=True) / d + eps) + beta


@TRACK.oracle("attention.layernorm.LayerNorm.forward", DIGITS, NORMALIZED)
def _forward() -> Any:
    for layer, x, _ in _layers():
        gamma, beta = (big(layer.params[name]) for name in ("gamma", "beta"))
        yield layer.forward(x), _normalize(big(x), gamma, beta, mp.mpf(0.01), sqrt)


def _loss(dout: Any, x: Any, gamma: Any, beta: Any) -> Any:
    return (dout * _normalize(x, gamma, beta, 0.01, np.sqrt)).sum()


@TRACK.oracle("attention.layernorm.LayerNorm.backward", COMPLEX, GRADIENT, "gradient")
def _backward() -> Any:
    for layer, x, dout in _layers():
        layer.forward(x, training=True)
        got = layer.backward(dout), layer.grads["gamma"], layer.grads["beta"]
        right = complex_gradients(partial(_loss, dout), x, *layer.params.values())
        yield from zip(got, right, strict=True)


@TRACK.oracle(
    "attention.layernorm.sinusoidal_positions",
    DIGITS,
    Tolerance(1e-9, 1e-9, "an angle of T radians loses log10(T) digits"),
    note="near zeros of sin and cos the rounding of the angle counts. Its frequency is an exp of a "
    "rounded exponent; 10000 ** (-2i/d) would be 12 times as accurate",
)
def _positions() -> Any:
    for T, d in ((1, 2), (40, 4), (200, 8)):
        angles = [
            [t / mp.mpf(10000) ** (mp.mpf(2 * i) / d) for i in range(d // 2)] for t in range(T)
        ]
        right = [[f(a) for a in row for f in (mp.sin, mp.cos)] for row in angles]
        yield sinusoidal_positions(T, d), right
