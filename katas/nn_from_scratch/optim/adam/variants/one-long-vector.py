"""All arrays are copied into one vector, moved there, and written back."""

import numpy as np


def flatten(arrays):
    return np.concatenate([a.ravel().astype(np.float64) for a in arrays] + [np.zeros(0)])


class Adam:
    def __init__(self, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0, decoupled=True):
        beta1, beta2 = betas
        if not (lr >= 0 and 0 <= beta1 < 1 and 0 <= beta2 < 1 and eps > 0 and weight_decay >= 0):
            raise ValueError("an option is outside its range")
        self.options = lr, beta1, beta2, eps, weight_decay, decoupled
        self.t = 0
        self.m = self.v = 0.0

    def step(self, params, grads):
        if [np.shape(g) for g in grads] != [np.shape(p) for p in params]:
            raise ValueError("arrays and gradients do not match")
        lr, beta1, beta2, eps, decay, decoupled = self.options
        theta, g = flatten(params), flatten(grads)
        if not decoupled:
            g = g + decay * theta
        self.t += 1
        self.m = beta1 * self.m + (1 - beta1) * g
        self.v = beta2 * self.v + (1 - beta2) * g**2
        m_hat, v_hat = self.m / (1 - beta1**self.t), self.v / (1 - beta2**self.t)
        move = m_hat / (v_hat**0.5 + eps)
        if decoupled:
            move += decay * theta
        theta = theta - lr * move
        start = 0
        for p in params:
            p[...] = theta[start : start + p.size].reshape(p.shape)
            start += p.size
