"""All arrays are copied into one vector, moved there, and written back."""

import numpy as np


def flatten(arrays):
    return np.concatenate([a.ravel().astype(np.float64) for a in arrays] + [np.zeros(0)])


class SGD:
    def __init__(self, lr, momentum=0.0, weight_decay=0.0, nesterov=False):
        if min(lr, momentum, weight_decay, 1 - momentum) < 0 or momentum == 1:
            raise ValueError("an option is outside its range")
        self.lr, self.momentum, self.nesterov = lr, momentum, nesterov
        self.weight_decay = weight_decay
        self.velocity = 0.0

    def step(self, params, grads):
        if [np.shape(g) for g in grads] != [np.shape(p) for p in params]:
            raise ValueError("arrays and gradients do not match")
        theta = flatten(params)
        d = flatten(grads) + self.weight_decay * theta
        self.velocity = self.momentum * self.velocity + d
        if self.nesterov:
            theta = theta - self.lr * (d + self.momentum * self.velocity)
        else:
            theta = theta - self.lr * self.velocity
        start = 0
        for p in params:
            p[...] = theta[start : start + p.size].reshape(p.shape)
            start += p.size


def clip_grad_norm(grads, max_norm):
    if not max_norm > 0:
        raise ValueError("max_norm must be positive")
    norm = 0.0
    for x in flatten(grads).tolist():
        norm = float(np.hypot(norm, x))
    if norm > max_norm:
        for g in grads:
            g /= norm
            g *= max_norm
    return norm
