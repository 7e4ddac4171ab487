"""Each entry is decided on alone, in the order of memory, and whole batches are never compared."""

import numpy as np


class Dropout:
    def __init__(self, rate, rng):
        if rate != rate or rate < 0 or rate >= 1:
            raise ValueError("0 <= rate < 1 was expected")
        self.rate = float(rate)
        self.rng = rng
        self.params = {}
        self.grads = {}

    def forward(self, x, training=False):
        x = np.asarray(x)
        out = np.array(x, dtype=x.dtype if x.dtype.kind == "f" else np.float64)
        if not training:
            return out
        self.shape = out.shape
        self.factors = []
        flat = out.reshape(-1)
        for row in range(0, flat.size, 1000):
            for u in self.rng.uniform(size=len(flat[row : row + 1000])).tolist():
                self.factors.append(0.0 if u < self.rate else 1.0 / (1.0 - self.rate))
        flat *= np.array(self.factors, dtype=out.dtype)
        return flat.reshape(self.shape)

    def backward(self, dout):
        if not hasattr(self, "shape"):
            raise RuntimeError("call forward(x, training=True) first")
        dout = np.array(dout)
        if dout.shape != self.shape:
            raise ValueError("dout has a wrong shape")
        dtype = dout.dtype if dout.dtype.kind == "f" else float
        return dout * np.array(self.factors, dtype=dtype).reshape(self.shape)

    def zero_grad(self):
        return
