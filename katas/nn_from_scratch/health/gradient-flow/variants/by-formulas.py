"""All deltas are stored; the slopes come from one call per layer; singular values by svd."""

import numpy as np

from ..layers.activation import Activation


def _prepare(Ws, act, X):
    Ws = [np.asarray(W, dtype=float) for W in Ws]
    h = np.asarray(X, dtype=float)
    if not Ws or h.ndim != 2 or any(W.ndim != 2 for W in Ws):
        raise ValueError("layers and samples with two axes are needed")
    hs, slopes = [h], []
    for W in Ws:
        if hs[-1].shape[1] != W.shape[0]:
            raise ValueError("shapes do not match")
        layer = Activation(act)
        hs.append(layer.forward(hs[-1] @ W, training=True))
        slopes.append(layer.backward(np.ones(hs[-1].shape)))
    return Ws, hs, slopes


def layer_stats(Ws, act, X, cotangent):
    Ws, hs, slopes = _prepare(Ws, act, X)
    cotangent = np.asarray(cotangent, dtype=float)
    if cotangent.shape != hs[-1].shape or len(hs[0]) == 0:
        raise ValueError("the cotangent does not match, or there are no samples")
    deltas = [cotangent * slopes[-1]]
    for W, slope in zip(Ws[:0:-1], slopes[-2::-1], strict=True):
        deltas.insert(0, slope * np.einsum("no,io->ni", deltas[0], W))
    return {
        "act_std": np.array([np.std(h) for h in hs[1:]]),
        "delta_norm": np.array([np.sqrt(np.sum(d * d)) for d in deltas]),
        "dW_norm": np.array(
            [np.sqrt(np.sum((h.T @ d) ** 2)) for h, d in zip(hs[:-1], deltas, strict=True)]
        ),
    }


def jacobian_norm(Ws, act, x):
    x = np.asarray(x, dtype=float)
    if x.ndim != 1:
        raise ValueError("x must be (D_0,)")
    Ws, _, slopes = _prepare(Ws, act, x[None])
    J = np.eye(len(x))
    for W, slope in zip(Ws, slopes, strict=True):
        J = np.diag(slope[0]) @ W.T @ J
    return np.linalg.svd(J, compute_uv=False)[0]
