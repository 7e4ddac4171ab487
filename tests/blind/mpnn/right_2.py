"""Message passing: the messages are sorted by receiver, then each run of them is reduced."""

import numpy as np

UFUNC = {"sum": np.add, "mean": np.add, "max": np.maximum}


def _states(h):
    h = np.array(h)
    if h.ndim != 2:
        raise ValueError("states are (n, d)")
    return h if np.issubdtype(h.dtype, np.floating) else h.astype(np.float64)


def _rows(array, count, who):
    array = np.asarray(array)
    if array.ndim != 2 or array.shape[0] != count:
        raise ValueError(f"{who} must return {count} rows")
    return array


def _check_edges(edges, n):
    edges = np.asarray(edges)
    if edges.ndim != 2 or edges.shape[1] != 2 or edges.dtype.kind not in "iu":
        raise ValueError("edges are integers, (E, 2)")
    if edges.size and not (0 <= edges.min() and edges.max() < n):
        raise ValueError("an edge names a node that does not exist")
    return edges


def message_passing(h, edges, message_fn, update_fn, aggregate="sum", steps=1):
    h = _states(h)
    n = len(h)
    src, dst = _check_edges(edges, n).T
    if aggregate not in UFUNC or steps < 0:
        raise ValueError(f"cannot do {steps} steps with {aggregate!r}")
    by_receiver = np.argsort(dst, kind="stable")
    heard, first, count = np.unique(dst[by_receiver], return_index=True, return_counts=True)
    for _ in range(steps):
        sent = _rows(message_fn(h[src], h[dst]), len(src), "message_fn")
        gathered = np.zeros((n, sent.shape[1]), dtype=sent.dtype)
        if len(heard):
            runs = UFUNC[aggregate].reduceat(sent[by_receiver], first, axis=0)
            gathered[heard] = runs / count[:, None] if aggregate == "mean" else runs
        h = np.array(_rows(update_fn(h, gathered), n, "update_fn"))
    return h


def readout(h, how="sum"):
    h = _states(h)
    if how not in UFUNC:
        raise ValueError(f"no readout is called {how!r}")
    if not len(h):
        return np.zeros(h.shape[1], h.dtype)
    total = UFUNC[how].reduce(h, axis=0)
    return total / h.dtype.type(len(h)) if how == "mean" else total
