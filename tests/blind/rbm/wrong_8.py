"""Wrong: max(0, x) for the softplus, as for a ReLU."""

import itertools

import numpy as np


def sigmoid(x):
    e = np.exp(-np.abs(x))
    return np.where(x >= 0, 1 / (1 + e), e / (1 + e))


def rows(x, width):
    x = np.asarray(x, dtype=float)
    if x.ndim != 2 or x.shape[1] != width:
        raise ValueError(f"expected (N, {width}), got {x.shape}")
    return x


class RBM:
    def __init__(self, n_visible, n_hidden, rng):
        self.W = rng.normal(0.0, 0.1, (n_visible, n_hidden))
        self.b = np.zeros(n_visible)
        self.c = np.zeros(n_hidden)

    def hidden_probs(self, v):
        v = rows(v, self.W.shape[0])
        return sigmoid(v @ self.W + self.c)

    def visible_probs(self, h):
        h = rows(h, self.W.shape[1])
        return sigmoid(h @ self.W.T + self.b)

    def free_energy(self, v):
        v = rows(v, self.W.shape[0])
        x = v @ self.W + self.c
        return -(v @ self.b) - np.maximum(0, x).sum(axis=1)

    def log_likelihood(self, data):
        data = rows(data, self.W.shape[0])
        if data.shape[0] == 0:
            raise ValueError("no data")
        if data.shape[1] > 12:
            raise ValueError("too many visible units")
        states = np.array(list(itertools.product([0, 1], repeat=data.shape[1])), dtype=float)
        f = -self.free_energy(states)
        m = f.max()
        log_z = m + np.log(np.sum(np.exp(f - m)))
        return float(np.mean(-self.free_energy(data) - log_z))

    def gibbs_step(self, v, rng):
        p = self.hidden_probs(v)
        h = (rng.random(p.shape) < p).astype(float)
        q = self.visible_probs(h)
        v1 = (rng.random(q.shape) < q).astype(float)
        return h, v1

    def cd1(self, batch, lr, rng):
        v0 = rows(batch, self.W.shape[0])
        n = v0.shape[0]
        if n == 0:
            raise ValueError("empty batch")
        p0 = self.hidden_probs(v0)
        h0, v1 = self.gibbs_step(v0, rng)
        p1 = self.hidden_probs(v1)
        self.W = self.W + lr * (v0.T @ p0 - v1.T @ p1) / n
        self.b = self.b + lr * np.mean(v0 - v1, axis=0)
        self.c = self.c + lr * np.mean(p0 - p1, axis=0)
