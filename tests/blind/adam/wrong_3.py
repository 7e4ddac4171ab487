"""Wrong: t is increased inside the loop."""

import numpy as np


class Adam:
    def __init__(self, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0, decoupled=True):
        if lr < 0 or weight_decay < 0:
            raise ValueError("lr and weight_decay must not be negative")
        if eps <= 0:
            raise ValueError("eps must be positive")
        self.b1, self.b2 = betas
        if not (0 <= self.b1 < 1) or not (0 <= self.b2 < 1):
            raise ValueError("betas must be in [0, 1)")
        self.lr = lr
        self.eps = eps
        self.wd = weight_decay
        self.decoupled = decoupled
        self.t = 0
        self.m = None
        self.v = None

    def step(self, params, grads):
        if len(params) != len(grads):
            raise ValueError("need one gradient per parameter")
        for p, g in zip(params, grads):
            if p.shape != g.shape:
                raise ValueError("shape of gradient and parameter differ")
        if self.m is None:
            self.m = [np.zeros_like(p) for p in params]
            self.v = [np.zeros_like(p) for p in params]
        for i in range(len(params)):
            p = params[i]
            g = grads[i]
            self.t += 1
            if not self.decoupled:
                g = g + self.wd * p
            self.m[i] = self.b1 * self.m[i] + (1 - self.b1) * g
            self.v[i] = self.b2 * self.v[i] + (1 - self.b2) * g**2
            m_hat = self.m[i] / (1 - self.b1**self.t)
            v_hat = self.v[i] / (1 - self.b2**self.t)
            update = m_hat / (np.sqrt(v_hat) + self.eps)
            if self.decoupled:
                update = update + self.wd * p
            p -= self.lr * update
