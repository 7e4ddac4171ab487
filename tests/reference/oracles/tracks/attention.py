"""Attention: the formula with 50 digits, and complex steps through layer normalization."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np

from refnn.attention.attention import attention
from refnn.attention.backward import attention_backward
from refnn.attention.layernorm import LayerNorm, sinusoidal_positions
from refnn.attention.transformer import MultiHeadAttention, TransformerBlock

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


def normalize(x: Any, gamma: Any, beta: Any, eps: Any, root: Any) -> Any:
    """Return a layer normalization, with 50 digits or complex."""
    d = x.shape[-1]
    away = x - x.sum(axis=-1, keepdims=True) / d
    return gamma * away / root((away * away).sum(axis=-1, keepdims=True) / d + eps) + beta


@TRACK.oracle("attention.layernorm.LayerNorm.forward", DIGITS, NORMALIZED)
def _forward() -> Any:
    for layer, x, _ in _layers():
        gamma, beta = (big(layer.params[name]) for name in ("gamma", "beta"))
        yield layer.forward(x), normalize(big(x), gamma, beta, mp.mpf(0.01), sqrt)


def _loss(dout: Any, x: Any, gamma: Any, beta: Any) -> Any:
    return (dout * normalize(x, gamma, beta, 0.01, np.sqrt)).sum()


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
    note="near zeros of sin and cos the rounding of the angle counts",
)
def _positions() -> Any:
    for T, d in ((1, 2), (40, 4), (200, 8)):
        angles = [
            [t / mp.mpf(10000) ** (mp.mpf(2 * i) / d) for i in range(d // 2)] for t in range(T)
        ]
        right = [[f(a) for a in row for f in (mp.sin, mp.cos)] for row in angles]
        yield sinusoidal_positions(T, d), right


PASSED = Tolerance(1e-9, 1e-12, "three products and a softmax, which may cancel")
STACKED = Tolerance(1e-7, 1e-10, "products, softmax and normalizations, one after the other")
MEASURED = Tolerance(1e-6, 1e-7, "the checks compare it with central differences")


def _attended(mask: Any, dout: Any, Q: Any, K: Any, V: Any) -> Any:
    powers = np.exp(Q @ np.swapaxes(K, -1, -2) / np.sqrt(Q.shape[-1])) * mask
    return (dout * (powers / powers.sum(axis=-1, keepdims=True) @ V)).sum()


@TRACK.oracle("attention.backward.attention_backward", COMPLEX, PASSED, "gradient")
def _attention_backward() -> Any:
    for lead in ((), (2,), (2, 3)):
        Q, K = (rng(i).normal(size=(*lead, n, 4)) for i, n in enumerate((3, 5)))
        V, dout = (rng(i).normal(size=(*lead, n, 2)) for i, n in ((2, 5), (3, 3)))
        mask = rng(9).random((3, 5)) < 0.7
        for hidden in (None, mask):
            got = attention_backward(dout, Q, K, V, attention(Q, K, V, hidden)[1])
            seen = np.ones((3, 5)) if hidden is None else hidden
            right = complex_gradients(partial(_attended, seen, dout), Q, K, V)
            yield from zip(got, right, strict=True)


def with_heads(x: Any, p: dict[str, Any], heads: int, causal: bool, power: Any, root: Any) -> Any:
    """Return attention with several heads, token by token, with 50 digits or complex."""
    B, T, d = x.shape
    dk = d // heads
    q, k, v = (x @ p[f"{name}.W"] + p[f"{name}.b"] for name in ("query", "key", "value"))
    found = np.zeros(x.shape, np.result_type(q, k, v))
    for b, t, h in np.ndindex(B, T, heads):
        own, seen = slice(h * dk, (h + 1) * dk), t + 1 if causal else T
        powers = power((k[b, :seen, own] * q[b, t, own]).sum(axis=1) / root(dk))
        found[b, t, own] = (powers / powers.sum()) @ v[b, :seen, own]
    return found @ p["output.W"] + p["output.b"]


def block(x: Any, p: dict[str, Any], heads: int, causal: bool, power: Any, root: Any) -> Any:
    """Return what a transformer block computes, with 50 digits or complex."""
    own = {name.removeprefix("attention."): array for name, array in p.items()}
    first = normalize(x, p["norm1.gamma"], p["norm1.beta"], 1e-5, root)
    h = x + with_heads(first, own, heads, causal, power, root)
    second = normalize(h, p["norm2.gamma"], p["norm2.beta"], 1e-5, root)
    wide = second @ p["expand.W"] + p["expand.b"]
    return h + np.where(np.real(wide) > 0, wide, 0 * wide) @ p["contract.W"] + p["contract.b"]


def _of_heads() -> Any:
    for d, heads, causal in ((2, 1, False), (4, 2, True), (6, 3, False)):
        yield MultiHeadAttention(d, heads, rng(), causal), with_heads, d, heads, causal


def _of_blocks() -> Any:
    for d, heads, causal in ((2, 1, False), (4, 2, True)):
        yield TransformerBlock(d, heads, 5, rng(), causal), block, d, heads, causal


def _forwards(cases: Any) -> Any:
    for layer, right, d, heads, causal in cases:
        for place, array in enumerate(layer.params.values()):
            array[...] = rng(place).normal(0, 0.6, array.shape)
        x, p = rng(20).normal(size=(2, 3, d)), {n: big(a) for n, a in layer.params.items()}
        yield layer.forward(x), right(big(x), p, heads, causal, exp, sqrt)


def _block_loss(right: Any, options: Any, dout: Any, names: Any, x: Any, *arrays: Any) -> Any:
    p = dict(zip(names, arrays, strict=True))
    return (dout * right(x, p, power=np.exp, root=np.sqrt, **options)).sum()


def _backwards(cases: Any) -> Any:
    for layer, right, d, heads, causal in cases:
        for place, array in enumerate(layer.params.values()):
            array[...] = rng(place).normal(0, 0.6, array.shape)
        x, dout = rng(20).normal(size=(2, 3, d)), rng(21).normal(size=(2, 3, d))
        names = list(layer.params)
        loss = partial(_block_loss, right, {"heads": heads, "causal": causal}, dout, names)
        layer.forward(x, training=True)
        got = [layer.backward(dout), *(layer.grads[name] for name in names)]
        expected = complex_gradients(loss, x, *layer.params.values())
        yield _joined(got), _joined(expected)


def _joined(arrays: Any) -> Any:
    """Return all in one, because the gradient of the biases of the keys is 0."""
    return np.concatenate([np.ravel(array) for array in arrays])


SUM_CANCELS = "an output near 0 is a sum of products that cancel"


@TRACK.oracle("attention.transformer.MultiHeadAttention.forward", DIGITS, STACKED, note=SUM_CANCELS)
def _heads_forward() -> Any:
    yield from _forwards(_of_heads())


@TRACK.oracle("attention.transformer.MultiHeadAttention.backward", COMPLEX, MEASURED, "gradient")
def _heads_backward() -> Any:
    yield from _backwards(_of_heads())


@TRACK.oracle("attention.transformer.TransformerBlock.forward", DIGITS, STACKED, note=SUM_CANCELS)
def _block_forward() -> Any:
    yield from _forwards(_of_blocks())


@TRACK.oracle("attention.transformer.TransformerBlock.backward", COMPLEX, MEASURED, "gradient")
def _block_backward() -> Any:
    yield from _backwards(_of_blocks())
