"""Both corrections are folded into the learning rate, as the paper proposes."""

import math

import numpy as np


class Adam:
    def __init__(self, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0, decoupled=True):
        if lr < 0 or eps <= 0 or weight_decay < 0:
            raise ValueError("lr, eps or weight_decay is outside its range")
        if min(betas) < 0 or max(betas) >= 1:
            raise ValueError("a beta is outside its range")
        self.lr, self.betas, self.eps = lr, betas, eps
        self.decay, self.decoupled = weight_decay, decoupled
        self.t, self.state = 0, {}

    def step(self, params, grads):
        if list(map(np.shape, params)) != list(map(np.shape, grads)):
            raise ValueError("arrays and gradients do not match")
        self.t += 1
        a, b = self.betas
        lr = self.lr * math.sqrt(1 - b**self.t) / (1 - a**self.t)
        for i, p in enumerate(params):
            g = grads[i] if self.decoupled else grads[i] + self.decay * p
            m, v = self.state.get(i, (0.0, 0.0))
            m, v = a * m + (1 - a) * g, b * v + (1 - b) * np.square(g)
            self.state[i] = m, v
            own = self.lr * self.decay * p if self.decoupled else 0.0
            p[...] = p - lr * m / (np.sqrt(v) + self.eps) - own
