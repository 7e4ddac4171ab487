"""The matrix of partial derivatives of each column is written down and multiplied."""

import numpy as np


class BatchNorm:
    def __init__(self, dim, momentum=0.9, eps=1e-5):
        self.params = dict(gamma=np.full(dim, 1.0), beta=np.full(dim, 0.0))  # noqa: C408
        self.grads = dict(gamma=np.full(dim, 0.0), beta=np.full(dim, 0.0))  # noqa: C408
        self.running_mean, self.running_var = np.full(dim, 0.0), np.full(dim, 1.0)
        self.old, self.eps = momentum, eps

    def forward(self, x, training=False):
        x = np.asarray(x).astype(float)
        if x.shape[1:] != self.running_mean.shape:
            raise ValueError("x does not have D columns")
        mean, var = self.running_mean, self.running_var
        if training:
            if not x.size:
                raise ValueError("no samples")
            mean = np.mean(x, axis=0)
            var = np.mean(np.square(x - mean), axis=0)
            self.running_mean = self.old * self.running_mean + (1 - self.old) * mean
            self.running_var = self.old * self.running_var + (1 - self.old) * var
        x_hat = (x - mean) * (var + self.eps) ** -0.5
        if training:
            self.memory = x_hat, var
        return x_hat * self.params["gamma"] + self.params["beta"]

    def backward(self, dout):
        if not hasattr(self, "memory"):
            raise RuntimeError("forward first")
        x_hat, var = self.memory
        dout = np.asarray(dout).astype(float)
        if dout.shape != x_hat.shape:
            raise ValueError("another shape was expected")
        n = len(x_hat)
        dx = np.empty_like(dout)
        for j in range(dout.shape[1]):
            h, g = x_hat[:, j], dout[:, j]
            self.grads["gamma"][j] += g @ h
            self.grads["beta"][j] += g.sum()
            jacobian = np.eye(n) - np.full((n, n), 1 / n) - np.outer(h, h) / n
            dx[:, j] = self.params["gamma"][j] * (jacobian @ g) / np.sqrt(var[j] + self.eps)
        return dx

    def zero_grad(self):
        for name in ("gamma", "beta"):
            self.grads[name] *= 0
