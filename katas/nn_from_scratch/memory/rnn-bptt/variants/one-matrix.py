"""Inputs and states side by side, one matrix product per step; sums at the end."""

import numpy as np

from ..init.schemes import lecun_normal
from ..layers.dense import Dense
from ..losses.softmax_cross_entropy import softmax_cross_entropy_grad
from ..optim.adam import Adam


class RNN:
    def __init__(self, n_in, n_hidden, rng):
        self.n_in, self.n_hidden = n_in, n_hidden
        Wx = lecun_normal(n_in, n_hidden, rng)
        self.W = np.concatenate([Wx, lecun_normal(n_hidden, n_hidden, rng)])
        self.dW = np.zeros(self.W.shape)
        # Views of the two parts of the matrix.
        self.params = {"Wx": self.W[:n_in], "Wh": self.W[n_in:], "b": np.zeros(n_hidden)}
        self.grads = {"Wx": self.dW[:n_in], "Wh": self.dW[n_in:], "b": np.zeros(n_hidden)}
        self.memory = None

    def forward(self, x, training=False, h0=None):
        x = np.asarray(x).astype(float)
        if x.ndim != 3 or x.shape[2] != self.n_in:
            raise ValueError(f"x is {x.shape}")
        h = np.zeros((len(x), self.n_hidden)) if h0 is None else np.asarray(h0).astype(float)
        if h.shape != (len(x), self.n_hidden):
            raise ValueError(f"h0 is {h.shape}")
        rows, outs = [], []
        for t in range(x.shape[1]):
            rows.append(np.hstack([x[:, t], h]))
            h = np.tanh(rows[-1] @ self.W + self.params["b"])
            outs.append(h)
        if training:
            self.memory = np.array(rows), np.array(outs)
        return np.array(outs).swapaxes(0, 1)

    def backward(self, dhs):
        if self.memory is None:
            raise RuntimeError("backward without forward")
        rows, outs = self.memory
        dhs = np.asarray(dhs).astype(float)
        if dhs.shape != outs.swapaxes(0, 1).shape:
            raise ValueError(f"dhs is {dhs.shape}")
        d_zs, d_rows = np.zeros(outs.shape), np.zeros(rows.shape)
        later = np.zeros(outs.shape[1:])
        for t in range(len(outs))[::-1]:
            d_zs[t] = (later + dhs[:, t]) * (1 - np.square(outs[t]))
            d_rows[t] = d_zs[t] @ self.W.T
            later = d_rows[t][:, self.n_in :]
        self.dW += np.tensordot(rows, d_zs, ((0, 1), (0, 1)))
        self.grads["b"] += d_zs.sum(axis=(0, 1))
        return d_rows[:, :, : self.n_in].swapaxes(0, 1)

    def zero_grad(self):
        self.dW[...] = 0
        self.grads["b"][...] = 0


def train_on_rows(X, y, rng, epochs=8):
    X, y = np.asarray(X), np.asarray(y)
    rnn = RNN(8, 50, rng)
    dense = Dense(50, 10, rng)
    adam = Adam(0.006)
    for _ in range(epochs):
        order = rng.permutation(len(X))
        for start in range(0, len(X), 20):
            rows = order[start : start + 20]
            states = rnn.forward(X[rows].reshape(len(rows), 8, 8), training=True)
            z = dense.forward(states[:, -1, :], training=True)
            dhs = states * 0
            dhs[:, -1, :] += dense.backward(softmax_cross_entropy_grad(z, y[rows]))
            rnn.backward(dhs)
            named = [(layer, name) for layer in (rnn, dense) for name in layer.params]
            adam.step(
                [layer.params[name] for layer, name in named],
                [layer.grads[name] for layer, name in named],
            )
            for layer in (rnn, dense):
                layer.zero_grad()
    return rnn, dense
