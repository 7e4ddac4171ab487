"""Loops over rows, with the softplus written out, and numbers drawn at the beginning."""

import itertools

import numpy as np


def _sigmoid(x):
    return 0.5 * (1 + np.tanh(x / 2))


def _as_rows(states, units):
    states = np.asarray(states)
    if states.ndim != 2:
        raise ValueError("states have two axes")
    if states.shape[1] != units:
        raise ValueError(f"each row has {units} units")
    return states.astype(float)


class RBM:
    def __init__(self, n_visible, n_hidden, rng):
        self.V, self.H = n_visible, n_hidden
        self.W = rng.normal(scale=0.1, size=(n_visible, n_hidden))
        self.b = np.zeros((n_visible,))
        self.c = np.zeros((n_hidden,))

    def hidden_probs(self, v):
        v = _as_rows(v, self.V)
        return np.array([_sigmoid(row @ self.W + self.c) for row in v]).reshape(len(v), self.H)

    def visible_probs(self, h):
        h = _as_rows(h, self.H)
        return np.array([_sigmoid(self.W @ row + self.b) for row in h]).reshape(len(h), self.V)

    def free_energy(self, v):
        v = _as_rows(v, self.V)
        result = np.zeros(len(v))
        for n, row in enumerate(v):
            fields = row @ self.W + self.c
            result[n] = -(row @ self.b) - np.logaddexp(0, fields).sum()
        return result

    def log_likelihood(self, data):
        energies = self.free_energy(data)
        if energies.size == 0:
            raise ValueError("no data")
        if self.V > 12:
            raise ValueError("too many units")
        states = np.array(list(itertools.product((0, 1), repeat=self.V)))
        return -float(np.mean(energies) + np.logaddexp.reduce(-self.free_energy(states)))

    def gibbs_step(self, v, rng):
        v = _as_rows(v, self.V)
        for_hidden, for_visible = rng.random((len(v), self.H)), rng.random((len(v), self.V))
        h = (for_hidden < self.hidden_probs(v)) * 1.0
        return h, (for_visible < self.visible_probs(h)) * 1.0

    def cd1(self, batch, lr, rng):
        batch = _as_rows(batch, self.V)
        n = len(batch)
        if n == 0:
            raise ValueError("no rows")
        dreams = self.gibbs_step(batch, rng)[1]
        real, dreamed = self.hidden_probs(batch), self.hidden_probs(dreams)
        dW, db, dc = np.zeros((self.V, self.H)), np.zeros(self.V), np.zeros(self.H)
        for k in range(n):
            dW += np.outer(batch[k], real[k]) - np.outer(dreams[k], dreamed[k])
            db += batch[k] - dreams[k]
            dc += real[k] - dreamed[k]
        self.W = self.W + lr * dW / n
        self.b = self.b + lr * db / n
        self.c = self.c + lr * dc / n
