"""Right: outer products, and tensordot."""

import numpy as np

from ..forward.affine import affine
from ..init.schemes import he_normal, lecun_normal, xavier_normal


class Dense:
    def __init__(self, units_in, units_out, rng, init="he"):
        schemes = {"he": he_normal, "xavier": xavier_normal, "lecun": lecun_normal}
        if init not in schemes:
            raise ValueError("init must be 'he', 'xavier' or 'lecun'")
        weights = schemes[init](units_in, units_out, rng)
        self.params = {"W": weights, "b": np.zeros(units_out)}
        self.grads = {"W": np.zeros_like(weights), "b": np.zeros(units_out)}
        self._input = None

    def forward(self, x, training=False):
        x = np.asarray(x, dtype=np.float64)
        if x.ndim != 2:
            raise ValueError("x must have shape (N, I)")
        z = affine(x, self.params["W"], self.params["b"])
        if training:
            self._input = x
        return z

    def backward(self, dout):
        if self._input is None:
            raise RuntimeError("call forward(x, training=True) first")
        dout = np.asarray(dout, dtype=np.float64)
        n, units_out = self._input.shape[0], self.params["W"].shape[1]
        if dout.shape != (n, units_out):
            raise ValueError("dout must have shape (N, O)")
        self.grads["W"] += np.einsum("ni,no->nio", self._input, dout).sum(axis=0)
        self.grads["b"] += np.sum(dout, axis=0)
        return np.tensordot(dout, self.params["W"], axes=([1], [1]))

    def zero_grad(self):
        self.grads["W"][:] = 0
        self.grads["b"][:] = 0
