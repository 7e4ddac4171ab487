"""Language: the whole model with 50 digits, and complex steps through it."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np

from refnn.language.char_model import CharModel

from ..entry import Tolerance, Track
from ..exact import COMPLEX, DIGITS, LOOPS, big, complex_gradients, exp, mp, rng, sqrt
from .attention import block, normalize

TRACK = Track("language")
STACKED = Tolerance(1e-7, 1e-9, "blocks one after the other, with normalizations")
VOCAB = "abc+="


def _models() -> Any:
    for d, heads, layers, context in ((2, 1, 0, 4), (4, 2, 1, 3), (4, 2, 2, 3)):
        model = CharModel(VOCAB, d, heads, layers, context, rng())
        for place, array in enumerate(model.params.values()):
            array[...] = rng(place).normal(0, 0.6, array.shape)
        yield model, heads, layers, rng(7).integers(0, len(VOCAB), (2, context))


def _logits(heads: int, layers: int, ids: Any, power: Any, root: Any, p: Any) -> Any:
    T, d = ids.shape[1], p["embedding"].shape[1]
    angles = [[t / mp.mpf(10000) ** (mp.mpf(2 * i) / d) for i in range(d // 2)] for t in range(T)]
    places = np.array([[f(a) for a in row for f in (mp.sin, mp.cos)] for row in angles])
    x = p["embedding"][ids] + (places if power is exp else places.astype(float))
    for n in range(layers):
        start = f"block{n}."
        own = {name.removeprefix(start): p[name] for name in p if name.startswith(start)}
        x = block(x, own, heads, True, power, root)
    x = normalize(x, p["norm.gamma"], p["norm.beta"], 1e-5, root)
    return x @ p["head.W"] + p["head.b"]


def _loss(heads: int, layers: int, ids: Any, functions: Any, names: Any, *arrays: Any) -> Any:
    power, logarithm, root = functions
    p = dict(zip(names, arrays, strict=True))
    z = _logits(heads, layers, ids[:, :-1], power, root, p)
    losses = [
        logarithm(power(z[row, t] - z[row, t, ids[row, t + 1]]).sum())
        for row, t in np.ndindex(z.shape[:2])
    ]
    return sum(losses) / len(losses)


@TRACK.oracle("language.char_model.CharModel.encode", LOOPS, Tolerance(0, 0, "equal: ids"), "exact")
def _encode() -> Any:
    text = "a+b=c+"
    for model, *_ in _models():
        yield model.encode(text), [VOCAB.index(character) for character in text]


@TRACK.oracle(
    "language.char_model.CharModel.logits",
    DIGITS,
    STACKED,
    note="an output near 0 is a sum of products that cancel",
)
def _model_logits() -> Any:
    for model, heads, layers, ids in _models():
        p = {name: big(array) for name, array in model.params.items()}
        yield model.logits(ids), _logits(heads, layers, ids, exp, sqrt, p)


@TRACK.oracle("language.char_model.CharModel.loss", DIGITS, STACKED)
def _model_loss() -> Any:
    for model, heads, layers, ids in _models():
        arrays = [big(array) for array in model.params.values()]
        functions = exp, mp.log, sqrt
        yield model.loss(ids), _loss(heads, layers, ids, functions, model.params, *arrays)


@TRACK.oracle(
    "language.char_model.CharModel.gradients",
    COMPLEX,
    Tolerance(1e-6, 0.0, "the checks compare it with differences of the loss"),
    "gradient",
)
def _model_gradients() -> Any:
    for model, heads, layers, ids in _models():
        names, arrays = list(model.params), list(model.params.values())
        functions = np.exp, np.log, np.sqrt
        loss = partial(_loss, heads, layers, ids, functions, names)
        got, right = model.gradients(ids), complex_gradients(loss, *arrays)
        # All in one, because the gradient of the biases of the keys is 0.
        yield (
            np.concatenate([got[name].ravel() for name in names]),
            np.concatenate([array.ravel() for array in right]),
        )


@TRACK.oracle(
    "language.char_model.CharModel.sample",
    "mpmath, 50 digits, temperature 0",
    Tolerance(0, 0, "equal: characters"),
    "exact",
)
def _sample() -> Any:
    for model, heads, layers, ids in _models():
        model.params["head.b"][...] = 0  # so that other characters win
        model.params["embedding"][...] = rng(8).normal(0, 3, model.params["embedding"].shape)
        p, context = {name: big(array) for name, array in model.params.items()}, ids.shape[1]
        text = "b+=ca"
        for _ in range(8):
            seen = np.array([[VOCAB.index(character) for character in text[-context:]]])
            z = _logits(heads, layers, seen, exp, sqrt, p)[0, -1].tolist()
            text += VOCAB[z.index(max(z))]
        yield model.sample("b+=ca", 8, rng(), temperature=0), text[5:]


TRACK.no_oracle(
    "language.char_model.CharModel.train",
    "a trained result: its steps are those of gradients and of Adam; what it learns is tested in "
    "tests/reference/test_char_model.py",
)
