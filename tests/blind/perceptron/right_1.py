"""Right: einsum-free, with an explicit shape check."""

import numpy as np

from .step import step


class Perceptron:
    def __init__(self, n_inputs, rng=None):
        self.n_inputs = n_inputs
        if rng is None:
            rng = np.random.default_rng()
        self.weights = rng.standard_normal(n_inputs)
        self.bias = float(rng.standard_normal())

    def net(self, x):
        x = np.array(x, dtype=float)
        if x.ndim not in (1, 2) or x.shape[-1] != self.n_inputs:
            raise ValueError(f"expected {self.n_inputs} inputs")
        if x.ndim == 1:
            return float((x * self.weights).sum() + self.bias)
        return (x * self.weights).sum(axis=1) + self.bias

    def forward(self, x):
        return step(self.net(x))
