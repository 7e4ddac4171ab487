"""Matrices that say which message arrives where; the maximum over a masked cube."""

import numpy as np


def _float(x):
    x = np.asarray(x)
    return x if x.dtype.kind == "f" else x.astype(float)


def _arrive(messages, arrives, how):
    if how == "max":
        if messages.shape[0] == 0:
            return np.zeros((len(arrives), messages.shape[1]), messages.dtype)
        cube = np.where(arrives[:, :, None], messages[None], -np.inf).max(axis=1)
        return np.where(arrives.any(axis=1)[:, None], cube, 0).astype(messages.dtype)
    weights = arrives.astype(messages.dtype)
    if how == "mean":
        weights /= np.maximum(weights.sum(axis=1, keepdims=True), 1)
    return weights @ messages


def message_passing(h, edges, message_fn, update_fn, aggregate="sum", steps=1):
    h, edges = _float(h).copy(), np.asarray(edges)
    if h.ndim != 2 or edges.ndim != 2 or edges.shape[1] != 2 or edges.dtype.kind not in "iu":
        raise ValueError("h must be (n, d), edges (E, 2)")
    if len(edges) and (edges.min() < 0 or edges.max() >= len(h)):
        raise ValueError("no such node")
    if aggregate not in ("sum", "mean", "max") or steps < 0:
        raise ValueError("aggregate or steps")
    for _ in range(steps):
        arrives = edges[:, 1] == np.arange(len(h))[:, None]
        messages = _float(message_fn(h[edges[:, 0]], h[edges[:, 1]]))
        if messages.ndim != 2 or len(messages) != len(edges):
            raise ValueError("one message per edge")
        new = _float(update_fn(h, _arrive(messages, arrives, aggregate)))
        if new.ndim != 2 or len(new) != len(arrives):
            raise ValueError("one state per node")
        h = new
    return h


def readout(h, how="sum"):
    h = _float(h)
    if h.ndim != 2 or how not in ("sum", "mean", "max"):
        raise ValueError("h must be (n, d), how a known word")
    return _arrive(h, np.ones((1, len(h)), bool), how)[0]
