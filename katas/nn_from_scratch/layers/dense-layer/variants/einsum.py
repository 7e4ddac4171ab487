"""einsum names the axes of each product, and gradients are replaced by sums."""

import numpy as np

from ..init.schemes import he_normal, lecun_normal, xavier_normal


class Dense:
    def __init__(self, units_in, units_out, rng, init="he"):
        if init == "he":
            W = he_normal(units_in, units_out, rng)
        elif init == "xavier":
            W = xavier_normal(units_in, units_out, rng)
        elif init == "lecun":
            W = lecun_normal(units_in, units_out, rng)
        else:
            raise ValueError(f"unknown init {init}")
        self.params = {"b": np.zeros(units_out), "W": W}
        self.grads = {"b": np.zeros(units_out), "W": np.zeros((units_in, units_out))}

    def forward(self, x, training=False):
        x = np.array(x, dtype=float)
        W, b = self.params["W"], self.params["b"]
        if x.ndim != 2 or x.shape[1] != len(W):
            raise ValueError(f"x has shape {x.shape}")
        if training:
            self.x = x
        return np.einsum("ni,io->no", x, W) + b

    def backward(self, dout):
        if not hasattr(self, "x"):
            raise RuntimeError("no forward pass to go back through")
        dout = np.asarray(dout, dtype=float)
        if dout.ndim != 2 or len(dout) != len(self.x) or dout.shape[1] != self.params["b"].size:
            raise ValueError(f"dout has shape {dout.shape}")
        self.grads["W"] = self.grads["W"] + np.einsum("ni,no->io", self.x, dout)
        self.grads["b"] = self.grads["b"] + np.einsum("no->o", dout)
        return np.einsum("no,io->ni", dout, self.params["W"])

    def zero_grad(self):
        for name in self.grads:
            self.grads[name].fill(0)
