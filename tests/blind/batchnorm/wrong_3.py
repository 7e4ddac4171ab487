"""Wrong: the sample variance, with N - 1 (guarded for N = 1)."""

import numpy as np


def _matrix(a, columns, what):
    a = np.asarray(a).astype(np.float64)
    if a.ndim != 2 or a.shape[1] != columns:
        raise ValueError(f"{what} must have {columns} columns")
    return a


class BatchNorm:
    def __init__(self, dim, momentum=0.9, eps=1e-5):
        self._d = dim
        self._keep = momentum
        self._eps = eps
        self.params = {"gamma": np.ones(dim), "beta": np.zeros(dim)}
        self.grads = {"gamma": np.zeros(dim), "beta": np.zeros(dim)}
        self.running_mean = np.zeros(dim)
        self.running_var = np.ones(dim)
        self._x_hat = self._inv = None

    def forward(self, x, training=False):
        x = _matrix(x, self._d, "x")
        if training:
            return self._train(x)
        inv = 1 / np.sqrt(self.running_var + self._eps)
        return self.params["beta"] + self.params["gamma"] * inv * (x - self.running_mean)

    def _train(self, x):
        if not len(x):
            raise ValueError("N must not be 0 in training")
        mean, var = x.mean(axis=0), ((x - mean) ** 2).sum(axis=0) / max(len(x) - 1, 1)
        self._inv = 1 / np.sqrt(var + self._eps)
        self._x_hat = (x - mean) * self._inv
        self.running_mean += (1 - self._keep) * (mean - self.running_mean)
        self.running_var += (1 - self._keep) * (var - self.running_var)
        return self.params["beta"] + self.params["gamma"] * self._x_hat

    def backward(self, dout):
        if self._x_hat is None:
            raise RuntimeError("backward before forward")
        dout = _matrix(dout, self._d, "dout")
        n = len(self._x_hat)
        if len(dout) != n:
            raise ValueError(f"dout must have {n} rows")
        d_beta, d_gamma = dout.sum(axis=0), np.einsum("nd,nd->d", dout, self._x_hat)
        self.grads["beta"] += d_beta
        self.grads["gamma"] += d_gamma
        return self.params["gamma"] * self._inv / n * (n * dout - d_beta - self._x_hat * d_gamma)

    def zero_grad(self):
        for name in self.grads:
            self.grads[name][...] = 0
