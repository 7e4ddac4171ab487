"""Right: signs with three cases, an outer sum, and a new array at the end."""

import numpy as np


def hebbian(patterns):
    array = np.array(patterns)
    if len(array.shape) != 2:
        raise ValueError("two axes are needed")
    if np.count_nonzero(array == 1) + np.count_nonzero(array == -1) != array.size:
        raise ValueError("only 1 and -1 are allowed")
    P, N = array.shape
    total = np.zeros((N, N), dtype=np.float64)
    for pattern in array:
        pattern = pattern.astype(np.float64)
        total = total + pattern[:, None] * pattern[None, :]
    for i in range(N):
        total[i][i] = 0.0
    return total / N


def valid(W, s):
    W, s = np.array(W), np.array(s)
    if s.ndim != 1 or W.shape != (s.size, s.size):
        raise ValueError("shapes do not fit together")
    for v in s:
        if v != 1 and v != -1:
            raise ValueError("a neuron is 1 or -1")
    return W, s


def energy(W, s):
    W, s = valid(W, s)
    total = 0.0
    for i in range(len(s)):
        for j in range(len(s)):
            total += float(W[i, j]) * float(s[i]) * float(s[j])
    return -total / 2


def recall(W, s, rng, max_sweeps=10):
    W, state = valid(W, s)
    sweep = 0
    while sweep < max_sweeps:
        sweep += 1
        old = state.copy()
        order = rng.permutation(len(state))
        for i in order:
            h = (W[i] * state).sum()
            if h > 0:
                state[i] = 1
            elif h < 0:
                state[i] = -1
        if (old == state).all():
            return state
    return state
