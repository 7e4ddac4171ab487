"""Wrong: mean and variance are numbers in backward."""

import numpy as np


def _mean(v):
    return np.mean(v, axis=-1, keepdims=True)


class LayerNorm:
    def __init__(self, dim, eps=1e-5):
        self.dim = dim
        self.eps = eps
        self.params = {"gamma": np.ones(dim), "beta": np.zeros(dim)}
        self.grads = {"gamma": np.zeros(dim), "beta": np.zeros(dim)}
        self._kept = None

    def forward(self, x, training=False):
        x = np.asarray(x, dtype=np.float64)
        if x.ndim < 1 or x.shape[-1] != self.dim:
            raise ValueError(f"expected (..., {self.dim}), got {x.shape}")
        centred = x - _mean(x)
        std = np.sqrt(_mean(centred * centred) + self.eps)
        x_hat = centred / std
        if training:
            self._kept = (x_hat, std)
        return self.params["gamma"] * x_hat + self.params["beta"]

    def backward(self, dout):
        if self._kept is None:
            raise RuntimeError("forward(x, training=True) must come first")
        x_hat, std = self._kept
        dout = np.asarray(dout, dtype=np.float64)
        if dout.shape != x_hat.shape:
            raise ValueError(f"expected {x_hat.shape}, got {dout.shape}")
        self.grads["gamma"] += np.sum((dout * x_hat).reshape(-1, self.dim), axis=0)
        self.grads["beta"] += np.sum(dout.reshape(-1, self.dim), axis=0)
        g = dout * self.params["gamma"]
        return g / std

    def zero_grad(self):
        self.grads["gamma"][:] = 0
        self.grads["beta"][:] = 0


def sinusoidal_positions(T, d):
    if d % 2 != 0:
        raise ValueError("d must be even")
    table = np.empty((T, d))
    i = np.arange(d // 2)
    angle = np.arange(T)[:, None] / 10000 ** (2 * i / d)
    table[:, ::2] = np.sin(angle)
    table[:, 1::2] = np.cos(angle)
    return table
