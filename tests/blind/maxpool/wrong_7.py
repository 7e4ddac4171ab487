"""The windows come from im2col of the kata before, one channel as one image."""

import numpy as np

from .forward import im2col, output_size


class MaxPool2D:
    def __init__(self, size, stride=None):
        self.params, self.grads = {}, {}
        self.size, self.stride = size, stride or size
        self.x = None

    def rows(self, x):
        n, c, h, w = x.shape
        flat = im2col(x.reshape(n * c, 1, h, w), self.size, self.size, self.stride)
        shape = n, c, output_size(h, self.size, self.stride), output_size(w, self.size, self.stride)
        return flat, shape

    def forward(self, x, training=False):
        x = np.asarray(x)
        rows, shape = self.rows(x)
        self.x = x.copy()
        return rows.max(axis=1).reshape(shape)

    def backward(self, dout):
        if self.x is None:
            raise RuntimeError("backward before forward")
        rows, shape = self.rows(self.x)
        dout = np.asarray(dout, dtype=np.result_type(dout, np.float32))
        if dout.shape != shape:
            raise ValueError(f"expected {shape}")
        d_rows = self.shares(rows) * dout.reshape(len(rows), 1)
        return self.scatter(d_rows.astype(dout.dtype))

    def shares(self, rows):
        best = rows == rows.max(axis=1, keepdims=True)
        return best / best.sum(axis=1, keepdims=True)

    def scatter(self, d_rows):
        n, c, h, w = self.x.shape
        where, _ = self.rows(np.arange(n * c * h * w).reshape(n, c, h, w))
        dx = np.zeros(n * c * h * w, d_rows.dtype)
        np.add.at(dx, where.astype(int), d_rows)
        return dx.reshape(self.x.shape)

    def zero_grad(self):
        self.grads.clear()


class AvgPool2D(MaxPool2D):
    def forward(self, x, training=False):
        x = np.asarray(x)
        rows, shape = self.rows(x)
        self.x = x.copy()
        return rows.mean(axis=1).reshape(shape)

    def shares(self, rows):
        return np.full(rows.shape, 1.0 / (self.size * self.size))


class Flatten:
    def __init__(self):
        self.params, self.grads, self.s = {}, {}, None

    def forward(self, x, training=False):
        x = np.asarray(x)
        if training:
            self.s = x.shape
        return x.reshape(len(x), -1) if len(x) else np.empty((0, int(np.prod(x.shape[1:]))), x.dtype)

    def backward(self, dout):
        if self.s is None:
            raise RuntimeError("backward before forward")
        dout = np.asarray(dout)
        if dout.ndim != 2 or len(dout) != self.s[0] or dout.shape[1] != np.prod(self.s[1:]):
            raise ValueError(f"{dout.shape} for {self.s}")
        return dout.reshape(self.s)

    def zero_grad(self):
        pass
