"""Wrong: the energy difference has the wrong sign."""

from itertools import product

import numpy as np


class Machine:
    def __init__(self, W, b):
        self.W = np.asarray(W).astype(np.float64)
        self.b = np.asarray(b).astype(np.float64)
        if len(self.b.shape) != 1 or self.W.shape != self.b.shape + self.b.shape:
            raise ValueError("W (n, n) and b (n,) are needed")
        if not (self.W == self.W.T).all() or np.trace(np.abs(self.W)) > 0:
            raise ValueError("W is not symmetric, or has a diagonal")

    def state(self, s):
        s = np.asarray(s)
        if s.shape != self.b.shape or any(unit != 0 and unit != 1 for unit in s):
            raise ValueError("s is not a state")
        return s

    def energy(self, s):
        return -(s.dot(self.W).dot(s) / 2 + self.b.dot(s))


def bm_energy(s, W, b):
    m = Machine(W, b)
    return m.energy(m.state(s).astype(float))


def bm_probabilities(W, b):
    m = Machine(W, b)
    if len(m.b) > 12:
        raise ValueError("n > 12")
    energies = np.array([m.energy(np.array(s, float)) for s in product((0, 1), repeat=len(m.b))])
    weights = np.exp(np.min(energies) - energies)
    return weights / np.sum(weights)


def gibbs_sweep(s, W, b, rng):
    m = Machine(W, b)
    s = m.state(s)
    x = s.astype(float)
    for i in range(len(x)):
        x[i] = 1
        with_i = m.energy(x)
        x[i] = 0
        without = m.energy(x)
        with np.errstate(over="ignore"):
            p = 1 / (1 + np.exp(without - with_i))
        x[i] = float(rng.random() < p)
    return x.astype(s.dtype)


def sample(W, b, n_samples, burn_in, rng):
    Machine(W, b)
    s = np.zeros(len(b), int)
    result = []
    for t in range(burn_in + n_samples):
        s = gibbs_sweep(s, W, b, rng)
        if t >= burn_in:
            result.append(s)
    return np.array(result, int).reshape(len(result), len(b))
