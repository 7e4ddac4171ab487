"""Compute a network of two layers with numpy arrays: forward pass, loss, gradients, one step."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..forward.softmax import log_softmax
from ..init.schemes import he_normal, xavier_normal

_Floats = NDArray[np.floating[Any]]


class NeuralNetwork:
    """Classify rows of numbers: ``probs = softmax(activation(X @ W1 + b1) @ W2 + b2)``.

    Write N for the number of samples, D for ``input_size``, H for ``hidden_size`` and C for
    ``output_size``. X is (N, D) with one row per sample; the labels y are N integers from 0 to
    C - 1. The result of each method depends only on its arguments and on the current weights, and
    not on earlier calls. Each attribute may be set to another array of the same shape.

    Attributes:
        W1, b1: weights (D, H) and biases (H,) of the hidden layer.
        W2, b2: weights (H, C) and biases (C,) of the output layer.

    Integers in X are converted to float64. No method changes its arguments, or an array that a
    method returned earlier.

    Raises (all methods):
        ValueError: X is not (N, D). Where labels are needed, also: y is not N integers, a label
            is not from 0 to C - 1, or there are no samples (N = 0).
    """

    def __init__(
        self,
        input_size: int,
        hidden_size: int,
        output_size: int,
        rng: np.random.Generator,
        hidden: str = "tanh",
    ) -> None:
        """Draw both weight matrices from ``rng`` and set both biases to zero.

        Args:
            input_size, hidden_size, output_size: D, H and C.
            rng: the only source of random numbers.
            hidden: the activation of the hidden layer: "tanh", with weights from
                ``xavier_normal``, or "relu", with weights from ``he_normal``.

        Raises:
            ValueError: ``hidden`` is neither.
        """
        if hidden not in ("tanh", "relu"):
            raise ValueError(f'hidden must be "tanh" or "relu", got {hidden!r}')
        draw = xavier_normal if hidden == "tanh" else he_normal
        self.hidden = hidden
        self.W1: _Floats = draw(input_size, hidden_size, rng)
        self.b1: _Floats = np.zeros(hidden_size)
        self.W2: _Floats = draw(hidden_size, output_size, rng)
        self.b2: _Floats = np.zeros(output_size)

    def forward(self, X: ArrayLike) -> _Floats:
        """Return the probability of each class for each sample, (N, C). N may be 0."""
        self.a1, self.probs = self._pass(self._samples(X))
        return self.probs

    def loss(self, X: ArrayLike, y: ArrayLike) -> float:
        """Return the cross-entropy ``-(1/N) Σ log p(label)``, a mean over the samples.

        It is finite even where the probability of a label is rounded to 0.
        """
        samples = self._samples(X)
        labels = self._labels(y, len(samples))
        scores = self._activation(samples) @ self.W2 + self.b2
        return -float(log_softmax(scores)[np.arange(len(labels)), labels].mean())

    def gradients(self, X: ArrayLike, y: ArrayLike) -> dict[str, _Floats]:
        """Return d(loss)/d(parameter) under the names "W1", "b1", "W2", "b2", in their shapes.

        These are the gradients of ``loss(X, y)``, which is a mean. The weights do not change.
        """
        samples = self._samples(X)
        labels = self._labels(y, len(samples))
        a1, delta2 = self._pass(samples)
        delta2[np.arange(len(labels)), labels] -= 1.0
        delta1 = delta2 @ self.W2.T * self._derivative(a1)
        return {
            "W1": samples.T @ delta1,
            "b1": delta1.sum(axis=0),
            "W2": a1.T @ delta2,
            "b2": delta2.sum(axis=0),
        }

    def backward(self, X: ArrayLike, y: ArrayLike, learning_rate: float) -> None:
        """Take one step of gradient descent: θ ← θ - learning_rate · d(loss)/dθ.

        θ stands for W1, b1, W2 and b2. All four gradients are those at the weights before the step.
        """
        samples = self._samples(X)
        labels = self._labels(y, len(samples))
        delta2 = self.probs
        delta2[np.arange(len(labels)), labels] -= 1.0
        self.W2 = self.W2 - learning_rate * (self.a1.T @ delta2)
        self.b2 = self.b2 - learning_rate * delta2.sum(axis=0)
        delta1 = delta2 @ self.W2.T * self._derivative(self.a1)
        self.W1 = self.W1 - learning_rate * (samples.T @ delta1)
        self.b1 = self.b1 - learning_rate * delta1.sum(axis=0)

    def _pass(self, samples: _Floats) -> tuple[_Floats, _Floats]:
        """Return the hidden activations (N, H) and the probabilities (N, C)."""
        a1 = self._activation(samples)
        scores = a1 @ self.W2 + self.b2
        exponentials = np.exp(scores - scores.max())
        return a1, exponentials / exponentials.sum(axis=1, keepdims=True)

    def _activation(self, samples: _Floats) -> _Floats:
        z = samples @ self.W1 + self.b1
        return np.tanh(z) if self.hidden == "tanh" else np.maximum(z, 0.0)

    def _derivative(self, a1: _Floats) -> _Floats:
        """Return the derivative of the activation, computed from its value."""
        return 1.0 - a1 * a1 if self.hidden == "tanh" else (a1 > 0.0).astype(a1.dtype)

    def _samples(self, X: ArrayLike) -> _Floats:
        samples = np.asarray(X)
        if samples.ndim != 2 or samples.shape[1] != len(self.W1):
            raise ValueError(f"X must be (N, {len(self.W1)}), got shape {samples.shape}")
        return samples if samples.dtype.kind == "f" else samples.astype(np.float64)

    def _labels(self, y: ArrayLike, count: int) -> NDArray[np.integer[Any]]:
        labels = np.asarray(y)
        if labels.shape != (count,) or count == 0:
            raise ValueError(f"{count} samples need {count} labels, got shape {labels.shape}")
        if labels.dtype.kind not in "iu":
            raise ValueError(f"labels must be integers, got dtype {labels.dtype}")
        if labels.min() < 0 or labels.max() >= len(self.b2):
            raise ValueError(f"labels must be from 0 to {len(self.b2) - 1}")
        return labels
