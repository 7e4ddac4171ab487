"""A recurrent layer. Inside, time is the first axis; the gradients are sums over (t, n)."""

import numpy as np

from ..digits.pipeline import iterate_minibatches
from ..init.schemes import lecun_normal
from ..layers.dense import Dense
from ..losses.softmax_cross_entropy import softmax_cross_entropy_grad
from ..optim.adam import Adam


class RNN:
    def __init__(self, n_in, n_hidden, rng):
        self.size = n_in, n_hidden
        self.params = {}
        self.params["Wx"] = lecun_normal(n_in, n_hidden, rng)
        self.params["Wh"] = lecun_normal(n_hidden, n_hidden, rng)
        self.params["b"] = np.zeros(n_hidden)
        self.grads = {key: np.zeros_like(value) for key, value in self.params.items()}
        self._pass = None

    def forward(self, x, training=False, h0=None):
        n_in, n_hidden = self.size
        x = np.asarray(x, dtype=float)
        if x.ndim != 3 or x.shape[1] == 0 or x.shape[2] != n_in:
            raise ValueError(f"x must be (N, T, {n_in})")
        N, T, _ = x.shape
        states = np.zeros((T + 1, N, n_hidden))  # states[t + 1] is the state after step t
        if h0 is not None:
            if np.shape(h0) != (N, n_hidden):
                raise ValueError(f"h0 must be {(N, n_hidden)}")
            states[0] = h0
        drive = np.einsum("nti,ih->tnh", x, self.params["Wx"]) + self.params["b"]
        for t in range(T):
            states[t + 1] = np.tanh(drive[t] + states[t] @ self.params["Wh"])
        if training:
            self._pass = x.copy(), states
        return states[1:].swapaxes(0, 1).copy()

    def backward(self, dhs):
        if self._pass is None:
            raise RuntimeError("run forward with training=True first")
        x, states = self._pass
        T, N, H = states[1:].shape
        dhs = np.asarray(dhs, dtype=float)
        if dhs.shape != (N, T, H):
            raise ValueError(f"dhs must be {(N, T, H)}")
        dz = 1 - states[1:] ** 2
        from_next = np.zeros((N, H))
        for t in reversed(range(T)):
            dz[t] *= dhs[:, t] + from_next
            from_next = dz[t] @ self.params["Wh"].T
        self.grads["Wx"] += np.einsum("nti,tnh->ih", x, dz)
        self.grads["Wh"] += np.einsum("tnk,tnh->kh", states[:-1], dz)
        self.grads["b"] += np.einsum("tnh->h", dz)
        return np.einsum("tnh,ih->nti", dz, self.params["Wx"])

    def zero_grad(self):
        for grad in self.grads.values():
            grad *= 0.0


def train_on_rows(X, y, rng, epochs=12):
    rnn = RNN(8, 48, rng)
    out = Dense(48, 10, rng, "xavier")
    weights = list(rnn.params.values()) + list(out.params.values())
    slopes = list(rnn.grads.values()) + list(out.grads.values())
    adam = Adam(lr=0.004)
    for _ in range(epochs):
        for images, digits in iterate_minibatches(X, y, 32, rng):
            rnn.zero_grad()
            out.zero_grad()
            hs = rnn.forward(images.reshape(-1, 8, 8), training=True)
            scores = out.forward(hs[:, -1], training=True)
            dhs = np.zeros_like(hs)
            dhs[:, -1] = out.backward(softmax_cross_entropy_grad(scores, digits))
            rnn.backward(dhs)
            adam.step(weights, slopes)
    return rnn, out
