"""Python loops; a unit compares the energies of the two states that differ in it."""

import itertools
import math

import numpy as np


def _check(W, b):
    if np.ndim(b) != 1 or np.shape(W) != (len(b), len(b)):
        raise ValueError("W is not (n, n), or b is not (n,)")
    for i, j in itertools.product(range(len(b)), repeat=2):
        if W[i][j] != W[j][i] or W[i][i] != 0:
            raise ValueError("W is not symmetric, or its diagonal is not 0")


def _plain(s, W, b):
    on = [i for i in range(len(s)) if s[i]]
    return -sum(float(W[i][j]) for i in on for j in on if i < j) - sum(float(b[i]) for i in on)


def bm_energy(s, W, b):
    _check(W, b)
    if np.shape(s) != np.shape(b) or any(v not in (0, 1) for v in s):
        raise ValueError("not a state")
    return _plain(s, W, b)


def bm_probabilities(W, b):
    _check(W, b)
    if len(b) > 12:
        raise ValueError("more than 12 units")
    # One unit after another: the states so far, without and with this unit.
    minus = [0.0]
    for i in range(len(b)):
        states = list(itertools.product((0, 1), repeat=i))
        gains = [
            float(b[i]) + sum(float(W[i][j]) for j in range(i) if state[j]) for state in states
        ]
        minus = [m + add for m, gain in zip(minus, gains, strict=True) for add in (0.0, gain)]
    top = max(minus)
    powers = [math.exp(m - top) for m in minus]
    total = math.fsum(powers)
    return np.array([power / total for power in powers])


def gibbs_sweep(s, W, b, rng):
    bm_energy(s, W, b)
    state = np.copy(s)
    for i in range(len(state)):
        gain = sum(float(W[i][j]) * int(state[j]) for j in range(len(state))) + float(b[i])
        p = 1 / (1 + math.exp(-gain)) if gain > -700 else 0.0
        state[i] = rng.random() < p
    return state


def sample(W, b, n_samples, burn_in, rng):
    _check(W, b)
    walk = np.zeros((1 + burn_in + n_samples, len(b)), int)
    for k in range(1, len(walk)):
        walk[k] = gibbs_sweep(walk[k - 1], W, b, rng)
    return walk[1 + burn_in :]
