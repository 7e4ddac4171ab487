"""Wrong: the plain norm of everything, which overflows."""

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
        if len(params) != len(grads):
            raise ValueError("need one gradient per parameter")
        for p, g in zip(params, grads):
            if p.shape != g.shape:
                raise ValueError(f"gradient has shape {g.shape}, parameter {p.shape}")
        if self.v is None:
            self.v = [np.zeros_like(p) for p in params]
        for i, p in enumerate(params):
            d = grads[i] + self.weight_decay * p
            self.v[i] = self.momentum * self.v[i] + d
            if self.nesterov:
                p -= self.lr * (d + self.momentum * self.v[i])
            else:
                p -= self.lr * self.v[i]


def clip_grad_norm(grads, max_norm):
    if max_norm <= 0:
        raise ValueError("max_norm must be positive")
    norm = 0.0
    for g in grads:
        norm += float(np.sum(g.astype(np.float64) ** 2))
    norm = norm**0.5
    if norm > max_norm:
        for g in grads:
            g *= max_norm / norm
    return norm
