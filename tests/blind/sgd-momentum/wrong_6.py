"""Wrong: as the usual tutorials: no tests at all, zip, and weight decay beside the velocity."""

import numpy as np


class SGD:
    def __init__(self, lr, momentum=0.0, weight_decay=0.0, nesterov=False):
        if lr < 0:
            raise ValueError("lr is negative")
        if momentum < 0 or momentum >= 1:
            raise ValueError("momentum must be in [0, 1)")
        if weight_decay < 0:
            raise ValueError("weight_decay is negative")
        self.lr = lr
        self.momentum = momentum
        self.weight_decay = weight_decay
        self.nesterov = nesterov
        self.v = None

    def step(self, params, grads):
        if self.v is None:
            self.v = [np.zeros_like(p) for p in params]
        for p, g, v in zip(params, grads, self.v):
            v *= self.momentum
            v += g
            p -= self.lr * (g + self.momentum * v if self.nesterov else v) + self.lr * self.weight_decay * p


def clip_grad_norm(grads, max_norm):
    if max_norm <= 0:
        raise ValueError("max_norm must be positive")
    biggest = 0.0
    for g in grads:
        if g.size:
            biggest = max(biggest, float(np.max(np.abs(g))))
    if biggest == 0:
        return 0.0
    s = 0.0
    for g in grads:
        s += float(((np.asarray(g, dtype=np.float64) / biggest) ** 2).sum())
    norm = biggest * s**0.5
    if norm > max_norm:
        scale = max_norm / norm
        for g in grads:
            g[...] = g * scale
    return norm
