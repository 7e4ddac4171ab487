"""A repaired two-layer network that adds up the gradients sample by sample."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..forward.softmax import log_softmax, softmax
from ..init.schemes import he_normal, xavier_normal

_Floats = NDArray[np.floating[Any]]


class NeuralNetwork:
    def __init__(
        self,
        input_size: int,
        hidden_size: int,
        output_size: int,
        rng: np.random.Generator,
        hidden: str = "tanh",
    ) -> None:
        if hidden not in ("tanh", "relu"):
            raise ValueError(f'hidden must be "tanh" or "relu", got {hidden!r}')
        draw = xavier_normal if hidden == "tanh" else he_normal
        self.hidden = hidden
        self.W1: _Floats = draw(input_size, hidden_size, rng)
        self.b1: _Floats = np.zeros(hidden_size)
        self.W2: _Floats = draw(hidden_size, output_size, rng)
        self.b2: _Floats = np.zeros(output_size)

    def forward(self, X: ArrayLike) -> _Floats:
        samples = self._samples(X)
        return softmax(self._activation(samples) @ self.W2 + self.b2)

    def loss(self, X: ArrayLike, y: ArrayLike) -> float:
        samples = self._samples(X)
        labels = self._labels(y, len(samples))
        scores = self._activation(samples) @ self.W2 + self.b2
        return -float(log_softmax(scores)[np.arange(len(labels)), labels].mean())

    def gradients(self, X: ArrayLike, y: ArrayLike) -> dict[str, _Floats]:
        samples = self._samples(X)
        labels = self._labels(y, len(samples))
        hidden = self._activation(samples)
        probs = softmax(hidden @ self.W2 + self.b2)
        share = 1.0 / len(labels)
        names = ("W1", "b1", "W2", "b2")
        total = {name: np.zeros(getattr(self, name).shape, probs.dtype) for name in names}
        for x, a, p, label in zip(samples, hidden, probs, labels, strict=True):
            d2 = p.copy()
            d2[label] -= 1.0
            d2 *= share
            d1 = (self.W2 @ d2) * self._slope(a)
            total["W1"] += np.outer(x, d1)
            total["b1"] += d1
            total["W2"] += np.outer(a, d2)
            total["b2"] += d2
        return total

    def backward(self, X: ArrayLike, y: ArrayLike, learning_rate: float) -> None:
        step = {name: learning_rate * g for name, g in self.gradients(X, y).items()}
        self.W1, self.b1 = self.W1 - step["W1"], self.b1 - step["b1"]
        self.W2, self.b2 = self.W2 - step["W2"], self.b2 - step["b2"]

    def _activation(self, samples: _Floats) -> _Floats:
        z = samples @ self.W1 + self.b1
        return np.tanh(z) if self.hidden == "tanh" else np.maximum(z, 0.0)

    def _slope(self, a1: _Floats) -> _Floats:
        return 1.0 - a1 * a1 if self.hidden == "tanh" else (a1 > 0.0).astype(a1.dtype)

    def _samples(self, X: ArrayLike) -> _Floats:
        samples = np.asarray(X)
        if samples.ndim != 2 or samples.shape[1] != len(self.W1):
            raise ValueError(f"X must be (N, {len(self.W1)}), got shape {samples.shape}")
        return samples if samples.dtype.kind == "f" else samples.astype(np.float64)

    def _labels(self, y: ArrayLike, count: int) -> NDArray[np.integer[Any]]:
        labels = np.asarray(y)
        if labels.shape != (count,) or count == 0:
            raise ValueError(f"{count} samples need as many labels, got shape {labels.shape}")
        if labels.dtype.kind not in "iu":
            raise ValueError(f"labels must be whole numbers, got dtype {labels.dtype}")
        if labels.min() < 0 or labels.max() >= len(self.b2):
            raise ValueError(f"labels must be from 0 to {len(self.b2) - 1}")
        return labels
