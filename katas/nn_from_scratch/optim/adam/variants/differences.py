"""Means that change by a fraction of the difference, weights of the past kept as products."""

import numpy as np


class Moments:
    def __init__(self, p):
        self.p = p
        self.m, self.v = np.zeros(p.shape), np.zeros(p.shape)


class Adam:
    def __init__(self, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0, decoupled=True):
        for value in (lr, weight_decay):
            if value < 0:
                raise ValueError("must not be negative")
        for beta in betas:
            if not 0 <= beta < 1:
                raise ValueError("a beta is outside its range")
        if eps <= 0:
            raise ValueError("eps must be positive")
        self.lr, self.betas, self.eps = lr, betas, eps
        self.decay, self.decoupled = weight_decay, decoupled
        self.left = np.ones(2)
        self.moments = {}

    def step(self, params, grads):
        if len(params) != len(grads):
            raise ValueError("as many gradients as arrays are needed")
        for p, g in zip(params, grads, strict=True):
            if p.shape != g.shape:
                raise ValueError("a gradient does not have the shape of its array")
        self.left = self.left * self.betas
        scale = 1 / (1 - self.left)
        for p, g in zip(params, grads, strict=True):
            own = self.moments.setdefault(id(p), Moments(p))
            g = g.astype(np.float64)
            if self.decay and not self.decoupled:
                g = g + self.decay * p
            own.m += (1 - self.betas[0]) * (g - own.m)
            own.v += (1 - self.betas[1]) * (g * g - own.v)
            move = self.lr * scale[0] * own.m / (np.sqrt(scale[1] * own.v) + self.eps)
            if self.decay and self.decoupled:
                move = move + self.lr * self.decay * p
            np.subtract(p, move, out=p, casting="same_kind")
