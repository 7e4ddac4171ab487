"""TEMPORARY."""

from typing import Any

import numpy as np


class Adam:
    """A."""

    def __init__(
        self, lr: float = 1e-3, betas: tuple[float, float] = (0.9, 0.999), eps: float = 1e-8,
        weight_decay: float = 0.0, decoupled: bool = True,
    ) -> None:
        """Make."""
        self.lr, self.betas, self.eps, self.weight_decay = lr, betas, eps, weight_decay
        self._m: list[Any] = []
        self._t = 0

    def step(self, params: list[Any], grads: list[Any]) -> None:
        """Step."""
        if not self._m:
            self._m = [np.zeros_like(p) for p in params]
            self._v = [np.zeros_like(p) for p in params]
        self._t += 1
        a, b = self.betas
        for p, g, m, v in zip(params, grads, self._m, self._v, strict=True):
            p *= 1 - self.lr * self.weight_decay
            m *= a
            m += (1 - a) * g
            v *= b
            v += (1 - b) * g * g
            p -= self.lr * (m / (1 - a**self._t)) / (np.sqrt(v / (1 - b**self._t)) + self.eps)
