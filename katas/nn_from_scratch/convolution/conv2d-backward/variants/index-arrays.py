"""np.add.at adds up at index arrays, one number per pixel of every window."""

import numpy as np

from ..init.schemes import he_normal
from .forward import conv2d


def conv2d_backward(dout, x, w, stride=1, pad=0):
    dout, x, w = (
        a if a.dtype.kind == "f" else a.astype(float) for a in map(np.asarray, (dout, x, w))
    )
    if x.ndim != 4 or w.ndim != 4 or x.shape[1] != w.shape[1]:
        raise ValueError("x and w do not match")
    if dout.shape != conv2d(x, w, np.zeros(len(w)), stride, pad).shape:
        raise ValueError("dout does not match")
    kh, kw = w.shape[2:]
    padded = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
    row = stride * np.arange(dout.shape[2])[:, None, None, None] + np.arange(kh)[:, None]
    column = stride * np.arange(dout.shape[3])[:, None, None] + np.arange(kw)
    windows = padded[:, :, row, column]  # (N, C, H', W', kh, kw)
    dw = np.einsum("nfij,ncijpq->fcpq", dout, windows)
    d_padded = np.zeros_like(padded)
    parts = np.einsum("nfij,fcpq->ncijpq", dout, w)
    np.add.at(d_padded, (slice(None), slice(None), row, column), parts)
    end_row, end_column = d_padded.shape[2] - pad, d_padded.shape[3] - pad
    return d_padded[:, :, pad:end_row, pad:end_column].copy(), dw, dout.sum(axis=(0, 2, 3))


class Conv2D:
    def __init__(self, channels, filters, kernel, rng, stride=1, pad=0):
        kh, kw = kernel
        w = he_normal(channels * kh * kw, filters, rng).reshape(filters, channels, kh, kw)
        self.params = {"w": w, "b": np.zeros(filters)}
        self.grads = {"w": np.zeros(w.shape), "b": np.zeros(filters)}
        self.options = stride, pad
        self.x = None

    def forward(self, x, training=False):
        out = conv2d(x, self.params["w"], self.params["b"], *self.options)
        if training:
            self.x = np.array(x)
        return out

    def backward(self, dout):
        if self.x is None:
            raise RuntimeError("forward first")
        dx, dw, db = conv2d_backward(dout, self.x, self.params["w"], *self.options)
        self.grads = {"w": self.grads["w"] + dw, "b": self.grads["b"] + db}
        return dx

    def zero_grad(self):
        for gradient in self.grads.values():
            gradient.fill(0)
