"""Python loops over windows; equal pixels share the gradient, and a mask is kept per window."""

import numpy as np


class _Pool:
    def __init__(self, size, stride=None):
        self.k = size
        self.s = stride or size
        self.params, self.grads = {}, {}
        self.kept = None

    def where(self, shape):
        h, w = ((n - self.k) // self.s + 1 for n in shape[2:])
        for i in range(h):
            for j in range(w):
                a, b = i * self.s, j * self.s
                yield i, j, np.s_[:, :, a : a + self.k, b : b + self.k]

    def forward(self, x, training=False):
        x = np.array(x)
        if x.ndim != 4 or x.shape[2] < self.k or x.shape[3] < self.k:
            raise ValueError(f"cannot pool {x.shape}")
        if x.dtype not in (np.float32, np.float64):
            x = x.astype(float)
        h, w = ((n - self.k) // self.s + 1 for n in x.shape[2:])
        out = np.zeros((*x.shape[:2], h, w), x.dtype)
        for i, j, window in self.where(x.shape):
            out[:, :, i, j] = self.reduce(x[window])
        if training:
            self.kept = x, out.shape
        return out

    def backward(self, dout):
        if self.kept is None:
            raise RuntimeError("forward(training=True) comes first")
        x, shape = self.kept
        dout = np.asarray(dout)
        if dout.shape != shape:
            raise ValueError(f"{dout.shape} is not {shape}")
        dx = np.zeros(x.shape, dout.dtype)
        for i, j, window in self.where(x.shape):
            dx[window] += dout[:, :, i : i + 1, j : j + 1] * self.parts(x[window])
        return dx

    def zero_grad(self):
        pass


class MaxPool2D(_Pool):
    def reduce(self, window):
        return window.max(axis=(2, 3))

    def parts(self, window):
        mask = window == window.max(axis=(2, 3), keepdims=True)
        return (mask / mask.sum(axis=(2, 3), keepdims=True)).astype(window.dtype)


class AvgPool2D(_Pool):
    def reduce(self, window):
        return window.mean(axis=(2, 3))

    def parts(self, window):
        return np.full_like(window, 1 / self.k**2)


class Flatten:
    params, grads = {}, {}

    def forward(self, x, training=False):
        x = np.asarray(x)
        if training:
            self.shape = x.shape
        return x.reshape(x.shape[0], int(np.prod(x.shape[1:])), order="C")

    def backward(self, dout):
        if not hasattr(self, "shape"):
            raise RuntimeError("no shape is known")
        dout = np.array(dout)
        if dout.shape != (self.shape[0], int(np.prod(self.shape[1:]))):
            raise ValueError(f"{dout.shape} does not belong to {self.shape}")
        return dout.reshape(self.shape)

    def zero_grad(self):
        return None
