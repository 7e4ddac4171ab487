"""Right: new values are computed first and written with copyto; exact denominators by sqrt(1 - b2^t)."""

import math

import numpy as np


class Adam:
    def __init__(self, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0, decoupled=True):
        checks = [lr >= 0, eps > 0, weight_decay >= 0] + [0 <= b < 1 for b in betas]
        if not all(checks):
            raise ValueError("Adam: argument out of range")
        self.conf = lr, tuple(betas), eps, weight_decay, decoupled
        self.memory = {}
        self.count = 0

    def step(self, params, grads):
        shapes = [p.shape for p in params], [np.shape(g) for g in grads]
        if shapes[0] != shapes[1]:
            raise ValueError(f"shapes {shapes[0]} and {shapes[1]} differ")
        lr, (b1, b2), eps, wd, decoupled = self.conf
        self.count += 1
        c1 = 1.0 - math.pow(b1, self.count)
        c2 = math.sqrt(1.0 - math.pow(b2, self.count))
        for key, (p, g) in enumerate(zip(params, grads)):
            m, v = self.memory.setdefault(key, (np.zeros_like(p), np.zeros_like(p)))
            d = np.array(g)
            if wd and not decoupled:
                d = d + wd * p
            m[...] = b1 * m + (1 - b1) * d
            v[...] = b2 * v + (1 - b2) * np.multiply(d, d)
            denominator = np.sqrt(v) / c2 + eps
            shrink = 1.0 - lr * wd if decoupled else 1.0
            np.copyto(p, shrink * p - (lr / c1) * m / denominator, casting="same_kind")
