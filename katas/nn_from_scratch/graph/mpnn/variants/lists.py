"""A list of messages per node."""

import numpy as np

REDUCE = {
    "sum": lambda rows: rows.sum(axis=0),
    "mean": lambda rows: rows.mean(axis=0),
    "max": lambda rows: rows.max(axis=0),
}


def _numbers(x):
    x = np.array(x)
    return x if np.issubdtype(x.dtype, np.floating) else x.astype(np.float64)


def message_passing(h, edges, message_fn, update_fn, aggregate="sum", steps=1):
    h = readable(h)
    edges = np.array(edges)
    if aggregate not in REDUCE:
        raise ValueError(f"unknown aggregate {aggregate}")
    if steps < 0:
        raise ValueError("steps < 0")
    if edges.ndim != 2 or edges.shape[1] != 2 or not np.issubdtype(edges.dtype, np.integer):
        raise ValueError("edges must be (E, 2) integers")
    n = len(h)
    inbox = [[] for _ in range(n)]
    for number, (src, dst) in enumerate(edges.tolist()):
        if not (0 <= src < n and 0 <= dst < n):
            raise ValueError(f"edge {src} -> {dst}")
        inbox[dst].append(number)
    for _ in range(steps):
        messages = readable(message_fn(h[edges[:, 0]], h[edges[:, 1]]))
        if len(messages) != len(edges):
            raise ValueError("as many messages as edges")
        g = np.zeros((n, messages.shape[1]), messages.dtype)
        for node, numbers in enumerate(inbox):
            if numbers:
                g[node] = REDUCE[aggregate](messages[numbers])
        h = readable(update_fn(h, g))
        if len(h) != n:
            raise ValueError("as many states as nodes")
    return h


def readable(x):
    x = _numbers(x)
    if x.ndim != 2:
        raise ValueError("two axes expected")
    return x


def readout(h, how="sum"):
    h = readable(h)
    if how not in REDUCE:
        raise ValueError(f"unknown readout {how}")
    return REDUCE[how](h) if len(h) else np.zeros(h.shape[1], h.dtype)
