"""The matrix of partial derivatives of each token; positions number by number."""

import math

import numpy as np


class LayerNorm:
    def __init__(self, dim, eps=1e-5):
        self.params = dict(gamma=np.full(dim, 1.0), beta=np.full(dim, 0.0))  # noqa: C408
        self.grads = dict(gamma=np.full(dim, 0.0), beta=np.full(dim, 0.0))  # noqa: C408
        self.eps = eps

    def _one(self, token):
        mean = sum(token) / len(token)
        var = sum((f - mean) ** 2 for f in token) / len(token)
        return (token - mean) / math.sqrt(var + self.eps), math.sqrt(var + self.eps)

    def forward(self, x, training=False):
        x = np.asarray(x).astype(np.float64)
        if x.shape[-1:] != self.params["beta"].shape:
            raise ValueError("x does not end in D")
        x_hat = np.empty_like(x)
        for place in np.ndindex(x.shape[:-1]):
            x_hat[place] = self._one(x[place])[0]
        if training:
            self.x = x.copy()
        return x_hat * self.params["gamma"] + self.params["beta"]

    def backward(self, dout):
        if not hasattr(self, "x"):
            raise RuntimeError("forward first")
        dout = np.asarray(dout).astype(np.float64)
        if dout.shape != self.x.shape:
            raise ValueError("another shape was expected")
        dx, d = np.empty_like(dout), dout.shape[-1]
        for place in np.ndindex(dout.shape[:-1]):
            h, deviation = self._one(self.x[place])
            self.grads["gamma"] += dout[place] * h
            self.grads["beta"] += dout[place]
            jacobian = (np.eye(d) - np.full((d, d), 1 / d) - np.outer(h, h) / d) / deviation
            dx[place] = (self.params["gamma"] * dout[place]) @ jacobian
        return dx

    def zero_grad(self):
        self.grads["gamma"] *= 0
        self.grads["beta"] *= 0


def sinusoidal_positions(T, d):
    if d // 2 * 2 != d:
        raise ValueError(d)
    rows = []
    for t in range(T):
        row = []
        for i in range(d // 2):
            angle = t / 10000 ** (2 * i / d)
            row += [math.sin(angle), math.cos(angle)]
        rows.append(row)
    return np.array(rows, dtype=float).reshape(T, d)
