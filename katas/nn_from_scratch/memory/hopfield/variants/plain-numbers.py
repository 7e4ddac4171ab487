"""Loops over Python numbers, a shuffled list of neurons, and a comparison of whole states."""

import numpy as np


def _read(W, s):
    state = np.asarray(s)
    if state.ndim != 1 or any(v not in (1, -1) for v in state.tolist()):
        raise ValueError("a state is a row of 1 and -1")
    if np.shape(W) != (state.size, state.size):
        raise ValueError("one weight for each pair")
    return np.asarray(W).tolist(), state.tolist(), state.dtype


def hebbian(patterns):
    X = np.asarray(patterns)
    if X.ndim != 2 or np.any((X != 1) & (X != -1)):
        raise ValueError("patterns are rows of 1 and -1")
    n = X.shape[1]
    rows = [[int(v) for v in row] for row in X]
    W = np.zeros((n, n))
    for i in range(n):
        for j in range(n):
            if i != j:
                W[i, j] = sum(row[i] * row[j] for row in rows) / n
    return W


def energy(W, s):
    W, s, _ = _read(W, s)
    pairs = [(i, j) for i in range(len(s)) for j in range(len(s))]
    return -0.5 * sum(W[i][j] * s[i] * s[j] for i, j in pairs)


def recall(W, s, rng, max_sweeps=10):
    W, state, dtype = _read(W, s)
    for _ in range(max_sweeps):
        before = list(state)
        order = list(range(len(state)))
        rng.shuffle(order)
        for i in order:
            field = sum(w * v for w, v in zip(W[i], state, strict=True))
            state[i] = 1 if field > 0 else -1 if field < 0 else state[i]
        if state == before:
            break
    return np.array(state, dtype=dtype)
