"""Right: one small object per array, made at the first step; longdouble for the norm."""

import numpy as np


class _Slot:
    def __init__(self, p):
        self.v = np.zeros(p.shape, p.dtype)

    def move(self, p, g, opt):
        d = np.add(g, opt.weight_decay * p)
        self.v = opt.momentum * self.v + d
        direction = d + opt.momentum * self.v if opt.nesterov else self.v
        np.subtract(p, opt.lr * direction, out=p, casting="same_kind")


class SGD:
    def __init__(self, lr, momentum=0.0, weight_decay=0.0, nesterov=False):
        for name, value in (("lr", lr), ("weight_decay", weight_decay), ("momentum", momentum)):
            if value < 0:
                raise ValueError(name + " must not be negative")
        if momentum >= 1:
            raise ValueError("momentum must be below 1")
        self.lr, self.momentum = lr, momentum
        self.weight_decay, self.nesterov = weight_decay, nesterov
        self.slots = []

    def step(self, params, grads):
        if len(grads) != len(params):
            raise ValueError("different lengths")
        if any(g.shape != p.shape for g, p in zip(grads, params)):
            raise ValueError("different shapes")
        if len(self.slots) != len(params):
            self.slots = [_Slot(p) for p in params]
        for slot, p, g in zip(self.slots, params, grads):
            slot.move(p, g, self)


def clip_grad_norm(grads, max_norm):
    if max_norm <= 0:
        raise ValueError("max_norm must be above 0")
    total = np.longdouble(0)
    for g in grads:
        total += np.sum(g.astype(np.longdouble) ** 2)
    norm = float(np.sqrt(total))
    if norm > max_norm:
        for g in grads:
            g *= max_norm / norm
    return norm
