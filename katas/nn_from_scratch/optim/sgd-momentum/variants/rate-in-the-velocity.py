"""The learning rate multiplies the gradient in the velocity, as Keras does it."""

import numpy as np


class SGD:
    def __init__(self, lr, momentum=0.0, weight_decay=0.0, nesterov=False):
        for value, above in ((lr, np.inf), (momentum, 1.0), (weight_decay, np.inf)):
            if not 0 <= value < above:
                raise ValueError(f"{value} is not allowed")
        self.options = lr, momentum, weight_decay, nesterov
        self.moves = None

    def step(self, params, grads):
        lr, momentum, decay, nesterov = self.options
        if list(map(np.shape, params)) != list(map(np.shape, grads)):
            raise ValueError("arrays and gradients do not match")
        if self.moves is None:
            self.moves = [np.zeros(p.shape) for p in params]
        for i in range(len(params)):
            pull = lr * (grads[i] + decay * params[i])
            self.moves[i] = momentum * self.moves[i] - pull
            move = momentum * self.moves[i] - pull if nesterov else self.moves[i]
            np.add(params[i], move, out=params[i], casting="same_kind")


def clip_grad_norm(grads, max_norm):
    if max_norm <= 0:
        raise ValueError("max_norm must be positive")
    flat = np.concatenate([np.asarray(g, dtype=np.float64).ravel() for g in grads] or [np.zeros(0)])
    if not flat.any():
        return np.float64(0.0)
    top = np.abs(flat).max()
    norm = top * np.linalg.norm(flat / top)
    factor = min(1.0, max_norm / norm)
    for g in grads:
        np.multiply(g, factor, out=g, casting="same_kind")
    return norm
