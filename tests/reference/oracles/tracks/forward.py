"""Forward pass: matrix products and softmax with 50 digits, decisions by scikit-learn."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
from sklearn.metrics import accuracy_score

from refnn.forward import affine, batch, softmax, three_layer

from ..entry import Tolerance, Track
from ..exact import DIGITS, LOOPS, big, exp, log, rng, sigmoid
from ..exact import softmax as big_softmax

TRACK = Track("forward")
SUMMED = Tolerance(1e-9, 1e-12, "a sum of n products, which may cancel")
COUNTED = Tolerance(0, 0, "equal: integers")
COPIED = Tolerance(0, 0, "equal: the same numbers")
PROBABILITY = Tolerance(1e-9, 0.0, "a probability keeps its digits, however small it is")
CANCELS = "an output near 0 is a sum of products that cancel"
LOGITS = [
    np.array([0.0, 1000.0]), np.array([-1000.0, -1000.0, -999.0]), np.array([5.0]),
    rng(0).normal(0, 3, (4, 5)), rng(1).normal(0, 200, (4, 5)) + 1e3, rng(2).normal(size=(2, 3, 4)),
]  # fmt: skip


@TRACK.oracle("forward.affine.affine", DIGITS, SUMMED, note=CANCELS)
def _affine() -> Any:
    for shape in ((1,), (4,), (1, 1), (5, 8), (0, 3)):
        x, W, b = (
            rng(0).normal(size=shape),
            rng(1).normal(size=(shape[-1], 3)),
            rng(2).normal(size=3),
        )
        yield affine.affine(x, W, b), big(x) @ big(W) + big(b)


@TRACK.oracle("forward.affine.collapse_linear", DIGITS, SUMMED)
def _collapse_linear() -> Any:
    for sizes in ((2, 3), (3, 4, 2), (2, 5, 3, 4)):
        layers = [
            (rng(i).normal(size=(n, m)), rng(i + 9).normal(size=m))
            for i, (n, m) in enumerate(pairwise(sizes))
        ]
        W, b = big(np.eye(sizes[0])), big(np.zeros(sizes[0]))
        for weights, biases in layers:
            W, b = W @ big(weights), b @ big(weights) + big(biases)
        got = affine.collapse_linear(layers)
        yield got[0], W
        yield got[1], b


@TRACK.oracle("forward.affine.count_params", "size of the arrays", COUNTED, "exact")
def _count_params() -> Any:
    for sizes in ([1, 1], [64, 32, 10], [3, 4, 4, 1], [5]):
        pairs = list(pairwise(sizes))
        yield affine.count_params(sizes), sum(np.ones((n + 1, m)).size for n, m in pairs)


@TRACK.oracle("forward.softmax.softmax", DIGITS, PROBABILITY)
def _softmax() -> Any:
    for z in LOGITS:
        z = np.maximum(z, z.max(axis=-1, keepdims=True) - 700)  # below, the result is subnormal
        yield softmax.softmax(z), big_softmax(big(z))
        yield (
            softmax.softmax(z, axis=0),
            np.moveaxis(big_softmax(np.moveaxis(big(z), 0, -1)), -1, 0),
        )


NEAR_0 = (
    "a result near 0 is log(1 + tiny), which loses the digits of tiny: its absolute error is 1e-16 "
    "(log1p of the sum of the other terms would keep them)"
)


@TRACK.oracle(
    "forward.softmax.log_softmax",
    DIGITS,
    Tolerance(1e-8, 1e-12, "differences of logits up to 1e3"),
)
def _log_softmax() -> Any:
    for z in LOGITS:
        got, right = softmax.log_softmax(z), log(big_softmax(big(z)))
        yield got[abs(right) > 0.01], right[abs(right) > 0.01]


@TRACK.oracle(
    "forward.softmax.log_softmax.near_0",
    DIGITS,
    Tolerance(1e-8, 1e-12, "differences of logits up to 1e3"),
    note=NEAR_0,
)
def _log_softmax_near_0() -> Any:
    for z in LOGITS:
        yield softmax.log_softmax(z), log(big_softmax(big(z)))


@TRACK.oracle(
    "forward.softmax.logsumexp",
    DIGITS,
    Tolerance(1e-9, 1e-12, "a logarithm of a sum, which may be near 0"),
)
def _logsumexp() -> Any:
    for z in LOGITS:
        yield softmax.logsumexp(z), log(exp(big(z)).sum(axis=-1))
        yield softmax.logsumexp(z, keepdims=True), log(exp(big(z)).sum(axis=-1, keepdims=True))


@TRACK.oracle("forward.three_layer.identity_function", "the argument", COPIED, "exact")
def _identity_function() -> Any:
    for x in ([1, 2], rng().normal(size=(2, 3))):
        yield three_layer.identity_function(x), x


@TRACK.oracle(
    "forward.three_layer.init_network",
    "numbers of the lesson",
    Tolerance(1e-9, 0.0, "constants"),
    "exact",
)
def _init_network() -> Any:
    network = three_layer.init_network()
    yield network["W1"], [[0.1, 0.3, 0.5], [0.2, 0.4, 0.6]]
    yield network["W2"], [[0.1, 0.4], [0.2, 0.5], [0.3, 0.6]]
    yield network["W3"], [[0.1, 0.3], [0.2, 0.4]]
    yield [network[f"b{i}"].tolist() for i in (2, 3)], [[0.1, 0.2], [0.1, 0.2]]
    yield network["b1"], [0.1, 0.2, 0.3]


@TRACK.oracle(
    "forward.three_layer.forward", DIGITS, Tolerance(1e-9, 1e-12, "three matrix products")
)
def _forward() -> Any:
    for sizes in ((2, 3, 2, 2), (4, 6, 5, 3)):
        network = {}
        for i in (1, 2, 3):
            network[f"W{i}"] = rng(i).normal(size=sizes[i - 1 : i + 1])
            network[f"b{i}"] = rng(i + 5).normal(size=sizes[i])
        x = rng().normal(0, 2, (5, sizes[0]))
        p = {name: big(array) for name, array in network.items()}
        a = sigmoid(sigmoid(big(x) @ p["W1"] + p["b1"]) @ p["W2"] + p["b2"])
        yield three_layer.forward(network, x), a @ p["W3"] + p["b3"]


@TRACK.oracle("forward.batch.output_activation", DIGITS, Tolerance(1e-9, 0.0, "as its functions"))
def _output_activation() -> Any:
    z = rng().normal(0, 5, (4, 3))
    for task, right in (("regression", np.copy), ("binary", sigmoid), ("multiclass", big_softmax)):
        yield batch.output_activation(task)(z), right(big(z))


@TRACK.oracle("forward.batch.predict_classes", LOOPS, COUNTED, "exact")
def _predict_classes() -> Any:
    for scores in (
        [[1.0, 1.0, 0.0]],
        rng(0).integers(0, 4, (9, 4)) / 1.0,
        rng(1).normal(size=(6, 3)),
    ):
        rows = np.asarray(scores).tolist()
        yield batch.predict_classes(scores), [row.index(max(row)) for row in rows]
    yield batch.predict_classes([[-0.1], [0.0], [0.1]]), [0, 0, 1]


@TRACK.oracle("forward.batch.batches", LOOPS, COUNTED, "exact")
def _batches() -> Any:
    for n, size in ((0, 3), (1, 3), (7, 3), (9, 3)):
        rows = [list(range(n))[part] for part in batch.batches(n, size)]
        yield [row for part in rows for row in part], list(range(n))
        yield [len(part) for part in rows], [min(size, n - at) for at in range(0, n, size)]


@TRACK.oracle("forward.batch.predict_in_batches", "one call with all samples", COPIED, "exact")
def _predict_in_batches() -> Any:
    for n in (0, 1, 7):
        X = rng().normal(size=(n, 2))
        yield batch.predict_in_batches(lambda x: x[:, ::-1] * 2, X, 3), X[:, ::-1] * 2


@TRACK.oracle(
    "forward.batch.accuracy", "scikit-learn accuracy_score", Tolerance(1e-9, 0.0, "one quotient")
)
def _accuracy() -> Any:
    for n in (1, 3, 50):
        pred, y = rng(0).integers(0, 3, n), rng(1).integers(0, 3, n)
        yield batch.accuracy(pred, y), accuracy_score(y, pred)
