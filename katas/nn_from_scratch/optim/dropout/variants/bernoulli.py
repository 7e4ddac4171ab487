"""The numbers of a binomial distribution are the factors, and where selects."""

import numpy as np


class Dropout:
    def __init__(self, rate, rng):
        if not (rate >= 0 and rate < 1):
            raise ValueError(f"a rate of {rate} is not possible")
        self.keep, self.rng = 1.0 - rate, rng
        self.params, self.grads = {}, {}
        self.kept = None

    def forward(self, x, training=False):
        x = np.array(x)
        if x.dtype.kind != "f":
            x = x.astype(float)
        if training:
            self.kept = self.rng.binomial(1, self.keep, size=x.shape) == 1
            return np.where(self.kept, x / x.dtype.type(self.keep), x.dtype.type(0))
        return x

    def backward(self, dout):
        if self.kept is None:
            raise RuntimeError("nothing to go back through")
        dout = np.asarray(dout)
        if dout.shape != self.kept.shape:
            raise ValueError(f"got {dout.shape}, not {self.kept.shape}")
        dx = np.zeros(dout.shape, dout.dtype if dout.dtype.kind == "f" else float)
        dx[self.kept] = dout[self.kept] / self.keep
        return dx

    def zero_grad(self):
        pass
