"""The network is built from small layers, each with its own backward."""

import numpy as np

from ..forward.softmax import log_softmax
from ..init.schemes import he_normal, xavier_normal


class Dense:
    def __init__(self, W, b):
        self.W, self.b = W, b

    def forward(self, x):
        self.x = x
        return x @ self.W + self.b

    def backward(self, d):
        self.dW, self.db = self.x.T @ d, d.sum(axis=0)
        return d @ self.W.T


class Tanh:
    def forward(self, x):
        self.y = np.tanh(x)
        return self.y

    def backward(self, d):
        return d * (1 - self.y**2)


class ReLU:
    def forward(self, x):
        self.on = x > 0
        return np.where(self.on, x, 0)

    def backward(self, d):
        return np.where(self.on, d, 0)


class SoftmaxCrossEntropy:
    def forward(self, scores, y):
        self.logs, self.y = log_softmax(scores), y
        return -self.logs[range(len(y)), y].sum() / len(y)

    def backward(self):
        d = np.exp(self.logs)
        d[range(len(self.y)), self.y] -= 1
        return d / len(self.y)


class NeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, rng, hidden="tanh"):
        layers = {"tanh": (Tanh, xavier_normal), "relu": (ReLU, he_normal)}
        if hidden not in layers:
            raise ValueError(f"hidden may be {' or '.join(layers)}")
        self.middle, draw = layers[hidden]
        self.sizes = input_size, hidden_size, output_size
        self.W1, self.b1 = draw(input_size, hidden_size, rng), np.zeros(hidden_size)
        self.W2, self.b2 = draw(hidden_size, output_size, rng), np.zeros(output_size)

    def forward(self, X):
        return np.exp(log_softmax(self._run(X)[1]))

    def loss(self, X, y):
        return float(self._loss(X, y)[2])

    def gradients(self, X, y):
        layers, head, _ = self._loss(X, y)
        d = head.backward()
        for layer in reversed(layers):
            d = layer.backward(d)
        first, _, last = layers
        return {"W1": first.dW, "b1": first.db, "W2": last.dW, "b2": last.db}

    def backward(self, X, y, learning_rate):
        g = self.gradients(X, y)
        self.W1, self.W2 = self.W1 - learning_rate * g["W1"], self.W2 - learning_rate * g["W2"]
        self.b1, self.b2 = self.b1 - learning_rate * g["b1"], self.b2 - learning_rate * g["b2"]

    def _run(self, X):
        x = np.asarray(X)
        if x.ndim != 2 or x.shape[1] != np.shape(self.W1)[0]:
            raise ValueError("X has the wrong shape")
        layers = [Dense(self.W1, self.b1), self.middle(), Dense(self.W2, self.b2)]
        for layer in layers:
            x = layer.forward(x)
        return layers, x

    def _loss(self, X, y):
        layers, scores = self._run(X)
        y = np.asarray(y)
        if y.ndim != 1 or len(y) != len(scores) or not len(y):
            raise ValueError("one label per sample")
        if not np.issubdtype(y.dtype, np.integer) or not np.isin(y, range(len(self.b2))).all():
            raise ValueError("labels are the numbers of classes")
        head = SoftmaxCrossEntropy()
        return layers, head, head.forward(scores, y)
