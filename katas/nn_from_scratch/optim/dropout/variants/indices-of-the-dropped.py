"""The flat indices of the dropped entries are stored, and outputs are multiplied before."""

import numpy as np


def as_floats(x):
    x = np.asarray(x)
    return x.copy() if np.issubdtype(x.dtype, np.floating) else x.astype(np.float64)


class Dropout:
    def __init__(self, rate, rng):
        if not rate >= 0:
            raise ValueError("rate is negative")
        if not rate < 1:
            raise ValueError("rate is too large")
        self.rate, self.rng, self.memory = rate, rng, None
        self.params, self.grads = {}, {}

    def forward(self, x, training=False):
        x = as_floats(x)
        if training:
            dropped = np.flatnonzero(self.rng.random(x.size) < self.rate)
            self.memory = x.shape, dropped
            return self._drop(x, dropped)
        return x

    def backward(self, dout):
        if self.memory is None:
            raise RuntimeError("no forward pass for training")
        shape, dropped = self.memory
        if np.shape(dout) != shape:
            raise ValueError(f"{np.shape(dout)} is not {shape}")
        return self._drop(as_floats(dout), dropped)

    def _drop(self, x, dropped):
        out = np.ascontiguousarray(x) / x.dtype.type(1 - self.rate)
        out.reshape(-1)[dropped] = 0
        return out

    def zero_grad(self):
        """There is nothing to forget."""
