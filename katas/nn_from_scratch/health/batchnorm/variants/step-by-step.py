"""Every step of the forward pass is stored, and backward goes back through them one by one."""

import numpy as np


class BatchNorm:
    def __init__(self, dim, momentum=0.9, eps=1e-5):
        self.momentum, self.eps, self.dim = momentum, eps, dim
        self.params = {"gamma": np.ones(dim), "beta": np.zeros(dim)}
        self.grads = {"gamma": np.zeros(dim), "beta": np.zeros(dim)}
        self.running_mean = np.zeros(dim)
        self.running_var = np.ones(dim)
        self.steps = None

    def forward(self, x, training=False):
        x = np.array(x, dtype=float)
        if x.ndim != 2 or x.shape[1] != self.dim:
            raise ValueError(f"(N, {self.dim}) was expected, got {x.shape}")
        gamma, beta = self.params["gamma"], self.params["beta"]
        if not training:
            return gamma * (x - self.running_mean) / np.sqrt(self.running_var + self.eps) + beta
        n = len(x)
        if n == 0:
            raise ValueError("an empty batch has no mean")
        mean = x.sum(axis=0) / n
        centred = x - mean
        squares = centred**2
        var = squares.sum(axis=0) / n
        deviation = np.sqrt(var + self.eps)
        inverse = 1.0 / deviation
        x_hat = centred * inverse
        self.running_mean *= self.momentum
        self.running_mean += (1 - self.momentum) * mean
        self.running_var *= self.momentum
        self.running_var += (1 - self.momentum) * var
        self.steps = n, centred, deviation, inverse, x_hat
        return gamma * x_hat + beta

    def backward(self, dout):
        if self.steps is None:
            raise RuntimeError("nothing was trained yet")
        n, centred, deviation, inverse, x_hat = self.steps
        dout = np.asarray(dout, dtype=float)
        if dout.shape != x_hat.shape:
            raise ValueError(f"dout is {dout.shape}, the output was {x_hat.shape}")
        self.grads["beta"] += dout.sum(axis=0)
        self.grads["gamma"] += (dout * x_hat).sum(axis=0)
        d_hat = dout * self.params["gamma"]
        d_inverse = (d_hat * centred).sum(axis=0)
        d_centred = d_hat * inverse
        d_deviation = -d_inverse / deviation**2
        d_var = d_deviation / (2 * deviation)
        d_centred = d_centred + 2 * centred * d_var / n
        return d_centred - d_centred.sum(axis=0) / n

    def zero_grad(self):
        self.grads["gamma"].fill(0.0)
        self.grads["beta"].fill(0.0)
