"""TEMPORARY."""

from typing import Any

import numpy as np


class SGD:
    """S."""

    def __init__(
        self, lr: float, momentum: float = 0.0, weight_decay: float = 0.0, nesterov: bool = False
    ) -> None:
        """Make."""
        self.lr, self.momentum, self.weight_decay, self.nesterov = (
            lr, momentum, weight_decay, nesterov,
        )
        self._v: list[Any] = []

    def step(self, params: list[Any], grads: list[Any]) -> None:
        """Step."""
        if not self._v:
            self._v = [np.zeros_like(p) for p in params]
        for p, g, v in zip(params, grads, self._v, strict=True):
            v *= self.momentum
            v += g + self.weight_decay * p
            p -= self.lr * v


def clip_grad_norm(grads: list[Any], max_norm: float) -> float:
    """C."""
    return 0.0
