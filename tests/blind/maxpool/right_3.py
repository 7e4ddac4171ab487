"""One function for both poolings; the weights of the pixels are kept, (k, k, N, C, H', W')."""

import numpy as np


def slices(shape, k, s):
    if len(shape) != 4 or shape[2] < k or shape[3] < k:
        raise ValueError(f"images of {shape} and windows of {k}")
    h, w = (shape[2] - k) // s, (shape[3] - k) // s
    return {
        (i, j): np.s_[:, :, i : i + h * s + 1 : s, j : j + w * s + 1 : s]
        for i in range(k)
        for j in range(k)
    }


class AvgPool2D:
    def __init__(self, size, stride=None):
        self.params = {}
        self.grads = {}
        self.k = size
        self.s = size if stride is None else stride
        self._weights = None

    def forward(self, x, training=False):
        x = np.asarray(x)
        if x.dtype.kind != "f":
            x = x * 1.0
        pixels = {key: x[place] for key, place in slices(x.shape, self.k, self.s).items()}
        out, weights = self._reduce(pixels)
        if training:
            self._weights = weights, x.shape, out.shape
        return out

    def _reduce(self, pixels):
        out = sum(pixels.values()) / self.k**2
        return out, {key: 1 / self.k**2 for key in pixels}

    def backward(self, dout):
        if self._weights is None:
            raise RuntimeError
        weights, shape, out_shape = self._weights
        dout = np.asarray(dout)
        if dout.shape != out_shape:
            raise ValueError
        dx = np.zeros(shape, dtype=dout.dtype)
        for key, place in slices(shape, self.k, self.s).items():
            dx[place] = dx[place] + dout * weights[key]
        return dx

    def zero_grad(self):
        return


class MaxPool2D(AvgPool2D):
    def _reduce(self, pixels):
        keys = list(pixels)
        out = pixels[keys[0]].copy()
        for key in keys[1:]:
            out = np.where(pixels[key] >= out, pixels[key], out)
        left = np.ones(out.shape, dtype=bool)
        weights = {}
        for key in keys:
            weights[key] = left & (pixels[key] == out)
            left &= ~weights[key]
        return out, weights


class Flatten:
    def __init__(self):
        self.params = {}
        self.grads = {}

    def forward(self, x, training=False):
        x = np.asarray(x)
        if training:
            self.before = x.shape
            self.after = (x.shape[0], x[0].size if len(x) else int(np.prod(x.shape[1:])))
        return np.reshape(x, (x.shape[0], int(np.prod(x.shape[1:]))))

    def backward(self, dout):
        try:
            before, after = self.before, self.after
        except AttributeError:
            raise RuntimeError("no forward for training") from None
        dout = np.asarray(dout)
        if dout.shape != after:
            raise ValueError(dout.shape)
        return np.reshape(dout, before)

    def zero_grad(self):
        return
