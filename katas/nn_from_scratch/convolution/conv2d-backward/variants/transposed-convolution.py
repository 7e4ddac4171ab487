"""dx is a convolution of the spread-out upstream gradient with the turned filters."""

import numpy as np

from .forward import conv2d, im2col


def conv2d_backward(dout, x, w, stride=1, pad=0):
    dout, x, w = np.asarray(dout), np.asarray(x), np.asarray(w)
    kind = np.result_type(dout, x, w)
    if kind.kind != "f":
        kind = np.dtype(float)
    filters, channels, kh, kw = w.shape
    expected = conv2d(x, w, np.zeros(filters), stride, pad).shape
    if dout.shape != expected:
        raise ValueError(f"dout: {dout.shape}, not {expected}")
    n, _, height, width = x.shape
    # Spread dout out, so that its numbers are where the windows begin, and keep room at each side.
    rows, columns = height + 2 * pad + kh - 1, width + 2 * pad + kw - 1
    spread = np.zeros((n, filters, rows, columns), kind)
    spread[:, :, kh - 1 : kh - 1 + stride * expected[2] : stride,
           kw - 1 : kw - 1 + stride * expected[3] : stride] = dout  # fmt: skip
    turned = w[:, :, ::-1, ::-1].transpose(1, 0, 2, 3).astype(kind)
    d_padded = conv2d(spread, turned, np.zeros(channels, kind))
    dx = d_padded[:, :, pad : pad + height, pad : pad + width]
    per_filter = dout.transpose(1, 0, 2, 3).reshape(filters, n * expected[2] * expected[3])
    dw = (per_filter @ im2col(x, kh, kw, stride, pad)).reshape(w.shape)
    return dx, dw.astype(kind), dout.sum(axis=(0, 2, 3)).astype(kind)


class Conv2D:
    def __init__(self, channels, filters, kernel, rng, stride=1, pad=0):
        self.stride, self.pad = stride, pad
        deviation = np.sqrt(2 / (channels * kernel[0] * kernel[1]))
        self.w = rng.normal(0.0, deviation, (filters, channels, *kernel))
        self.b = np.zeros(filters)
        self.dw, self.db = np.zeros_like(self.w), np.zeros_like(self.b)
        self.params = {"b": self.b, "w": self.w}
        self.grads = {"b": self.db, "w": self.dw}

    def forward(self, x, training=False):
        x = np.asarray(x)
        out = conv2d(x, self.w, self.b, self.stride, self.pad)
        if training:
            self.seen = x
        return out

    def backward(self, dout):
        if not hasattr(self, "seen"):
            raise RuntimeError("there is nothing to go back through")
        dx, dw, db = conv2d_backward(dout, self.seen, self.w, self.stride, self.pad)
        self.dw += dw
        self.db += db
        return dx

    def zero_grad(self):
        self.dw *= 0
        self.db *= 0
