"""backward changes the arrays of the parameters in place."""

import numpy as np

from ..forward.softmax import log_softmax, softmax
from ..init.schemes import he_normal, xavier_normal


class NeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, rng, hidden="tanh"):
        if hidden not in ("tanh", "relu"):
            raise ValueError(f'hidden must be "tanh" or "relu", got {hidden!r}')
        draw = xavier_normal if hidden == "tanh" else he_normal
        self.hidden = hidden
        self.W1 = draw(input_size, hidden_size, rng)
        self.b1 = np.zeros(hidden_size)
        self.W2 = draw(hidden_size, output_size, rng)
        self.b2 = np.zeros(output_size)

    def forward(self, X):
        return self._pass(self._samples(X))[1]

    def loss(self, X, y):
        samples, labels = self._batch(X, y)
        log_probs = log_softmax(self._activation(samples) @ self.W2 + self.b2)
        return -float(log_probs[np.arange(len(labels)), labels].mean())

    def gradients(self, X, y):
        samples, labels = self._batch(X, y)
        a, delta = self._pass(samples)
        delta[np.arange(len(labels)), labels] -= 1.0
        delta /= len(labels)
        d_hidden = delta @ self.W2.T * self._derivative(a)
        return {
            "W1": samples.T @ d_hidden,
            "b1": d_hidden.sum(axis=0),
            "W2": a.T @ delta,
            "b2": delta.sum(axis=0),
        }

    def backward(self, X, y, learning_rate):
        for name, gradient in self.gradients(X, y).items():
            array = getattr(self, name)
            array -= learning_rate * gradient

    def _pass(self, samples):
        a = self._activation(samples)
        return a, softmax(a @ self.W2 + self.b2)

    def _activation(self, samples):
        z = samples @ self.W1 + self.b1
        return np.tanh(z) if self.hidden == "tanh" else np.maximum(z, 0.0)

    def _derivative(self, a):
        return 1.0 - a * a if self.hidden == "tanh" else (a > 0.0).astype(a.dtype)

    def _batch(self, X, y):
        samples = self._samples(X)
        return samples, self._labels(y, len(samples))

    def _samples(self, X):
        samples = np.asarray(X)
        if samples.ndim != 2 or samples.shape[1] != len(self.W1):
            raise ValueError(f"X must be (N, {len(self.W1)}), got shape {samples.shape}")
        return samples if samples.dtype.kind == "f" else samples.astype(np.float64)

    def _labels(self, y, count):
        labels = np.asarray(y)
        if labels.shape != (count,) or count == 0 or labels.dtype.kind not in "iu":
            raise ValueError(f"{count} samples need {count} integer labels")
        if labels.min() < 0 or labels.max() >= len(self.b2):
            raise ValueError(f"labels must be from 0 to {len(self.b2) - 1}")
        return labels
