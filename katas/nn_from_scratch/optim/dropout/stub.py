"""TEMPORARY."""

from typing import Any

import numpy as np


class Dropout:
    """D."""

    def __init__(self, rate: float, rng: np.random.Generator) -> None:
        """Make."""
        self.rate, self.rng = rate, rng
        self.params: dict[str, Any] = {}
        self.grads: dict[str, Any] = {}
        self._mask: Any = None

    def forward(self, x: Any, training: bool = False) -> Any:
        """Forward."""
        x = np.asarray(x)
        if not training:
            return x.copy()
        self._mask = (self.rng.random(x.shape) >= self.rate) / (1 - self.rate)
        return x * self._mask

    def backward(self, dout: Any) -> Any:
        """Backward."""
        return dout * self._mask

    def zero_grad(self) -> None:
        """Zero."""
