"""A recursion over the steps, from the last one inwards; the inputs are multiplied all at once."""

import numpy as np

from ..digits.pipeline import iterate_minibatches
from ..init.schemes import lecun_normal
from ..layers.dense import Dense
from ..losses.softmax_cross_entropy import softmax_cross_entropy_grad
from ..optim.adam import Adam


class RNN:
    def __init__(self, n_in, n_hidden, rng):
        names = {"Wx": n_in, "Wh": n_hidden}
        self.params = {name: lecun_normal(rows, n_hidden, rng) for name, rows in names.items()}
        self.params["b"] = np.zeros(n_hidden)
        self.grads = {name: np.zeros(array.shape) for name, array in self.params.items()}
        self.last = None

    def forward(self, x, training=False, h0=None):
        x = np.asarray(x, np.float64)
        if x.ndim != 3 or x.shape[2] != len(self.params["Wx"]):
            raise ValueError("x does not have the shape (N, T, I)")
        if h0 is None:
            h0 = np.zeros((len(x), len(self.params["b"])))
        h0 = np.asarray(h0, np.float64)
        if h0.shape != (len(x), len(self.params["b"])):
            raise ValueError("h0 does not have the shape (N, H)")
        driven = x @ self.params["Wx"] + self.params["b"]
        states = self._states(driven, h0)
        if training:
            self.last = x.copy(), h0.copy(), states.copy()
        return states

    def _states(self, driven, h):
        out = driven.copy()
        for t in range(driven.shape[1]):
            out[:, t] += h @ self.params["Wh"]
            np.tanh(out[:, t], out=out[:, t])
            h = out[:, t]
        return out

    def backward(self, dhs):
        if self.last is None:
            raise RuntimeError("call forward with training=True")
        x, h0, states = self.last
        dhs = np.asarray(dhs, np.float64)
        if dhs.shape != states.shape:
            raise ValueError("dhs does not have the shape of the states")
        dz = np.zeros(states.shape)

        def at(t):
            """Return the whole gradient of h_t."""
            d = dhs[:, t]
            if t + 1 < states.shape[1]:
                dz[:, t + 1] = at(t + 1) * (1 - states[:, t + 1] ** 2)
                d = d + dz[:, t + 1] @ self.params["Wh"].T
            return d

        dz[:, 0] = at(0) * (1 - states[:, 0] ** 2)
        before = np.concatenate([h0[:, None], states[:, :-1]], axis=1)
        self.grads["Wx"] += np.einsum("nti,nth->ih", x, dz)
        self.grads["Wh"] += np.einsum("ntg,nth->gh", before, dz)
        self.grads["b"] += np.einsum("nth->h", dz)
        return dz @ self.params["Wx"].T

    def zero_grad(self):
        for name in self.grads:
            self.grads[name].fill(0)


def train_on_rows(X, y, rng, epochs=8):
    sequences = np.array(X, float).reshape(-1, 8, 8)
    dense = Dense(56, 10, rng, "xavier")
    rnn = RNN(8, 56, rng)
    optimizers = {rnn: Adam(0.005), dense: Adam(0.005)}
    for epoch in range(epochs):
        for x, labels in iterate_minibatches(sequences, y, 32, rng):
            states = rnn.forward(x, training=True)
            dhs = np.zeros(states.shape)
            z = dense.forward(states[:, -1], training=True)
            dhs[:, -1] = dense.backward(softmax_cross_entropy_grad(z, labels))
            rnn.backward(dhs)
            for layer, optimizer in optimizers.items():
                optimizer.step(list(layer.params.values()), [layer.grads[n] for n in layer.params])
                layer.zero_grad()
        if epoch == 5:
            optimizers = {rnn: Adam(0.001), dense: Adam(0.001)}
    return rnn, dense
