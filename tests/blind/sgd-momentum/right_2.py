"""Right: a dict of velocities by position, copies first, all written at the end."""

import math

import numpy as np


class SGD:
    def __init__(self, lr, momentum=0.0, weight_decay=0.0, nesterov=False):
        if not (lr >= 0 and 0 <= momentum < 1 and weight_decay >= 0):
            raise ValueError("lr, momentum or weight_decay out of range")
        self._conf = (float(lr), float(momentum), float(weight_decay), bool(nesterov))
        self._state = {}

    def step(self, params, grads):
        lr, mu, wd, nag = self._conf
        pairs = list(zip(params, grads, strict=True))
        if not all(a.shape == b.shape for a, b in pairs):
            raise ValueError("shapes of parameters and gradients differ")
        new = []
        for k, (p, g) in enumerate(pairs):
            d = np.array(g, dtype=np.float64)
            if wd:
                d += wd * p
            v = self._state.get(k)
            v = d.copy() if v is None else mu * v + d
            self._state[k] = v
            new.append(p - lr * (d + mu * v if nag else v))
        for p, value in zip(params, new):
            p[...] = value


def clip_grad_norm(grads, max_norm):
    if max_norm <= 0:
        raise ValueError("max_norm must be above 0")
    norm = math.hypot(*[math.hypot(*g.astype(float).flatten()) for g in grads])
    if norm > max_norm:
        for g in grads:
            g *= max_norm / norm
    return norm
