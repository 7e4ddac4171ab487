"""Messages sorted by receiver, and reductions over the runs."""

import numpy as np


def _as_float(x, name):
    x = np.asarray(x)
    x = x.copy() if x.dtype.kind == "f" else x.astype(np.float64)
    if x.ndim != 2:
        raise ValueError(f"{name} must have two axes")
    return x


def _by_receiver(messages, dst, n, how):
    out = np.zeros((n, messages.shape[1]), messages.dtype)
    if len(dst) == 0 or messages.shape[1] == 0:
        return out
    order = np.argsort(dst, kind="stable")
    nodes, starts, counts = np.unique(dst[order], return_index=True, return_counts=True)
    if how == "max":
        out[nodes] = np.maximum.reduceat(messages[order], starts, axis=0)
    else:
        out[nodes] = np.add.reduceat(messages[order], starts, axis=0)
    if how == "mean":
        out[nodes] /= counts[:, None].astype(out.dtype)
    return out


def message_passing(h, edges, message_fn, update_fn, aggregate="sum", steps=1):
    h = _as_float(h, "h")
    edges = np.asarray(edges)
    if edges.shape != (edges.size // 2, 2) or not np.issubdtype(edges.dtype, np.integer):
        raise ValueError("edges must be (E, 2) integers")
    if np.any(edges < 0) or np.any(edges > len(h) - 1):
        raise ValueError("an edge names a node that does not exist")
    if aggregate not in {"sum", "mean", "max"}:
        raise ValueError("aggregate")
    if steps < 0:
        raise ValueError("steps")
    src, dst = edges[:, 0], edges[:, 1]
    while steps > 0:
        messages = _as_float(message_fn(h[src], h[dst]), "messages")
        if messages.shape[0] != edges.shape[0]:
            raise ValueError("messages")
        new = _as_float(update_fn(h.copy(), _by_receiver(messages, dst, len(h), aggregate)), "h")
        if new.shape[0] != h.shape[0]:
            raise ValueError("states")
        h, steps = new, steps - 1
    return h


def readout(h, how="sum"):
    h = _as_float(h, "h")
    if how not in {"sum", "mean", "max"}:
        raise ValueError("how")
    if len(h) == 0:
        return np.zeros(h.shape[1], h.dtype)
    return {"sum": np.sum, "mean": np.mean, "max": np.amax}[how](h, axis=0)
