from collections import namedtuple

import numpy as np

from ..init.schemes import lecun_normal
from ..layers.dense import Dense
from ..losses.softmax_cross_entropy import softmax_cross_entropy_grad
from ..optim.adam import Adam

Step = namedtuple("Step", "joint after")
UNITS = 64


class RNN:
    """Each step is one dense layer on the joint rows (x_t, h_(t-1))."""

    def __init__(self, n_in, n_hidden, rng):
        Wx = lecun_normal(n_in, n_hidden, rng)
        Wh = lecun_normal(n_hidden, n_hidden, rng)
        self.params = {"Wx": Wx, "Wh": Wh, "b": np.zeros(n_hidden)}
        self.grads = {"Wx": 0 * Wx, "Wh": 0 * Wh, "b": np.zeros(n_hidden)}
        self.steps = None

    def _stacked(self):
        return np.vstack([self.params["Wx"], self.params["Wh"]])

    def forward(self, x, training=False, h0=None):
        n_in, n_hidden = self.params["Wx"].shape
        x = np.asarray(x, np.float64)
        if x.ndim != 3 or x.shape[2] != n_in or x.shape[1] < 1:
            raise ValueError(f"bad sequences: {x.shape}")
        h = np.zeros((len(x), n_hidden)) if h0 is None else np.array(h0, np.float64)
        if h.shape != (len(x), n_hidden):
            raise ValueError(f"bad first state: {h.shape}")
        W = self._stacked()
        steps = []
        for t in range(x.shape[1]):
            joint = np.hstack([x[:, t, :], h])
            h = np.tanh(joint @ W + self.params["b"])
            steps.append(Step(joint, h))
        if training:
            self.steps = steps
        return np.stack([step.after for step in steps], axis=1)

    def backward(self, dhs):
        if not self.steps:
            raise RuntimeError("nothing to go back through")
        dhs = np.asarray(dhs, np.float64)
        n, n_hidden = self.steps[0].after.shape
        if dhs.shape != (n, len(self.steps), n_hidden):
            raise ValueError(f"bad gradients: {dhs.shape}")
        W = self._stacked()
        n_in = len(W) - n_hidden
        dW, db, dx = np.zeros_like(W), np.zeros(n_hidden), []
        carry = 0.0
        for g, step in zip(reversed(np.moveaxis(dhs, 1, 0)), reversed(self.steps)):
            dz = (g + carry) * (1 - np.square(step.after))
            dW += step.joint.T @ dz
            db += dz.sum(axis=0)
            djoint = dz @ W.T
            dx.insert(0, djoint[:, :n_in])
            carry = djoint[:, n_in:]
        self.grads["Wx"] += dW[:n_in]
        self.grads["Wh"] += dW[n_in:]
        self.grads["b"] += db
        return np.stack(dx, axis=1)

    def zero_grad(self):
        for name in self.grads:
            self.grads[name].fill(0)


def train_on_rows(X, y, rng, epochs=10):
    sequences = np.asarray(X, dtype=float).reshape(len(X), 8, 8)
    labels = np.asarray(y)
    reader, judge = RNN(8, UNITS, rng), Dense(UNITS, 10, rng)
    layers = (reader, judge)
    optimizer = Adam(lr=3e-3)
    for _ in range(epochs):
        shuffled = rng.permutation(len(sequences))
        for start in range(0, len(shuffled), 25):
            rows = shuffled[start : start + 25]
            for layer in layers:
                layer.zero_grad()
            last = reader.forward(sequences[rows], True)[:, -1, :]
            dlogits = softmax_cross_entropy_grad(judge.forward(last, True), labels[rows])
            upstream = np.zeros((len(rows), 8, UNITS))
            upstream[:, 7] = judge.backward(dlogits)
            reader.backward(upstream)
            optimizer.step(
                [layer.params[k] for layer in layers for k in layer.params],
                [layer.grads[k] for layer in layers for k in layer.params],
            )
    return reader, judge
