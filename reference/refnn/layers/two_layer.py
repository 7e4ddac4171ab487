"""A network of two layers on whole arrays: a hidden layer, a softmax, and their gradients."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..forward.softmax import log_softmax, softmax
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
        _, logits = self._hidden_and_logits(self._samples(X))
        return softmax(logits)

    def loss(self, X: ArrayLike, y: ArrayLike) -> float:
        """Return the cross-entropy ``-(1/N) Σ log p(label)``, a mean over the samples, in nats.

        It is finite however small the probability of a label is.
        """
        samples = self._samples(X)
        labels = self._labels(y, len(samples))
        _, logits = self._hidden_and_logits(samples)
        return -float(log_softmax(logits)[np.arange(len(labels)), labels].mean())

    def gradients(self, X: ArrayLike, y: ArrayLike) -> dict[str, _Floats]:
        """Return d(loss)/d(parameter) under the names "W1", "b1", "W2", "b2", in their shapes.

        They are gradients of the *mean* loss: giving every sample twice changes nothing. They are
        taken at this X and at the weights as they are, which stay as they are.
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
        """Take one step of gradient descent: θ ← θ - learning_rate · d(loss)/dθ, all at once.

        All four gradients belong to the weights from before the step. The arrays that held those
        weights keep their values; the attributes are set to new arrays.
        """
        gradients = self.gradients(X, y)
        self.W1 = self.W1 - learning_rate * gradients["W1"]
        self.b1 = self.b1 - learning_rate * gradients["b1"]
        self.W2 = self.W2 - learning_rate * gradients["W2"]
        self.b2 = self.b2 - learning_rate * gradients["b2"]

    def _hidden_and_logits(self, samples: _Floats) -> tuple[_Floats, _Floats]:
        """Return the hidden activations (N, H) and the logits (N, C)."""
        # In place from the product on: a new array a step would cost more than the sums in it.
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
            raise ValueError(f"{count} samples need as many labels, got shape {labels.shape}")
        if labels.dtype.kind not in "iu":
            raise ValueError(f"labels must be whole numbers, got dtype {labels.dtype}")
        if labels.min() < 0 or labels.max() >= len(self.b2):
            raise ValueError(f"labels must be from 0 to {len(self.b2) - 1}")
        return labels
