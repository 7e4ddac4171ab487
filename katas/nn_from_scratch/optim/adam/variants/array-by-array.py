"""Each array is moved by itself, with the formulas of the lesson."""

import numpy as np


class Adam:
    def __init__(self, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0, decoupled=True):
        if not lr >= 0:
            raise ValueError("lr must not be below 0")
        if not all(0 <= beta < 1 for beta in betas):
            raise ValueError("betas must be from 0 to below 1")
        if not eps > 0:
            raise ValueError("eps must be above 0")
        if not weight_decay >= 0:
            raise ValueError("weight_decay must not be below 0")
        self._lr = lr
        self._betas = betas
        self._eps = eps
        self._weight_decay = weight_decay
        self._decoupled = decoupled
        self._steps = 0
        self._means = []
        self._squares = []

    def step(self, params, grads):
        if [p.shape for p in params] != [g.shape for g in grads]:
            raise ValueError("each array needs a gradient of its own shape")
        if not self._means:
            self._means = [np.zeros_like(p) for p in params]
            self._squares = [np.zeros_like(p) for p in params]
        self._steps += 1
        beta1, beta2 = self._betas
        for p, g, m, v in zip(params, grads, self._means, self._squares, strict=True):
            d = g if self._decoupled else g + self._weight_decay * p
            m *= beta1
            m += (1 - beta1) * d
            v *= beta2
            v += (1 - beta2) * d * d
            mean = m / (1 - beta1**self._steps)
            root = np.sqrt(v / (1 - beta2**self._steps))
            if self._decoupled:
                p *= 1 - self._lr * self._weight_decay
            p -= self._lr * mean / (root + self._eps)
