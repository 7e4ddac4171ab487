"""Right: the matrix of the whole gather, transposed: numbered pixels are gathered by im2col."""

import numpy as np

from ..init.schemes import he_normal
from .forward import conv2d, im2col


def conv2d_backward(dout, x, w, stride=1, pad=0):
    x, w, dout = np.asarray(x), np.asarray(w), np.asarray(dout)
    out = conv2d(x, w, np.zeros(w.shape[0]), stride, pad)
    if out.shape != dout.shape:
        raise ValueError(f"expected a gradient of shape {out.shape}")
    kind = np.result_type(dout, x, w)
    kind = kind if kind.kind == "f" else np.dtype(np.float64)
    n, c, h, width = x.shape
    f, _, kh, kw = w.shape
    cols = im2col(x, kh, kw, stride, pad)
    g = np.moveaxis(dout, 1, -1).reshape(len(cols), f)
    dw = (cols.T @ g).T.reshape(w.shape).astype(kind)
    back = g @ w.reshape(f, c * kh * kw)
    # Number the pixels from 1 on; 0 is the padding.
    number = np.arange(1, x.size + 1, dtype=float).reshape(x.shape)
    where = im2col(number, kh, kw, stride, pad).astype(int)
    flat = np.bincount(where.ravel(), weights=back.ravel().astype(float), minlength=x.size + 1)
    return flat[1:].reshape(x.shape).astype(kind), dw, g.sum(0).astype(kind)


class Conv2D:
    def __init__(self, channels, filters, kernel, rng, stride=1, pad=0):
        kh, kw = kernel
        self.stride, self.pad, self.cache = stride, pad, []
        w = rng.standard_normal((filters, channels, kh, kw)) * np.sqrt(2.0 / (channels * kh * kw))
        self.params = dict(w=w, b=np.zeros(filters))
        self.grads = dict(w=np.zeros_like(w), b=np.zeros(filters))

    def forward(self, x, training=False):
        out = conv2d(x, self.params["w"], self.params["b"], stride=self.stride, pad=self.pad)
        if training:
            self.cache = [np.array(x)]
        return out

    def backward(self, dout):
        if not self.cache:
            raise RuntimeError("backward before forward")
        dx, dw, db = conv2d_backward(dout, self.cache[0], self.params["w"], self.stride, self.pad)
        for name, value in (("w", dw), ("b", db)):
            np.add(self.grads[name], value, out=self.grads[name])
        return dx

    def zero_grad(self):
        for name in self.grads:
            self.grads[name] -= self.grads[name]
