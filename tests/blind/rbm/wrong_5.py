"""Wrong: sums instead of means, and the log-likelihood without Z."""

import math

import numpy as np


def _two_axes(a, n):
    a = np.asarray(a)
    if a.ndim != 2 or n != a.shape[1]:
        raise ValueError("rows of units are needed")
    return a.astype(np.float64)


def _logistic(x):
    return np.exp(-np.logaddexp(0.0, -x))


class RBM:
    def __init__(self, n_visible, n_hidden, rng):
        self.W = 0.1 * rng.normal(size=(n_visible, n_hidden))
        self.b = np.zeros(n_visible)
        self.c = np.zeros(n_hidden)

    def hidden_probs(self, v):
        v = _two_axes(v, len(self.b))
        return _logistic(np.einsum("ni,ij->nj", v, self.W) + self.c)

    def visible_probs(self, h):
        h = _two_axes(h, len(self.c))
        return _logistic(np.einsum("nj,ij->ni", h, self.W) + self.b)

    def free_energy(self, v):
        v = _two_axes(v, len(self.b))
        total = np.zeros(len(v))
        for j in range(len(self.c)):
            total -= np.logaddexp(0.0, v @ self.W[:, j] + self.c[j])
        for i in range(len(self.b)):
            total -= self.b[i] * v[:, i]
        return total

    def log_likelihood(self, data):
        data = _two_axes(data, len(self.b))
        if len(self.b) > 12 or len(data) == 0:
            raise ValueError("not possible")
        states = np.zeros((1, 0))
        for _ in self.b:
            n = len(states)
            states = np.vstack(
                [np.hstack([states, np.zeros((n, 1))]), np.hstack([states, np.ones((n, 1))])]
            )
        log_z = np.logaddexp.reduce(-self.free_energy(states))
        return math.fsum(-self.free_energy(data)) / len(data)

    def gibbs_step(self, v, rng):
        v = _two_axes(v, len(self.b))
        u = rng.random((len(v), len(self.c)))
        h = np.zeros(u.shape)
        h[u < self.hidden_probs(v)] = 1
        u = rng.random(v.shape)
        new = np.zeros(u.shape)
        new[u < self.visible_probs(h)] = 1
        return h, new

    def cd1(self, batch, lr, rng):
        v0 = _two_axes(batch, len(self.b))
        if not v0.shape[0]:
            raise ValueError("nothing to learn from")
        v1 = self.gibbs_step(v0, rng)[1]
        p0, p1 = self.hidden_probs(v0), self.hidden_probs(v1)
        W, b, c = self.W.copy(), self.b.copy(), self.c.copy()
        W += lr * (np.einsum("ni,nj->ij", v0, p0) - np.einsum("ni,nj->ij", v1, p1))
        b += lr * (v0.sum(0) - v1.sum(0))
        c += lr * (p0.sum(0) - p1.sum(0))
        self.W, self.b, self.c = W, b, c
