"""Right: copies, then writes zeros at the dropped places."""

import numpy as np


def _to_float(a):
    a = np.array(a)
    if a.dtype not in (np.float32, np.float64):
        a = a.astype(np.float64)
    return a


class Dropout:
    def __init__(self, rate, rng):
        if np.isnan(rate) or rate < 0 or rate >= 1:
            raise ValueError(rate)
        self.params = {}
        self.grads = {}
        self._p = float(rate)
        self._rng = rng

    def forward(self, x, training=False):
        out = _to_float(x)
        if training:
            self._dropped = self._rng.uniform(0.0, 1.0, out.shape) < self._p
            out /= 1.0 - self._p
            out[self._dropped] = 0.0
        return out

    def backward(self, dout):
        try:
            dropped = self._dropped
        except AttributeError:
            raise RuntimeError("no training forward yet") from None
        grad = _to_float(dout)
        if grad.shape != dropped.shape:
            raise ValueError("shape mismatch")
        grad /= 1.0 - self._p
        grad[dropped] = 0.0
        return grad

    def zero_grad(self):
        return None
