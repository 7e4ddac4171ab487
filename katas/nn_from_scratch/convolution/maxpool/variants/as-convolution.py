"""Means are a convolution, and their gradient a product of matrices; a running maximum."""

import numpy as np

from .forward import conv2d, output_size


class _Layer:
    def __init__(self, size=1, stride=None):
        self.size = size
        self.stride = stride if stride is not None else size
        self.params = {}
        self.grads = {}
        self.x = None

    def zero_grad(self):
        for gradient in self.grads.values():
            gradient[...] = 0

    def last(self, dout, shape_of):
        if self.x is None:
            raise RuntimeError("call forward with training=True first")
        dout = np.asarray(dout)
        if dout.shape != shape_of(self.x):
            raise ValueError("the gradient has the wrong shape")
        return dout


class AvgPool2D(_Layer):
    # A mean is a convolution with one filter of equal weights, for each channel as an image.
    def as_images(self, x):
        return x.reshape(x.shape[0] * x.shape[1], 1, *x.shape[2:])

    def filters(self, kind):
        return np.full((1, 1, self.size, self.size), 1 / self.size**2, kind)

    def forward(self, x, training=False):
        x = np.asarray(x)
        x = x if x.dtype.kind == "f" else x.astype(float)
        if x.ndim != 4:
            raise ValueError("images have four axes")
        w = self.filters(x.dtype)
        out = conv2d(self.as_images(x), w, np.zeros(1, x.dtype), self.stride)
        if training:
            self.x = x
        return out.reshape(*x.shape[:2], *out.shape[2:])

    def backward(self, dout):
        k, s = self.size, self.stride
        dout = self.last(
            dout, lambda x: (*x.shape[:2], *(output_size(n, k, s) for n in x.shape[2:]))
        )
        # How much of each output a row or a column of pixels gets.
        down, along = (
            np.array([[s * i <= p < s * i + k for i in range(count)] for p in range(n)]) / k
            for n, count in zip(self.x.shape[2:], dout.shape[2:], strict=True)
        )
        return (down @ dout @ along.T).astype(dout.dtype)


class MaxPool2D(_Layer):
    def best(self, x):
        """Return a running maximum and the rows and columns of the winners."""
        rows, columns = (output_size(n, self.size, self.stride) for n in x.shape[2:])
        top = self.stride * np.arange(rows)[:, None]
        left = self.stride * np.arange(columns)[None, :]
        best = np.full((*x.shape[:2], rows, columns), -np.inf, x.dtype)
        down, along = (np.zeros(best.shape, int) for _ in range(2))
        for i in range(self.size):
            for j in range(self.size):
                pixel = x[:, :, top + i, left + j]
                wins = pixel > best
                best = np.where(wins, pixel, best)
                down = np.where(wins, top + i, down)
                along = np.where(wins, left + j, along)
        return best, down, along

    def forward(self, x, training=False):
        x = np.asarray(x)
        x = x.copy() if x.dtype.kind == "f" else x.astype(float)
        if x.ndim != 4:
            raise ValueError("images have four axes")
        if training:
            self.x = x
        return self.best(x)[0]

    def backward(self, dout):
        dout = self.last(dout, lambda x: self.best(x)[0].shape)
        _, down, along = self.best(self.x)
        dx = np.zeros(self.x.shape, dout.dtype)
        for n, c, i, j in np.ndindex(dout.shape):
            dx[n, c, down[n, c, i, j], along[n, c, i, j]] += dout[n, c, i, j]
        return dx


class Flatten(_Layer):
    def rows(self, x):
        return len(x), int(np.prod(x.shape[1:]))

    def forward(self, x, training=False):
        x = np.asarray(x)
        if training:
            self.x = x
        return x.reshape(self.rows(x))

    def backward(self, dout):
        return self.last(dout, self.rows).reshape(self.x.shape)
