"""TEMPORARY."""

from typing import Any

import numpy as np

from ..activations.logistic import sigmoid
from ..forward.softmax import softmax


class _Layer:
    def __init__(self) -> None:
        self.params: dict[str, Any] = {}
        self.grads: dict[str, Any] = {}
        self._out: Any = None

    def forward(self, x: Any, training: bool = False) -> Any:
        """Forward."""
        out = self._f(np.asarray(x))
        if training:
            self._out = out
        return out

    def backward(self, dout: Any) -> Any:
        """Backward."""
        if self._out is None:
            raise RuntimeError("forward first")
        if np.shape(dout) != self._out.shape:
            raise ValueError("dout")
        return self._b(np.asarray(dout))

    def zero_grad(self) -> None:
        """Zero."""


class ReLU(_Layer):
    """R."""

    def _f(self, x: Any) -> Any:
        return np.maximum(x, 0.0)

    def _b(self, d: Any) -> Any:
        return d * (self._out > 0)


class Tanh(_Layer):
    """R."""

    def _f(self, x: Any) -> Any:
        return np.tanh(x)

    def _b(self, d: Any) -> Any:
        return d * (1 - self._out**2)


class Sigmoid(_Layer):
    """R."""

    def _f(self, x: Any) -> Any:
        return sigmoid(x)

    def _b(self, d: Any) -> Any:
        return d * self._out * (1 - self._out)


class Softmax(_Layer):
    """R."""

    def _f(self, x: Any) -> Any:
        return softmax(x)

    def _b(self, d: Any) -> Any:
        return self._out * (d - (d * self._out).sum(-1, keepdims=True))


class Activation(_Layer):
    """R."""

    def __init__(self, name: str) -> None:
        """Make."""
        super().__init__()
        self.name = name
