"""Wrong: float32 becomes float64."""

import numpy as np


def as_float(x):
    x = np.asarray(x)
    if np.issubdtype(x.dtype, np.floating):
        return x.astype(np.float64)
    return x.astype(np.float64)


def pool(messages, dst, n, how):
    m = messages.shape[1]
    count = np.zeros(n)
    np.add.at(count, dst, 1)
    if how == "max":
        out = np.full((n, m), -np.inf, dtype=messages.dtype)
        np.maximum.at(out, dst, messages)
        out[count == 0] = 0
        return out
    out = np.zeros((n, m), dtype=messages.dtype)
    np.add.at(out, dst, messages)
    if how == "mean":
        has = count > 0
        out[has] = out[has] / count[has][:, None].astype(out.dtype)
    return out


def check(edges, n):
    edges = np.asarray(edges)
    if edges.ndim != 2 or edges.shape[1] != 2:
        raise ValueError("edges must be (E, 2)")
    if not np.issubdtype(edges.dtype, np.integer):
        raise ValueError("edges must be integers")
    if edges.size and (edges.min() < 0 or edges.max() >= n):
        raise ValueError("edge out of range")
    return edges[:, 0], edges[:, 1]


def message_passing(h, edges, message_fn, update_fn, aggregate="sum", steps=1):
    h = as_float(h)
    if h.ndim != 2:
        raise ValueError("h must be (n, d)")
    if aggregate not in ("sum", "mean", "max"):
        raise ValueError("unknown aggregate")
    if steps < 0:
        raise ValueError("steps must be >= 0")
    n = h.shape[0]
    src, dst = check(edges, n)
    for _ in range(steps):
        msg = as_float(message_fn(h[src], h[dst]))
        if msg.ndim != 2 or msg.shape[0] != len(src):
            raise ValueError("messages must have E rows")
        h = as_float(update_fn(h, pool(msg, dst, n, aggregate)))
        if h.ndim != 2 or h.shape[0] != n:
            raise ValueError("states must have n rows")
    return h


def readout(h, how="sum"):
    h = as_float(h)
    if h.ndim != 2:
        raise ValueError("h must be (n, d)")
    if how not in ("sum", "mean", "max"):
        raise ValueError("unknown readout")
    if h.shape[0] == 0:
        return np.zeros(h.shape[1], dtype=h.dtype)
    return getattr(h, how)(axis=0)
