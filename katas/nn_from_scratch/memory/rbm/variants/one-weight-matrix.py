"""Weights and biases become one matrix, with a unit in each layer that is always 1."""

import numpy as np

from ..activations.elu import softplus
from ..activations.logistic import sigmoid
from ..forward.softmax import logsumexp


def _with_one(states, units):
    if np.ndim(states) != 2 or np.shape(states)[1] != units:
        raise ValueError("another shape")
    return np.hstack([np.asarray(states, float), np.ones((len(states), 1))])


class RBM:
    def __init__(self, n_visible, n_hidden, rng):
        self.W = rng.normal(0, 0.1, (n_visible, n_hidden))
        self.b, self.c = np.zeros(n_visible), np.zeros(n_hidden)

    def _matrix(self):
        lower = np.append(self.c, 0.0)[np.newaxis]
        return np.vstack([np.hstack([self.W, self.b[:, np.newaxis]]), lower])

    def hidden_probs(self, v):
        return sigmoid((_with_one(v, len(self.b)) @ self._matrix())[:, :-1])

    def visible_probs(self, h):
        return sigmoid((_with_one(h, len(self.c)) @ self._matrix().T)[:, :-1])

    def free_energy(self, v):
        fields = _with_one(v, len(self.b)) @ self._matrix()
        return -softplus(fields[:, :-1]).sum(axis=1) - fields[:, -1]

    def log_likelihood(self, data):
        n = len(self.b)
        if n > 12 or np.shape(data)[0] == 0:
            raise ValueError("too many units or no rows")
        energies = self.free_energy(data)
        everything = np.indices((2,) * n).reshape(n, 2**n).T
        return float(np.mean(-energies) - logsumexp(-self.free_energy(everything)))

    def gibbs_step(self, v, rng):
        layers = []
        for probabilities in (self.hidden_probs, self.visible_probs):
            p = probabilities(layers[-1] if layers else v)
            layers.append(np.less(rng.random(p.shape), p).astype(float))
        return tuple(layers)

    def cd1(self, batch, lr, rng):
        if np.shape(batch)[:1] == (0,):
            raise ValueError("no rows")
        _, dream = self.gibbs_step(batch, rng)
        step = 0.0
        for sign, v in ((lr, batch), (-lr, dream)):
            p = _with_one(self.hidden_probs(v), len(self.c))
            step = step + sign / len(batch) * (_with_one(v, len(self.b)).T @ p)
        self.W, self.b, self.c = (
            self.W + step[:-1, :-1],
            self.b + step[:-1, -1],
            self.c + step[-1, :-1],
        )
