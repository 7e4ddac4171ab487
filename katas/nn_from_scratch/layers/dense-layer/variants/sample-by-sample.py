"""The gradients are sums of outer products, one per sample."""

import numpy as np

from ..forward.affine import affine
from ..init.schemes import he_normal, lecun_normal, xavier_normal


class Dense:
    def __init__(self, units_in, units_out, rng, init="he"):
        draw = {"he": he_normal, "xavier": xavier_normal, "lecun": lecun_normal}.get(init)
        if draw is None:
            raise ValueError("init")
        self.W = draw(units_in, units_out, rng)
        self.b = np.zeros(units_out)
        self.dW, self.db = np.zeros_like(self.W), np.zeros_like(self.b)
        self.params = {"W": self.W, "b": self.b}
        self.grads = {"W": self.dW, "b": self.db}
        self.cache = None

    def forward(self, x, training=False):
        x = np.asarray(x)
        if x.ndim != 2:
            raise ValueError("a batch has two axes")
        out = affine(x, self.W, self.b)
        if training:
            self.cache = (x.copy(), out.shape)
        return out

    def backward(self, dout):
        if self.cache is None:
            raise RuntimeError("forward(x, training=True) comes first")
        x, shape = self.cache
        if np.shape(dout) != shape:
            raise ValueError("the upstream gradient does not match")
        dx = np.zeros(x.shape)
        for n, (sample, upstream) in enumerate(zip(x, dout, strict=True)):
            self.dW += np.outer(sample, upstream)
            self.db += upstream
            dx[n] = self.W @ upstream
        return dx

    def zero_grad(self):
        self.dW[:] = 0
        self.db[:] = 0
