"""One matrix holds the weights and, as its last row, the biases; params are views of it."""

import numpy as np

from ..init.schemes import he_normal, lecun_normal, xavier_normal


class Dense:
    def __init__(self, units_in, units_out, rng, init="he"):
        if init not in ("he", "xavier", "lecun"):
            raise ValueError("init must be he, xavier or lecun")
        draw = {"he": he_normal, "xavier": xavier_normal, "lecun": lecun_normal}[init]
        self.theta = np.vstack((draw(units_in, units_out, rng), np.zeros((1, units_out))))
        self.d_theta = np.zeros_like(self.theta)
        self.params = {"W": self.theta[:-1], "b": self.theta[-1]}
        self.grads = {"W": self.d_theta[:-1], "b": self.d_theta[-1]}
        self.seen = None

    def forward(self, x, training=False):
        x = np.asarray(x)
        if x.ndim != 2 or x.shape[1] + 1 != len(self.theta):
            raise ValueError("x must be (N, I)")
        extended = np.hstack((x, np.ones((len(x), 1))))
        if training:
            self.seen = extended
        return extended @ self.theta

    def backward(self, dout):
        if self.seen is None:
            raise RuntimeError("nothing to go back through")
        if np.shape(dout) != (len(self.seen), self.theta.shape[1]):
            raise ValueError("dout must be (N, O)")
        self.d_theta += self.seen.T @ dout
        return (dout @ self.theta.T)[:, :-1].copy()

    def zero_grad(self):
        self.d_theta[...] = 0
