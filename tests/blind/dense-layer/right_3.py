import numpy as np

from ..forward.affine import affine
from ..init.schemes import he_normal, lecun_normal, xavier_normal


def _first_weights(init, shape, rng):
    match init:
        case "he":
            return he_normal(*shape, rng)
        case "xavier":
            return xavier_normal(*shape, rng)
        case "lecun":
            return lecun_normal(*shape, rng)
    raise ValueError("init must be he, xavier or lecun")


class Dense:
    def __init__(self, units_in, units_out, rng, init="he"):
        self.n_in, self.n_out = units_in, units_out
        weights = _first_weights(init, (units_in, units_out), rng)
        self.params = {"W": weights, "b": np.zeros(units_out)}
        self.grads = {"W": np.zeros((units_in, units_out)), "b": np.zeros(units_out)}
        self.saved = []

    def forward(self, x, training=False):
        x = np.asarray(x)
        if x.ndim != 2:
            raise ValueError("one row per sample, please")
        # affine raises the ValueError if the number of columns is wrong
        out = affine(x.astype(np.float64), self.params["W"], self.params["b"])
        if training:
            self.saved = [x.astype(np.float64)]
        return out

    def backward(self, dout):
        if not self.saved:
            raise RuntimeError("nothing was stored")
        (x,) = self.saved
        dout = np.asarray(dout)
        if dout.shape != (x.shape[0], self.n_out):
            raise ValueError("dout does not fit the outputs")
        dx = np.zeros(x.shape)
        for i in range(len(x)):  # one sample after the other, their gradients add up
            self.grads["W"] += np.outer(x[i], dout[i])
            self.grads["b"] += dout[i]
            dx[i] = self.params["W"].dot(dout[i])
        return dx

    def zero_grad(self):
        self.grads["W"][...] = 0
        self.grads["b"][...] = 0
