"""Changes in place, gradients of the free energy, and bits of numbers."""

import numpy as np

from ..activations.elu import softplus
from ..activations.logistic import sigmoid


def _rows(states, count):
    rows = np.array(states, dtype=float)
    if rows.ndim != 2 or rows.shape[1:] != (count,):
        raise ValueError("one row per sample")
    return rows


class RBM:
    def __init__(self, n_visible, n_hidden, rng):
        self.W = 0.1 * rng.standard_normal((n_visible, n_hidden))
        self.b = np.zeros(n_visible)
        self.c = np.zeros(n_hidden)

    def hidden_probs(self, v):
        return sigmoid(_rows(v, self.b.size) @ self.W + self.c)

    def visible_probs(self, h):
        return sigmoid(self.b + np.einsum("nh,vh->nv", _rows(h, self.c.size), self.W))

    def free_energy(self, v):
        v = _rows(v, self.b.size)
        return -np.sum(softplus(v @ self.W + self.c), axis=1) - v @ self.b

    def log_likelihood(self, data):
        data = _rows(data, self.b.size)
        if not len(data) or self.b.size > 12:
            raise ValueError("no rows, or too many states")
        numbers = np.arange(2**self.b.size)[:, np.newaxis]
        minus = -self.free_energy((numbers >> np.arange(self.b.size)) & 1)
        top = minus.max()
        return float(np.mean(-self.free_energy(data) - top - np.log(np.exp(minus - top).sum())))

    def gibbs_step(self, v, rng):
        p = self.hidden_probs(v)
        h = np.where(rng.random(p.shape) < p, 1.0, 0.0)
        p = self.visible_probs(h)
        return h, np.where(rng.random(p.shape) < p, 1.0, 0.0)

    def cd1(self, batch, lr, rng):
        v0 = _rows(batch, self.b.size)
        if len(v0) == 0:
            raise ValueError("an empty batch")
        v1 = self.gibbs_step(v0, rng)[1]
        changes = [np.zeros_like(self.W), np.zeros_like(self.b), np.zeros_like(self.c)]
        for sign, v in ((1, v0), (-1, v1)):
            p = self.hidden_probs(v)
            for change, term in zip(changes, (v.T @ p, v.sum(axis=0), p.sum(axis=0)), strict=True):
                change += sign * term
        for array, change in zip((self.W, self.b, self.c), changes, strict=True):
            array += lr / len(v0) * change
