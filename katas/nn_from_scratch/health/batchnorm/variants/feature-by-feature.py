"""One feature after the other, as a column, with the sums of the published formulas."""

import numpy as np


class BatchNorm:
    def __init__(self, dim, momentum=0.9, eps=1e-5):
        self.d, self.momentum, self.eps = dim, momentum, eps
        self.params, self.grads = {}, {}
        for name, start in (("beta", 0.0), ("gamma", 1.0)):
            self.params[name] = np.array([start] * dim)
            self.grads[name] = np.array([0.0] * dim)
        self.running_mean = np.array([0.0] * dim)
        self.running_var = np.array([1.0] * dim)
        self.seen = None

    def _check(self, x):
        x = np.array(x, dtype=np.float64)
        if x.ndim != 2:
            raise ValueError("not a matrix")
        if x.shape[1] != self.d:
            raise ValueError("a row has the wrong length")
        return x

    def forward(self, x, training=False):
        x = self._check(x)
        if training and len(x) < 1:
            raise ValueError("there is nothing to train with")
        out = np.zeros(x.shape)
        kept = []
        for j in range(self.d):
            column = x[:, j]
            mean, var = self.running_mean[j], self.running_var[j]
            if training:
                mean = np.average(column)
                var = np.dot(column - mean, column - mean) / len(column)
                self.running_mean[j] += (1 - self.momentum) * (mean - self.running_mean[j])
                self.running_var[j] += (1 - self.momentum) * (var - self.running_var[j])
            root = np.sqrt(var + self.eps)
            kept.append((column - mean, root))
            out[:, j] = self.params["gamma"][j] * ((column - mean) / root) + self.params["beta"][j]
        if training:
            self.seen = len(x), kept
        return out

    def backward(self, dout):
        if self.seen is None:
            raise RuntimeError("no forward for training")
        n, kept = self.seen
        dout = self._check(dout)
        if len(dout) != n:
            raise ValueError("another number of rows")
        dx = np.zeros(dout.shape)
        for j, (centred, root) in enumerate(kept):
            self.grads["gamma"][j] += np.dot(dout[:, j], centred) / root
            self.grads["beta"][j] += np.sum(dout[:, j])
            g = dout[:, j] * self.params["gamma"][j]
            d_var = -0.5 * np.dot(g, centred) / root**3
            d_mean = -np.sum(g) / root
            dx[:, j] = g / root + d_var * 2 * centred / n + d_mean / n
        return dx

    def zero_grad(self):
        for gradient in self.grads.values():
            gradient -= gradient
