"""Every class is written out and keeps what its formula needs: a mask, or the output."""

import numpy as np

from ..activations import elu as elus
from ..activations import gated, logistic
from ..forward.softmax import softmax


class Layer:
    def __init__(self):
        self.params, self.grads, self.kept = {}, {}, None

    def forward(self, x, training=False):
        x = np.asarray(x)
        if x.dtype not in (np.float32, np.float64):
            x = x.astype(float)
        out, kept = self.compute(x)
        if training:
            self.kept = np.array(kept)
        return out

    def backward(self, dout):
        if self.kept is None:
            raise RuntimeError("no forward pass")
        if np.shape(dout) != self.kept.shape:
            raise ValueError(f"dout has shape {np.shape(dout)}")
        dout = np.asarray(dout)
        if dout.dtype.kind != "f":
            dout = dout.astype(float)
        return self.go_back(dout, self.kept)

    def zero_grad(self):
        return None


class ReLU(Layer):
    def compute(self, x):
        return np.where(x > 0, x, x.dtype.type(0)), x > 0

    def go_back(self, dout, mask):
        return np.where(mask, dout, dout.dtype.type(0))


class Tanh(Layer):
    def compute(self, x):
        a = np.tanh(x)
        return a, a

    def go_back(self, dout, a):
        return dout - dout * a * a


class Sigmoid(Layer):
    def compute(self, x):
        s = logistic.sigmoid(x)
        return s, s

    def go_back(self, dout, s):
        return dout * (s - s * s)


class Softmax(Layer):
    def compute(self, x):
        p = softmax(x)
        return p, p

    def go_back(self, dout, p):
        return softmax_vjp(p, dout)


class Activation(Layer):
    def __init__(self, name):
        super().__init__()
        if name == "linear":
            self.f, self.slope = np.array, np.ones_like
            return
        places = {"relu": logistic, "tanh": logistic, "sigmoid": logistic, "swish": gated}
        places |= {"gelu": gated, "elu": elus, "softplus": elus}
        if name not in places:
            raise ValueError(f"{name} is not an activation")
        self.f = getattr(places[name], name)
        self.slope = getattr(places[name], f"{name}_grad")

    def compute(self, x):
        return self.f(x), self.slope(x)

    def go_back(self, dout, slopes):
        return slopes * dout


def softmax_jacobian(p):
    p = np.asarray(p)
    if p.dtype.kind != "f":
        p = p.astype(float)
    (c,) = p.shape
    return np.eye(c, dtype=p.dtype) * p - p[:, None] * p[None, :]


def softmax_vjp(p, dout):
    p, dout = np.asarray(p), np.asarray(dout)
    if p.dtype.kind != "f":
        p = p.astype(float)
    if p.shape != dout.shape:
        raise ValueError("p and dout differ in shape")
    weighted = p * dout
    return weighted - p * weighted.sum(axis=1)[:, None]
