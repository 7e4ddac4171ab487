"""Compute a network of two layers with numpy arrays: forward pass, loss, gradients, one step."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..forward.softmax import log_softmax, softmax
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
        _, logits = self._hidden_and_logits(self._samples(X))
        return softmax(logits)

    def loss(self, X: ArrayLike, y: ArrayLike) -> float:
        """Return the cross-entropy ``-(1/N) Σ log p(label)``, a mean over the samples.

        It is finite even where the probability of a label is rounded to 0.
        """
        samples = self._samples(X)
        labels = self._labels(y, len(samples))
        _, logits = self._hidden_and_logits(samples)
        return -float(log_softmax(logits)[np.arange(len(labels)), labels].mean())

    def gradients(self, X: ArrayLike, y: ArrayLike) -> dict[str, _Floats]:
        """Return d(loss)/d(parameter) under the names "W1", "b1", "W2", "b2", in their shapes.

        These are the gradients of ``loss(X, y)``, which is a mean. The weights do not change.
        """
        samples = self._samples(X)
        labels = self._labels(y, len(samples))
        a, logits = self._hidden_and_logits(samples)

        # Softmax and cross-entropy together: d(loss)/d(logits) = (probs - one-hot) / N.
        d_logits = softmax(logits)
        d_logits[np.arange(len(labels)), labels] -= 1.0
        d_logits /= len(labels)

        # Back through the output layer, then through the activation.
        d_hidden = d_logits @ self.W2.T
        d_hidden *= 1.0 - a * a if self.hidden == "tanh" else a > 0.0

        return {
            "W1": samples.T @ d_hidden,
            "b1": d_hidden.sum(axis=0),
            "W2": a.T @ d_logits,
            "b2": d_logits.sum(axis=0),
        }

    def backward(self, X: ArrayLike, y: ArrayLike, learning_rate: float) -> None:
        """Take one step of gradient descent: θ ← θ - learning_rate · d(loss)/dθ.

        θ stands for W1, b1, W2 and b2. All four gradients are those at the weights before the step.
        """
        gradients = self.gradients(X, y)
        self.W1 = self.W1 - learning_rate * gradients["W1"]
        self.b1 = self.b1 - learning_rate * gradients["b1"]
        self.W2 = self.W2 - learning_rate * gradients["W2"]
        self.b2 = self.b2 - learning_rate * gradients["b2"]

    def _hidden_and_logits(self, samples: _Floats) -> tuple[_Floats, _Floats]:
        """Return the hidden activations (N, H) and the logits (N, C)."""
        # In place after the product: allocating new arrays would take longer than the sums.
        a = samples @ self.W1
        a += self.b1
        a = np.tanh(a, out=a) if self.hidden == "tanh" else np.maximum(a, 0.0, out=a)
        logits = a @ self.W2
        logits += self.b2
        return a, logits

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
