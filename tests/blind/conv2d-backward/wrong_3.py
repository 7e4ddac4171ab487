"""Wrong: the padding stays in dx."""

import numpy as np

from ..init.schemes import he_normal
from .forward import conv2d, output_size


def _f(a):
    a = np.asarray(a)
    return a if a.dtype.kind == "f" else a.astype(float)


def conv2d_backward(dout, x, w, stride=1, pad=0):
    dout, x, w = _f(dout), _f(x), _f(w)
    if not (dout.ndim == x.ndim == w.ndim == 4):
        raise ValueError("four axes everywhere")
    if x.shape[1] != w.shape[1]:
        raise ValueError("channels")
    n, c, h, wid = x.shape
    f, _, kh, kw = w.shape
    oh, ow = output_size(h, kh, stride, pad), output_size(wid, kw, stride, pad)
    if dout.shape != (n, f, oh, ow):
        raise ValueError("dout")
    xp = np.pad(x, ((0,), (0,), (pad,), (pad,)))
    dxp = np.zeros_like(xp)
    dw = np.zeros_like(w)
    for r in range(oh):
        for s in range(ow):
            a, b = r * stride, s * stride
            g = dout[:, :, r, s]
            dxp[:, :, a:a + kh, b:b + kw] += np.tensordot(g, w, axes=1)
            dw += np.tensordot(g.T, xp[:, :, a:a + kh, b:b + kw], axes=1)
    return dxp, dw, np.einsum("nfij->f", dout)


class Conv2D:
    def __init__(self, channels, filters, kernel, rng, stride=1, pad=0):
        self.args = (stride, pad)
        fan_in = channels * kernel[0] * kernel[1]
        self.params = {
            "w": he_normal(fan_in, filters, rng).reshape((filters, channels) + tuple(kernel)),
            "b": np.zeros(filters),
        }
        self.grads = {}
        for k in self.params:
            self.grads[k] = np.zeros(self.params[k].shape)
        self.x = None

    def forward(self, x, training=False):
        y = conv2d(x, self.params["w"], self.params["b"], *self.args)
        if training:
            self.x = x
        return y

    def backward(self, dout):
        if self.x is None:
            raise RuntimeError("no training forward yet")
        grads = conv2d_backward(dout, self.x, self.params["w"], *self.args)
        self.grads["w"] = self.grads["w"] + grads[1]
        self.grads["b"] = self.grads["b"] + grads[2]
        return grads[0]

    def zero_grad(self):
        for g in self.grads.values():
            g[:] = 0
