"""Graphs: the formulas with 50 digits, edges taken one by one, and complex steps."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np

from refnn.graph.gat import gat_backward, gat_layer
from refnn.graph.gcn import GCNLayer, normalize_adjacency
from refnn.graph.mpnn import message_passing, readout

from ..entry import Tolerance, Track
from ..exact import COMPLEX, DIGITS, big, complex_gradients, mp, rng

TRACK = Track("graph")
SUMMED = Tolerance(1e-9, 1e-12, "sums of products over nodes, which may cancel")
WEIGHTED = Tolerance(1e-9, 1e-12, "a softmax and a weighted mean, which may cancel")
ONE_BY_ONE = "loops over edges, mpmath"


def _graph(n: int) -> Any:
    """Return the adjacency matrix of an undirected graph with weights; one node is alone."""
    edges = np.triu(rng(n).uniform(0.5, 2, (n, n)) * (rng(n + 1).random((n, n)) < 0.6), 1)
    edges[:, -1] = 0
    return edges + edges.T


@TRACK.oracle(
    "graph.gcn.normalize_adjacency",
    DIGITS,
    Tolerance(1e-9, 0.0, "sums of positive numbers, a root and a quotient"),
)
def _normalize_adjacency() -> Any:
    for n in (1, 2, 6):
        A = _graph(n)
        loops = [[mp.mpf(A[i, j]) + (i == j) for j in range(n)] for i in range(n)]
        degrees = [sum(row) for row in loops]
        right = [
            [loops[i][j] / mp.sqrt(degrees[i] * degrees[j]) for j in range(n)] for i in range(n)
        ]
        yield normalize_adjacency(A), right


def _layers() -> Any:
    for n, units_in, units_out, relu in ((1, 2, 3, True), (5, 3, 4, True), (4, 2, 2, False)):
        layer = GCNLayer(units_in, units_out, rng(), relu)
        layer.params["b"][...] = rng(1).normal(size=units_out)
        H, A_hat = rng(2).normal(size=(n, units_in)), rng(3).normal(size=(n, n))
        yield layer, H, A_hat, rng(4).normal(size=(n, units_out)), relu


def _convolved(A_hat: Any, relu: bool, H: Any, W: Any, b: Any) -> Any:
    outputs = A_hat @ (H @ W) + b
    return np.where(np.real(outputs) > 0, outputs, 0 * outputs) if relu else outputs


@TRACK.oracle(
    "graph.gcn.GCNLayer.forward",
    DIGITS,
    SUMMED,
    note="an output near 0 is a sum of products that cancel",
)
def _gcn_forward() -> Any:
    for layer, H, A_hat, _, relu in _layers():
        W, b = big(layer.params["W"]), big(layer.params["b"])
        yield layer.forward(H, A_hat), _convolved(big(A_hat), relu, big(H), W, b)


def _gcn_loss(A_hat: Any, relu: bool, dout: Any, H: Any, W: Any, b: Any) -> Any:
    return (dout * _convolved(A_hat, relu, H, W, b)).sum()


@TRACK.oracle("graph.gcn.GCNLayer.backward", COMPLEX, SUMMED, "gradient")
def _gcn_backward() -> Any:
    for layer, H, A_hat, dout, relu in _layers():
        layer.forward(H, A_hat, training=True)
        got = layer.backward(dout), layer.grads["W"], layer.grads["b"]
        loss = partial(_gcn_loss, A_hat, relu, dout)
        right = complex_gradients(loss, H, layer.params["W"], layer.params["b"])
        yield from zip(got, right, strict=True)


def _attended(A: Any, slope: Any, power: Any, H: Any, W: Any, own: Any, other: Any) -> Any:
    """Return outputs and weights, node by node, with 50 digits or complex."""
    n, P = len(A), H @ W
    kind = np.result_type(P, own, other)
    outputs, alpha = np.zeros(P.shape, kind), np.zeros((n, n), kind)
    for i in range(n):
        for j in range(n):
            if i == j or A[i, j]:
                score = (P[i] * own).sum() + (P[j] * other).sum()
                alpha[i, j] = power(score if score.real > 0 else slope * score)
        alpha[i] = alpha[i] / alpha[i].sum()
        outputs[i] = alpha[i] @ P
    return outputs, alpha


def _attentions() -> Any:
    for n, units_in, units_out, slope in ((1, 2, 3, 0.2), (5, 3, 4, 0.2), (6, 2, 1, 0.05)):
        A = rng(n).random((n, n)) < 0.5
        shapes = ((n, units_in), (units_in, units_out), (units_out,), (units_out,))
        yield A, slope, [rng(place).normal(size=shape) for place, shape in enumerate(shapes)]


@TRACK.oracle(
    "graph.gat.gat_layer", DIGITS, WEIGHTED, note="a weighted mean near 0 is a sum that cancels"
)
def _gat_layer() -> Any:
    for A, slope, arrays in _attentions():
        H, W, own, other = arrays
        got = gat_layer(H, A, W, own, other, slope)
        right = _attended(A, mp.mpf(slope), mp.exp, *map(big, arrays))
        yield from zip(got, right, strict=True)


def _gat_loss(A: Any, slope: float, dout: Any, *arrays: Any) -> Any:
    return (dout * _attended(A, slope, np.exp, *arrays)[0]).sum()


@TRACK.oracle("graph.gat.gat_backward", COMPLEX, WEIGHTED, "gradient")
def _gat_backward() -> Any:
    for A, slope, arrays in _attentions():
        H, W, own, other = arrays
        dout = rng(9).normal(size=(len(A), W.shape[1]))
        got = gat_backward(dout, H, A, W, own, other, slope)
        right = complex_gradients(partial(_gat_loss, A, slope, dout), *arrays)
        if len(A) > 1:
            yield from zip(got, right, strict=True)
        else:  # of one node, the weight is 1, and the weights in the score have the gradient 0
            yield got[0], right[0]
            yield got[1], right[1]


def _message(src: Any, dst: Any) -> Any:
    return src * dst - src / 2


def _update(h: Any, gathered: Any) -> Any:
    return h / 4 + gathered


REDUCE: dict[str, Any] = {
    "sum": sum,
    "mean": lambda rows: sum(rows) / len(rows),
    "max": lambda rows: np.array([max(column) for column in zip(*rows, strict=True)]),
}


@TRACK.oracle(
    "graph.mpnn.message_passing",
    ONE_BY_ONE,
    Tolerance(1e-9, 1e-12, "sums of messages in any order, which may cancel"),
    note="a sum of messages near 0 cancels",
)
def _message_passing() -> Any:
    for n, count, steps in ((3, 0, 1), (4, 6, 1), (6, 15, 3)):
        h, edges = rng(n).normal(size=(n, 2)), rng(count).integers(0, n, (count, 2))
        for how, reduce in REDUCE.items():
            states = big(h)
            for _ in range(steps):
                gathered = 0 * states
                for node in range(n):
                    found = [_message(states[s], states[d]) for s, d in edges if d == node]
                    gathered[node] = reduce(found) if found else 0
                states = _update(states, gathered)
            yield message_passing(h, edges, _message, _update, how, steps), states


@TRACK.oracle(
    "graph.mpnn.readout", DIGITS, Tolerance(1e-9, 1e-12, "a sum over nodes, which may cancel")
)
def _readout() -> Any:
    for n in (1, 5, 40):
        h = rng(n).normal(size=(n, 3))
        for how, reduce in REDUCE.items():
            yield readout(h, how), reduce(list(big(h)))
