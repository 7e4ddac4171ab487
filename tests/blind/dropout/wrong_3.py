"""Wrong: draws once more in backward."""

import numpy as np


class Dropout:
    def __init__(self, rate, rng):
        if rate >= 1 or not rate >= 0:
            raise ValueError("0 <= rate < 1")
        self.rate, self.rng = rate, rng
        self.params, self.grads = {}, {}
        self.factor = None

    def forward(self, x, training=False):
        x = np.asarray(x)
        kind = x.dtype if x.dtype.kind == "f" else np.dtype(float)
        x = x.astype(kind)
        if training is False:
            return x
        p = self.rate
        factor = self.rng.choice([0.0, 1 / (1 - p)], size=x.shape, p=[p, 1 - p])
        self.factor = factor.astype(kind)
        return np.multiply(x, self.factor)

    def backward(self, dout):
        if self.factor is None:
            raise RuntimeError("forward for training is missing")
        if np.shape(dout) != self.factor.shape:
            raise ValueError(f"{np.shape(dout)} != {self.factor.shape}")
        p = self.rate
        factor = self.rng.choice([0.0, 1 / (1 - p)], size=np.shape(dout), p=[p, 1 - p])
        return np.multiply(dout, factor)

    def zero_grad(self):
        self.grads.clear()
