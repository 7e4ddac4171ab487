"""The features are moved to the front; positions are rotated as complex numbers."""

import numpy as np


class LayerNorm:
    def __init__(self, dim, eps=1e-5):
        self.params = {
            name: np.repeat(value, dim) for name, value in (("gamma", 1.0), ("beta", 0.0))
        }
        self.grads = {name: array * 0 for name, array in self.params.items()}
        self.eps = eps
        self.saved = []

    def forward(self, x, training=False):
        x = np.asarray(x, float)
        if not x.ndim or x.shape[-1] != self.params["gamma"].size:
            raise ValueError("features are missing")
        moved = np.moveaxis(x, -1, 0)
        centred = moved - moved.mean(axis=0)
        scale = (np.square(centred).mean(axis=0) + self.eps) ** -0.5
        if training:
            self.saved = [centred * scale, scale]
        out = np.moveaxis(centred * scale, 0, -1)
        return out * self.params["gamma"] + self.params["beta"]

    def backward(self, dout):
        if not self.saved:
            raise RuntimeError("no forward for training")
        h, scale = self.saved
        dout = np.moveaxis(np.atleast_1d(np.asarray(dout, float)), -1, 0)
        if dout.shape != h.shape:
            raise ValueError("dout does not match")
        d = len(h)
        for name, array in (("gamma", dout * h), ("beta", dout)):
            self.grads[name] += array.reshape(d, -1).sum(axis=1) if array.size else 0.0
        g = (dout.T * self.params["gamma"]).T
        dx = scale / d * (d * g - g.sum(axis=0) - h * (g * h).sum(axis=0))
        return np.moveaxis(dx, 0, -1)

    def zero_grad(self):
        for array in self.grads.values():
            np.copyto(array, 0.0)


def sinusoidal_positions(T, d):
    if d & 1:
        raise ValueError("an even number of columns is needed")
    turns = np.exp(1j * np.outer(np.arange(T), 1e4 ** (-2 * np.arange(d // 2) / d)))
    return np.dstack([turns.imag, turns.real]).reshape(T, d)
