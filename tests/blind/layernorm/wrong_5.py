"""Wrong: every column has an exponent of its own."""

from math import cos, sin

import numpy as np


class LayerNorm:
    def __init__(self, dim, eps=1e-5):
        self.params = {"gamma": np.ones((dim,)), "beta": np.zeros((dim,))}
        self.grads = {k: np.zeros_like(v) for k, v in self.params.items()}
        self.eps = eps

    def forward(self, x, training=False):
        x = np.array(x, dtype=float)
        if x.shape[-1:] != self.params["gamma"].shape:
            raise ValueError("the last axis must be the features")
        mean = np.mean(x, axis=-1)[..., None]
        var = np.var(x, axis=-1)[..., None]
        h = (x - mean) / (var + self.eps) ** 0.5
        if training:
            self.memory = {"h": h, "var": var}
        return h * self.params["gamma"] + self.params["beta"]

    def backward(self, dout):
        try:
            h, var = self.memory["h"], self.memory["var"]
        except AttributeError:
            raise RuntimeError("no forward with training=True yet") from None
        dout = np.array(dout, dtype=float)
        if dout.shape != h.shape:
            raise ValueError("dout has the wrong shape")
        axes = tuple(range(h.ndim))[:-1]
        self.grads["beta"] += dout.sum(axes)
        self.grads["gamma"] += (dout * h).sum(axes)
        d = h.shape[-1]
        dh = dout * self.params["gamma"]
        total = d * dh - dh.sum(-1, keepdims=True) - h * (dh * h).sum(-1, keepdims=True)
        return total / (d * (var + self.eps) ** 0.5)

    def zero_grad(self):
        for g in self.grads.values():
            g *= 0.0


def sinusoidal_positions(T, d):
    if d % 2:
        raise ValueError("odd number of columns")
    out = np.zeros((T, d), dtype=np.float64)
    for t in range(T):
        for j in range(d):
            angle = t / 10000 ** (j / d)
            out[t, j] = cos(angle) if j % 2 else sin(angle)
    return out
