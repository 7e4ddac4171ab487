"""Every step is an object that remembers what it needs; the steps share the dictionaries."""

import numpy as np

from ..digits.pipeline import iterate_minibatches
from ..init.schemes import lecun_normal
from ..layers.dense import Dense
from ..losses.softmax_cross_entropy import softmax_cross_entropy_grad
from ..optim.adam import Adam


class _Step:
    def __init__(self, params, grads):
        self.params, self.grads = params, grads

    def forward(self, x, h):
        self.x, self.h = x, h
        self.out = np.tanh(x @ self.params["Wx"] + (h @ self.params["Wh"] + self.params["b"]))
        return self.out

    def backward(self, d):
        d = d * (1 + self.out) * (1 - self.out)
        self.grads["Wx"] += np.einsum("ni,nh->ih", self.x, d)
        self.grads["Wh"] += np.einsum("ng,nh->gh", self.h, d)
        self.grads["b"] += np.einsum("nh->h", d)
        return d @ self.params["Wx"].T, d @ self.params["Wh"].T


class RNN:
    def __init__(self, n_in, n_hidden, rng):
        self.sizes = n_in, n_hidden
        self.params = {"b": np.zeros(n_hidden)}
        self.params["Wx"] = lecun_normal(n_in, n_hidden, rng)
        self.params["Wh"] = lecun_normal(n_hidden, n_hidden, rng)
        self.grads = {name: 0 * array for name, array in self.params.items()}
        self.steps = None

    def forward(self, x, training=False, h0=None):
        x = np.array(x, float)
        if x.ndim != 3 or x.shape[-1] != self.sizes[0]:
            raise ValueError("sequences of inputs are needed")
        h = np.zeros((x.shape[0], self.sizes[1])) if h0 is None else np.array(h0, float)
        if h.shape != (x.shape[0], self.sizes[1]):
            raise ValueError("the first state does not match")
        steps = [_Step(self.params, self.grads) for _ in range(x.shape[1])]
        out = np.empty((*x.shape[:2], self.sizes[1]))
        for t, step in enumerate(steps):
            out[:, t] = h = step.forward(x[:, t], h)
        if training:
            self.steps = steps
        return out

    def backward(self, dhs):
        if self.steps is None:
            raise RuntimeError("no sequence is known")
        dhs = np.array(dhs, float)
        if dhs.shape != (len(self.steps[0].x), len(self.steps), self.sizes[1]):
            raise ValueError("the gradients do not match the states")
        found, carried = [], 0.0
        for t in range(len(self.steps) - 1, -1, -1):
            dx, carried = self.steps[t].backward(dhs[:, t] + carried)
            found.insert(0, dx)
        return np.stack(found, axis=1)

    def zero_grad(self):
        for array in self.grads.values():
            array *= 0


def train_on_rows(X, y, rng, epochs=8):
    X, y = np.asarray(X, float), np.asarray(y)
    rnn, dense = RNN(8, 48, rng), Dense(48, 10, rng, "xavier")
    values = [*rnn.params.values(), *dense.params.values()]
    optimizer = Adam(0.004)
    for _ in range(epochs):
        for batch, labels in iterate_minibatches(X, y, 32, rng):
            hs = rnn.forward(batch.reshape(-1, 8, 8), True)
            z = dense.forward(hs[:, 7], True)
            back = np.zeros(hs.shape)
            back[:, 7] = dense.backward(softmax_cross_entropy_grad(z, labels))
            rnn.backward(back)
            slopes = [layer.grads[name] for layer in (rnn, dense) for name in layer.params]
            optimizer.step(values, slopes)
            rnn.zero_grad()
            dense.zero_grad()
    return rnn, dense
