"""Wrong: the derivative is taken at the output."""

import numpy as np

from ..activations.elu import elu, elu_grad, softplus, softplus_grad
from ..activations.gated import gelu, gelu_grad, swish, swish_grad
from ..activations.logistic import relu, relu_grad, sigmoid, sigmoid_grad, tanh, tanh_grad
from ..forward.softmax import softmax


def _float(a):
    a = np.asarray(a)
    if a.dtype in (np.float32, np.float64):
        return a
    return a.astype(np.float64)


def identity(x):
    return x.copy()


def one(x):
    return np.ones(x.shape, dtype=x.dtype)


TABLE = {
    "linear": (identity, one),
    "relu": (relu, relu_grad),
    "tanh": (tanh, tanh_grad),
    "sigmoid": (sigmoid, sigmoid_grad),
    "elu": (elu, elu_grad),
    "softplus": (softplus, softplus_grad),
    "swish": (swish, swish_grad),
    "gelu": (gelu, gelu_grad),
}


class Activation:
    def __init__(self, name):
        if name not in TABLE:
            raise ValueError("unknown activation: " + str(name))
        self.name = name
        self.params = {}
        self.grads = {}
        self.slope = None

    def forward(self, x, training=False):
        x = _float(x)
        f, df = TABLE[self.name]
        y = f(x)
        if training:
            self.slope = df(y)
        return y

    def backward(self, dout):
        if self.slope is None:
            raise RuntimeError("no training forward yet")
        dout = _float(dout)
        if dout.shape != self.slope.shape:
            raise ValueError("dout has the wrong shape")
        return dout * self.slope

    def zero_grad(self):
        pass


class ReLU(Activation):
    def __init__(self):
        super().__init__("relu")


class Tanh(Activation):
    def __init__(self):
        super().__init__("tanh")


class Sigmoid(Activation):
    def __init__(self):
        super().__init__("sigmoid")


class Softmax:
    def __init__(self):
        self.params = {}
        self.grads = {}
        self.probs = None

    def forward(self, x, training=False):
        probs = softmax(_float(x), axis=1)
        if training:
            self.probs = probs.copy()
        return probs

    def backward(self, dout):
        if self.probs is None:
            raise RuntimeError("no training forward yet")
        return softmax_vjp(self.probs, dout)

    def zero_grad(self):
        pass


def softmax_jacobian(p):
    p = _float(p)
    if p.ndim != 1:
        raise ValueError("expected one row")
    return np.diag(p) - np.outer(p, p)


def softmax_vjp(p, dout):
    p, dout = _float(p), _float(dout)
    if p.shape != dout.shape:
        raise ValueError("shapes differ")
    inner = np.sum(p * dout, axis=1, keepdims=True)
    return p * (dout - inner)
