"""Right: one mask of zeros and 1/(1-rate)."""

import numpy as np


class Dropout:
    def __init__(self, rate, rng):
        if not 0.0 <= rate < 1.0:
            raise ValueError("rate must be in [0, 1)")
        self.rate = rate
        self.rng = rng
        self.mask = None
        self.params = {}
        self.grads = {}

    def forward(self, x, training=False):
        x = np.asarray(x)
        if not np.issubdtype(x.dtype, np.floating):
            x = x.astype(np.float64)
        if not training:
            return np.copy(x)
        keep = 1.0 - self.rate
        self.mask = ((self.rng.random(x.shape) < keep) / keep).astype(x.dtype)
        return x * self.mask

    def backward(self, dout):
        if self.mask is None:
            raise RuntimeError("forward(x, training=True) must come first")
        dout = np.asarray(dout)
        if dout.shape != self.mask.shape:
            raise ValueError("dout has the wrong shape")
        return dout * self.mask

    def zero_grad(self):
        pass
