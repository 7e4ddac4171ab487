"""A network of two layers on whole arrays: a hidden layer, a softmax, and their gradients."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..forward.softmax import log_softmax
from ..init.schemes import he_normal, xavier_normal

_Floats = NDArray[np.floating[Any]]


class NeuralNetwork:
    """Classify rows of numbers: ``probs = softmax(activation(X @ W1 + b1) @ W2 + b2)``.

    Write N for the number of samples, D for ``input_size``, H for ``hidden_size`` and C for
    ``output_size``. One row is one sample, so X is (N, D); labels y are N whole numbers from 0 to
    C - 1. Nothing is remembered between calls: every method works from the X it is given and the
    weights of that moment. The attributes may be replaced whole, by arrays of the same shapes.

    Attributes:
        W1, b1: weights (D, H) and biases (H,) of the hidden layer.
        W2, b2: weights (H, C) and biases (C,) of the output layer.

    Whole numbers in X are computed in float64; float32 samples with the float64 weights of a new
    network give float64, as numpy mixes them. No argument and no earlier result is ever changed.

    Raises (all methods):
        ValueError: X is not (N, D). Also, where labels are needed: y is not (N,) whole numbers,
            a label is not a class, or there are no samples to take a mean over.
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
            rng: where the random numbers come from.
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
        """Return the probability of each class for each sample, (N, C); N may be 0."""
        self.a1, self.probs = self._pass(self._samples(X))
        return self.probs

    def loss(self, X: ArrayLike, y: ArrayLike) -> float:
        """Return the cross-entropy ``-(1/N) Σ log p(label)``, a mean over the samples, in nats.

        It is finite however small the probability of a label is.
        """
        samples = self._samples(X)
        labels = self._labels(y, len(samples))
        scores = self._activation(samples) @ self.W2 + self.b2
        return -float(log_softmax(scores)[np.arange(len(labels)), labels].mean())

    def gradients(self, X: ArrayLike, y: ArrayLike) -> dict[str, _Floats]:
        """Return d(loss)/d(parameter) under the names "W1", "b1", "W2", "b2", in their shapes.

        They are gradients of the *mean* loss: giving every sample twice changes nothing. They are
        taken at this X and at the weights as they are, which stay as they are.
        """
        samples = self._samples(X)
        labels = self._labels(y, len(samples))
        a1, delta2 = self._pass(samples)
        delta2[np.arange(len(labels)), labels] -= 1.0
        delta1 = delta2 @ self.W2.T * self._slope(a1)
        return {
            "W1": samples.T @ delta1,
            "b1": delta1.sum(axis=0),
            "W2": a1.T @ delta2,
            "b2": delta2.sum(axis=0),
        }

    def backward(self, X: ArrayLike, y: ArrayLike, learning_rate: float) -> None:
        """Take one step of gradient descent: θ ← θ - learning_rate · d(loss)/dθ, all at once.

        All four gradients belong to the weights from before the step. The arrays that held those
        weights keep their values; the attributes are set to new arrays.
        """
        samples = self._samples(X)
        labels = self._labels(y, len(samples))
        delta2 = self.probs
        delta2[np.arange(len(labels)), labels] -= 1.0
        self.W2 = self.W2 - learning_rate * (self.a1.T @ delta2)
        self.b2 = self.b2 - learning_rate * delta2.sum(axis=0)
        delta1 = delta2 @ self.W2.T * self._slope(self.a1)
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

    def _slope(self, a1: _Floats) -> _Floats:
        """Return the slope of the activation, told by its value."""
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
