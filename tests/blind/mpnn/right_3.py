import numpy as np


def combine(rows, how):
    """One row from a list of rows; zeros if there are none."""
    if rows.shape[0] == 0:
        return np.zeros(rows.shape[1], dtype=rows.dtype)
    if how == "max":
        return rows.max(axis=0)
    return rows.mean(axis=0) if how == "mean" else rows.sum(axis=0)


def as_states(h, how):
    if how not in ("sum", "mean", "max"):
        raise ValueError("sum, mean or max")
    h = np.asarray(h)
    if len(h.shape) != 2:
        raise ValueError("h has one row per node")
    return h.astype(h.dtype if h.dtype.kind == "f" else float)


def incoming_edges(edges, n):
    """For each node the numbers of the edges that end at it."""
    inbox = [[] for _ in range(n)]
    for number, (src, dst) in enumerate(edges.tolist()):
        if not (0 <= src < n and 0 <= dst < n):
            raise ValueError(f"edge {number} leaves the graph")
        inbox[dst].append(number)
    return inbox


def message_passing(h, edges, message_fn, update_fn, aggregate="sum", steps=1):
    h = as_states(h, aggregate)
    edges = np.asarray(edges)
    if steps < 0:
        raise ValueError("steps below 0")
    if edges.shape != (edges.shape[0] if edges.ndim else 0, 2):
        raise ValueError("an edge is a pair")
    if not np.issubdtype(edges.dtype, np.integer):
        raise ValueError("nodes have whole numbers")
    inbox = incoming_edges(edges, h.shape[0])
    step = 0
    while step < steps:
        messages = np.asarray(message_fn(h[edges[:, 0]], h[edges[:, 1]]))
        if messages.ndim != 2 or len(messages) != len(edges):
            raise ValueError("one message per edge")
        gathered = [combine(messages[numbers, :], aggregate) for numbers in inbox]
        gathered = np.array(gathered, messages.dtype).reshape(len(h), messages.shape[1])
        new = np.asarray(update_fn(h.copy(), gathered))
        if new.ndim != 2 or len(new) != len(h):
            raise ValueError("one state per node")
        h = new.copy()
        step += 1
    return h


def readout(h, how="sum"):
    return combine(as_states(h, how), how)
