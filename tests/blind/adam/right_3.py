"""Right: weighted sums with the sum of their weights, which needs no power of beta."""

import numpy as np


class Adam:
    def __init__(self, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0, decoupled=True):
        if not lr >= 0:
            raise ValueError("lr")
        if not eps > 0:
            raise ValueError("eps")
        if not weight_decay >= 0:
            raise ValueError("weight_decay")
        if any(b < 0 or b >= 1 for b in betas):
            raise ValueError("betas")
        self.lr, self.betas, self.eps = lr, betas, eps
        self.weight_decay, self.decoupled = weight_decay, decoupled
        self.weights = [0.0, 0.0]
        self.sums = []

    def step(self, params, grads):
        if len(params) != len(grads) or not all(
            p.shape == g.shape for p, g in zip(params, grads)
        ):
            raise ValueError("params and grads do not fit")
        while len(self.sums) < len(params):
            self.sums.append([0.0, 0.0])
        b1, b2 = self.betas
        self.weights = [b1 * self.weights[0] + 1, b2 * self.weights[1] + 1]
        for p, g, s in zip(params, grads, self.sums):
            d = g if self.decoupled else g + self.weight_decay * p
            s[0] = b1 * s[0] + d
            s[1] = b2 * s[1] + d * d
            move = s[0] / self.weights[0] / (np.sqrt(s[1] / self.weights[1]) + self.eps)
            if self.decoupled:
                p[...] = (1 - self.lr * self.weight_decay) * p - self.lr * move
            else:
                p[...] = p - self.lr * move
