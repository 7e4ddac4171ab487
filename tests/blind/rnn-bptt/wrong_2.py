import numpy as np

from ..digits.pipeline import iterate_minibatches
from ..init.schemes import lecun_normal
from ..layers.dense import Dense
from ..losses.softmax_cross_entropy import softmax_cross_entropy_grad
from ..optim.adam import Adam


class RNN:
    def __init__(self, n_in, n_hidden, rng):
        self.n_in = n_in
        self.n_hidden = n_hidden
        self.params = {}
        self.params["Wx"] = lecun_normal(n_in, n_hidden, rng)
        self.params["Wh"] = lecun_normal(n_hidden, n_hidden, rng)
        self.params["b"] = np.zeros(n_hidden)
        self.grads = {}
        for name in self.params:
            self.grads[name] = np.zeros(self.params[name].shape)
        self.cache = None

    def forward(self, x, training=False, h0=None):
        x = np.asarray(x, dtype=float)
        if x.ndim != 3 or x.shape[2] != self.n_in:
            raise ValueError("x must be (N, T, I)")
        N, T, _ = x.shape
        if h0 is None:
            h0 = np.zeros((N, self.n_hidden))
        h0 = np.asarray(h0, dtype=float)
        if h0.shape != (N, self.n_hidden):
            raise ValueError("h0 must be (N, H)")
        hs = np.zeros((N, T, self.n_hidden))
        h = h0
        for t in range(T):
            z = x[:, t] @ self.params["Wx"] + h @ self.params["Wh"] + self.params["b"]
            h = np.tanh(z)
            hs[:, t] = h
        if training:
            self.cache = (x, h0, hs)
        return hs

    def backward(self, dhs):
        if self.cache is None:
            raise RuntimeError("forward(training=True) must come first")
        x, h0, hs = self.cache
        dhs = np.asarray(dhs, dtype=float)
        if dhs.shape != hs.shape:
            raise ValueError("dhs must be (N, T, H)")
        dx = np.zeros(x.shape)
        dh_next = np.zeros(h0.shape)
        for t in range(x.shape[1] - 1, -1, -1):
            dh = dhs[:, t] + dh_next
            dz = dh * (1 - hs[:, t] ** 2)
            h_prev = hs[:, t - 1] if t > 0 else h0
            self.grads["Wx"] += x[:, t].T @ dz
            self.grads["Wh"] += h_prev.T @ dz
            self.grads["b"] += dz.sum(axis=0)
            dx[:, t] = dz @ self.params["Wx"].T
            dh_next = dz @ self.params["Wh"]
        return dx

    def zero_grad(self):
        for name in self.grads:
            self.grads[name][:] = 0


def train_on_rows(X, y, rng, epochs=8):
    X = np.asarray(X)
    y = np.asarray(y)
    rnn = RNN(8, 64, rng)
    dense = Dense(64, 10, rng)
    opt = Adam(0.003)
    for _ in range(epochs):
        for xb, yb in iterate_minibatches(X, y, 32, rng):
            rnn.zero_grad()
            dense.zero_grad()
            hs = rnn.forward(xb.reshape(len(xb), 8, 8), training=True)
            logits = dense.forward(hs[:, -1], training=True)
            dhs = np.zeros(hs.shape)
            dhs[:, -1] = dense.backward(softmax_cross_entropy_grad(logits, yb))
            rnn.backward(dhs)
            params, grads = [], []
            for layer in (rnn, dense):
                for name in layer.params:
                    params.append(layer.params[name])
                    grads.append(layer.grads[name])
            opt.step(params, grads)
    return rnn, dense
