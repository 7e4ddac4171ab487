"""Wrong: momentum the other way round."""

import numpy as np


class BatchNorm:
    def __init__(self, dim, momentum=0.9, eps=1e-5):
        self.m, self.eps = momentum, eps
        self.params = {"gamma": np.ones((dim,)), "beta": np.zeros((dim,))}
        self.grads = {key: np.zeros((dim,)) for key in self.params}
        self.running_mean, self.running_var = np.zeros((dim,)), np.ones((dim,))

    def forward(self, x, training=False):
        x = np.array(x, float)
        d = self.params["gamma"].shape[0]
        if x.ndim != 2 or x.shape[-1] != d:
            raise ValueError(f"x has shape {x.shape}, but D is {d}")
        gamma, beta = self.params["gamma"], self.params["beta"]
        if not training:
            return (x - self.running_mean) / (self.running_var + self.eps) ** 0.5 * gamma + beta
        n = x.shape[0]
        if n < 1:
            raise ValueError("training with no samples")
        mu = x.sum(0) / n
        xmu = x - mu
        var = (xmu**2).sum(0) / n
        self._saved = n, xmu, (var + self.eps) ** 0.5
        self.running_mean = self.running_mean * (1 - self.m) + mu * self.m
        self.running_var = self.running_var * (1 - self.m) + var * self.m
        return xmu / self._saved[2] * gamma + beta

    def backward(self, dout):
        if not hasattr(self, "_saved"):
            raise RuntimeError("forward with training=True comes first")
        n, xmu, std = self._saved
        dout = np.array(dout, float)
        if dout.shape != xmu.shape:
            raise ValueError("dout must look like the output")
        self.grads["beta"] += dout.sum(0)
        self.grads["gamma"] += (dout * xmu / std).sum(0)
        dxhat = dout * self.params["gamma"]
        dvar = (dxhat * xmu).sum(0) * -0.5 / std**3
        dmu = -(dxhat / std).sum(0) - 2 * dvar * xmu.mean(0)
        return dxhat / std + dvar * 2 * xmu / n + dmu / n

    def zero_grad(self):
        for g in self.grads.values():
            g *= 0.0
