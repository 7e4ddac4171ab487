"""Loops over images, places and filters: an entry of dout reaches one filter and window."""

import math

import numpy as np

from ..init.schemes import he_normal
from .forward import conv2d, output_size


def _float(a):
    a = np.array(a)
    return a if a.dtype in (np.float32, np.float64) else a.astype(np.float64)


def conv2d_backward(dout, x, w, stride=1, pad=0):
    dout, x, w = _float(dout), _float(x), _float(w)
    for name, array in (("x", x), ("w", w), ("dout", dout)):
        if array.ndim != 4:
            raise ValueError(f"{name} needs four axes")
    (n, c, h, width), (f, c2, kh, kw) = x.shape, w.shape
    size = (n, f, output_size(h, kh, stride, pad), output_size(width, kw, stride, pad))
    if c != c2 or dout.shape != size:
        raise ValueError("the shapes do not match")
    wide = np.zeros((n, c, h + 2 * pad, width + 2 * pad), x.dtype)
    wide[:, :, pad : pad + h, pad : pad + width] = x
    d_wide, dw, db = np.zeros_like(wide), np.zeros_like(w), np.zeros(f, w.dtype)
    for image in range(n):
        for i in range(size[2]):
            for j in range(size[3]):
                place = (image, slice(None), slice(i * stride, i * stride + kh))
                place = (*place, slice(j * stride, j * stride + kw))
                for k in range(f):
                    g = dout[image, k, i, j]
                    d_wide[place] += g * w[k]
                    dw[k] += g * wide[place]
                    db[k] += g
    dx = np.empty_like(x)
    dx[...] = d_wide[:, :, pad : pad + h, pad : pad + width]
    return dx, dw, db


class Conv2D:
    def __init__(self, channels, filters, kernel, rng, stride=1, pad=0):
        self.params = {
            "w": he_normal(channels * math.prod(kernel), filters, rng).T.reshape(
                filters, channels, *kernel
            ),
            "b": np.zeros(filters),
        }
        self.grads = {k: np.zeros(v.shape) for k, v in self.params.items()}
        self.settings = {"stride": stride, "pad": pad}
        self.cache = None

    def forward(self, x, training=False):
        out = conv2d(x, **self.params, **self.settings)
        if training:
            self.cache = np.array(x), out.shape
        return out

    def backward(self, dout):
        if self.cache is None:
            raise RuntimeError("no forward pass for training")
        x, shape = self.cache
        if np.shape(dout) != shape:
            raise ValueError("dout does not have the shape of the output")
        dx, dw, db = conv2d_backward(dout, x, self.params["w"], **self.settings)
        self.grads["w"][:] += dw
        self.grads["b"][:] += db
        return dx

    def zero_grad(self):
        for name in self.grads:
            self.grads[name][:] = 0
