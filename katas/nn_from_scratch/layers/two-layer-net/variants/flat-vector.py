"""All parameters are in one vector, and each bias is the last row of its weight matrix."""

import numpy as np

from ..forward.softmax import log_softmax
from ..init.schemes import he_normal, xavier_normal


def part(name):
    """Return a property that reads and writes a view of the vector."""

    def read(self):
        return self.views[name]

    def write(self, value):
        self.views[name][...] = value

    return property(read, write)


class NeuralNetwork:
    W1, b1, W2, b2 = map(part, ("W1", "b1", "W2", "b2"))

    def __init__(self, input_size, hidden_size, output_size, rng, hidden="tanh"):
        if hidden == "tanh":
            draw = xavier_normal
        elif hidden == "relu":
            draw = he_normal
        else:
            raise ValueError(f"hidden is {hidden!r}")
        self.hidden = hidden
        first, last = (input_size + 1, hidden_size), (hidden_size + 1, output_size)
        border = first[0] * first[1]
        self.theta = np.zeros(border + last[0] * last[1])
        self.first = self.theta[:border].reshape(first)
        self.last = self.theta[border:].reshape(last)
        self.views = {
            "W1": self.first[:-1], "b1": self.first[-1],
            "W2": self.last[:-1], "b2": self.last[-1],
        }  # fmt: skip
        self.W1 = draw(input_size, hidden_size, rng)
        self.W2 = draw(hidden_size, output_size, rng)

    def forward(self, X):
        return np.exp(log_softmax(self._logits(X)[2]))

    def loss(self, X, y):
        logits = self._logits(X)[2]
        return -float(log_softmax(logits)[self._pick(y, logits)].mean())

    def gradients(self, X, y):
        inputs, hidden, logits = self._logits(X)
        delta = np.exp(log_softmax(logits))
        delta[self._pick(y, logits)] -= 1.0
        delta /= len(delta)
        value = hidden[:, :-1]
        inner = (delta @ self.W2.T) * (1 - value**2 if self.hidden == "tanh" else value > 0)
        first, last = inputs.T @ inner, hidden.T @ delta
        return {"W1": first[:-1], "b1": first[-1], "W2": last[:-1], "b2": last[-1]}

    def backward(self, X, y, learning_rate):
        gradients = self.gradients(X, y)
        parts = [gradients[name].ravel() for name in ("W1", "b1", "W2", "b2")]
        self.theta -= learning_rate * np.concatenate(parts)

    def _logits(self, X):
        X = np.asarray(X, dtype=float)
        if X.ndim != 2 or X.shape[1] + 1 != len(self.first):
            raise ValueError(f"X has the shape {X.shape}")
        inputs = np.column_stack([X, np.ones(len(X))])
        z = inputs @ self.first
        value = np.tanh(z) if self.hidden == "tanh" else np.maximum(z, 0)
        hidden = np.column_stack([value, np.ones(len(X))])
        return inputs, hidden, hidden @ self.last

    def _pick(self, y, logits):
        y = np.asarray(y)
        if y.shape != logits.shape[:1] or not y.size or y.dtype.kind not in "iu":
            raise ValueError("labels must be one integer per sample")
        if (y < 0).any() or (y >= logits.shape[1]).any():
            raise ValueError("a label is not a class")
        return np.arange(len(y)), y
