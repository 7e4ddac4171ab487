"""Velocities in a dict by the identity of the array; the norm by math.hypot."""

import math

import numpy as np


class SGD:
    def __init__(self, lr, momentum=0.0, weight_decay=0.0, nesterov=False):
        if lr < 0 or weight_decay < 0 or momentum < 0 or momentum >= 1:
            raise ValueError("an option is outside its range")
        self.lr, self.mu, self.decay, self.nesterov = lr, momentum, weight_decay, nesterov
        self.state = {}

    def step(self, params, grads):
        if len(params) != len(grads):
            raise ValueError("as many gradients as arrays are needed")
        for p, g in zip(params, grads, strict=True):
            if np.shape(p) != np.shape(g):
                raise ValueError("a gradient does not have the shape of its array")
        for p, g in zip(params, grads, strict=True):
            d = g + self.decay * p if self.decay else g
            old = self.state.get(id(p), 0.0)
            new = self.state[id(p)] = d + self.mu * old
            p[...] = p - self.lr * (d + self.mu * new) if self.nesterov else p - self.lr * new


def clip_grad_norm(grads, max_norm):
    if max_norm <= 0:
        raise ValueError("max_norm must be positive")
    norm = math.hypot(*(x for g in grads for x in g.ravel().tolist()))
    if norm > max_norm:
        for g in grads:
            g[...] = g * (max_norm / norm)
    return norm
