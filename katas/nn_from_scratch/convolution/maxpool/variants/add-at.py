"""Sliding windows, flat places of the last winner, and np.add.at."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def _windows(x, size, stride):
    x = np.asarray(x)
    if x.dtype.kind != "f":
        x = x.astype(np.float64)
    _n, _c, _h, _w = x.shape
    seen = sliding_window_view(x, (size, size), axis=(2, 3))[:, :, ::stride, ::stride]
    return x, seen.reshape(*seen.shape[:4], size * size)


def _pixel_numbers(shape, size, stride):
    numbers = np.arange(int(np.prod(shape[2:]))).reshape(1, 1, *shape[2:])
    return _windows(numbers, size, stride)[1].astype(int)


class MaxPool2D:
    def __init__(self, size, stride=None):
        self.size, self.stride = size, size if stride is None else stride
        self.params, self.grads = {}, {}
        self.memory = []

    def forward(self, x, training=False):
        x, windows = _windows(x, self.size, self.stride)
        # Of equal pixels, the last one wins.
        last = self.size**2 - 1 - windows[..., ::-1].argmax(axis=-1)
        if training:
            self.memory = [x.shape, last]
        return np.take_along_axis(windows, last[..., None], axis=-1)[..., 0]

    def backward(self, dout):
        if not self.memory:
            raise RuntimeError("nothing to go back to")
        shape, last = self.memory
        dout = np.asarray(dout)
        if dout.shape != last.shape:
            raise ValueError("dout does not have the shape of the maxima")
        numbers = np.broadcast_to(
            _pixel_numbers(shape, self.size, self.stride), (*last.shape, self.size**2)
        )
        places = np.take_along_axis(numbers, last[..., None], axis=-1)[..., 0]
        dx = np.zeros((*shape[:2], shape[2] * shape[3]), dout.dtype)
        n, c = np.ogrid[: shape[0], : shape[1]]
        np.add.at(dx, (n[..., None, None], c[..., None, None], places), dout)
        return dx.reshape(shape)

    def zero_grad(self):
        pass


class AvgPool2D:
    def __init__(self, size, stride=None):
        self.size, self.stride = size, size if stride is None else stride
        self.params, self.grads = {}, {}
        self.shape = self.out = None

    def forward(self, x, training=False):
        x, windows = _windows(x, self.size, self.stride)
        out = windows.sum(axis=-1) / x.dtype.type(self.size**2)
        if training:
            self.shape, self.out = x.shape, out.shape
        return out

    def backward(self, dout):
        if self.shape is None:
            raise RuntimeError("nothing to go back to")
        dout = np.asarray(dout)
        if dout.shape != self.out:
            raise ValueError("dout does not have the shape of the means")
        dx = np.zeros((*self.shape[:2], self.shape[2] * self.shape[3]), dout.dtype)
        for number in range(self.size**2):
            places = _pixel_numbers(self.shape, self.size, self.stride)[0, 0, :, :, number]
            dx[:, :, places.ravel()] += dout.reshape(*dout.shape[:2], places.size) / self.size**2
        return dx.reshape(self.shape)

    def zero_grad(self):
        pass


class Flatten:
    def __init__(self):
        self.params, self.grads = {}, {}
        self.shape = None

    def forward(self, x, training=False):
        x = np.asarray(x)
        self.shape = x.shape if training else self.shape
        return x.reshape(x.shape[0], int(np.prod(x.shape[1:]))).copy()

    def backward(self, dout):
        if self.shape is None:
            raise RuntimeError("nothing to go back to")
        dout = np.asarray(dout)
        if dout.ndim != 2 or dout.shape != (self.shape[0], int(np.prod(self.shape[1:]))):
            raise ValueError("dout does not have the shape of the rows")
        return dout.reshape(self.shape).copy()

    def zero_grad(self):
        pass
