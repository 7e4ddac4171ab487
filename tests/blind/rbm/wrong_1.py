"""Wrong: the dream has the plus sign."""

import numpy as np

from ..activations.elu import softplus
from ..activations.logistic import sigmoid
from ..forward.softmax import logsumexp


class RBM:
    def __init__(self, n_visible, n_hidden, rng):
        self.n_visible = n_visible
        self.n_hidden = n_hidden
        self.W = rng.normal(loc=0.0, scale=0.1, size=(n_visible, n_hidden))
        self.b = np.zeros(n_visible)
        self.c = np.zeros(n_hidden)

    def _visible(self, v, need_rows=False):
        v = np.array(v, dtype=np.float64)
        if v.ndim != 2:
            raise ValueError("v must have two axes")
        if v.shape[1] != self.n_visible:
            raise ValueError("v has the wrong number of units")
        if need_rows and v.shape[0] < 1:
            raise ValueError("at least one row")
        return v

    def hidden_probs(self, v):
        return sigmoid(self.c + self._visible(v) @ self.W)

    def visible_probs(self, h):
        h = np.array(h, dtype=np.float64)
        if h.ndim != 2 or h.shape[1] != self.n_hidden:
            raise ValueError("h must be (N, H)")
        return sigmoid(self.b + h @ self.W.T)

    def free_energy(self, v):
        v = self._visible(v)
        hidden_term = softplus(v @ self.W + self.c).sum(axis=1)
        visible_term = v @ self.b
        return -visible_term - hidden_term

    def log_likelihood(self, data):
        data = self._visible(data, need_rows=True)
        if self.n_visible > 12:
            raise ValueError("only up to 12 visible units")
        k = np.arange(2**self.n_visible)
        states = np.stack([(k >> i) & 1 for i in range(self.n_visible)], axis=1)
        log_z = float(logsumexp(-self.free_energy(states)))
        return float(-np.mean(self.free_energy(data))) - log_z

    def gibbs_step(self, v, rng):
        ph = self.hidden_probs(v)
        h = np.float64(rng.random(ph.shape) < ph)
        pv = self.visible_probs(h)
        return h, np.float64(rng.random(pv.shape) < pv)

    def _phase(self, v):
        p = self.hidden_probs(v)
        return v.T @ p / len(v), v.mean(axis=0), p.mean(axis=0)

    def cd1(self, batch, lr, rng):
        v0 = self._visible(batch, need_rows=True)
        _, v1 = self.gibbs_step(v0, rng)
        real, dream = self._phase(v0), self._phase(v1)
        self.W = self.W + lr * (dream[0] - real[0])
        self.b = self.b + lr * (dream[1] - real[1])
        self.c = self.c + lr * (dream[2] - real[2])
