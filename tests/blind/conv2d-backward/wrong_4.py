"""Wrong: dout is reshaped without a transpose."""

import numpy as np

from ..init.schemes import he_normal
from .forward import conv2d, conv_fans, im2col, output_size


def conv2d_backward(dout, x, w, stride=1, pad=0):
    dout, x, w = np.asarray(dout), np.asarray(x), np.asarray(w)
    dtype = np.result_type(dout, x, w)
    if not np.issubdtype(dtype, np.floating):
        dtype = np.float64
    dout, x, w = dout.astype(dtype), x.astype(dtype), w.astype(dtype)
    if x.ndim != 4 or w.ndim != 4:
        raise ValueError("x and w must have four axes")
    N, C, H, W = x.shape
    F, Cw, kh, kw = w.shape
    if C != Cw:
        raise ValueError("x and w must have the same number of channels")
    Ho = output_size(H, kh, stride, pad)
    Wo = output_size(W, kw, stride, pad)
    if dout.shape != (N, F, Ho, Wo):
        raise ValueError("dout must have the shape of the output")
    db = dout.sum(axis=(0, 2, 3))
    rows = dout.reshape(N * Ho * Wo, F)
    cols = im2col(x, kh, kw, stride, pad)
    dw = np.dot(rows.T, cols).reshape(F, C, kh, kw)
    dcols = np.dot(rows, w.reshape(F, C * kh * kw)).reshape(N, Ho, Wo, C, kh, kw)
    dxp = np.zeros((N, C, H + 2 * pad, W + 2 * pad), dtype=dtype)
    for i in range(kh):
        for j in range(kw):
            dxp[:, :, i:i + stride * Ho:stride, j:j + stride * Wo:stride] += np.moveaxis(
                dcols[..., i, j], 3, 1)
    dx = dxp[:, :, pad:H + pad, pad:W + pad]
    return dx, dw, db


class Conv2D:
    def __init__(self, channels, filters, kernel, rng, stride=1, pad=0):
        kh, kw = kernel
        fan_in, _ = conv_fans((filters, channels, kh, kw))
        w = he_normal(fan_in, filters, rng)
        self.params = {"w": w.T.reshape(filters, channels, kh, kw).copy(), "b": np.zeros(filters)}
        self.grads = {"w": np.zeros((filters, channels, kh, kw)), "b": np.zeros(filters)}
        self.stride = stride
        self.pad = pad
        self._x = None

    def forward(self, x, training=False):
        out = conv2d(x, self.params["w"], self.params["b"], self.stride, self.pad)
        if training:
            self._x = np.asarray(x)
        return out

    def backward(self, dout):
        if self._x is None:
            raise RuntimeError("call forward with training=True first")
        dx, dw, db = conv2d_backward(dout, self._x, self.params["w"], self.stride, self.pad)
        self.grads["w"] += dw
        self.grads["b"] += db
        return dx

    def zero_grad(self):
        self.grads["w"][...] = 0
        self.grads["b"][...] = 0
