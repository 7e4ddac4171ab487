"""softmax_vjp multiplies by the Jacobian of one row after the other; layers keep copies of x."""

import numpy as np

from ..activations.elu import elu, elu_grad, softplus, softplus_grad
from ..activations.gated import gelu, gelu_grad, swish, swish_grad
from ..activations.logistic import relu, relu_grad, sigmoid, sigmoid_grad, tanh, tanh_grad
from ..forward.softmax import softmax


def as_floats(x):
    x = np.asarray(x)
    return x if x.dtype.kind == "f" else x.astype(np.float64)


class Activation:
    def __init__(self, name):
        pairs = {
            "linear": (lambda x: +x, lambda x: x * 0 + 1),
            "relu": (relu, relu_grad),
            "tanh": (tanh, tanh_grad),
            "sigmoid": (sigmoid, sigmoid_grad),
            "elu": (elu, elu_grad),
            "softplus": (softplus, softplus_grad),
            "swish": (swish, swish_grad),
            "gelu": (gelu, gelu_grad),
        }
        try:
            self.f, self.df = pairs[name]
        except KeyError:
            raise ValueError(f"no activation {name}") from None
        self.params = {}
        self.grads = {}

    def forward(self, x, training=False):
        x = as_floats(x)
        if training:
            self.x = x.copy()
        return self.f(x)

    def backward(self, dout):
        if not hasattr(self, "x"):
            raise RuntimeError("forward comes first")
        dout = as_floats(dout)
        if dout.shape != self.x.shape:
            raise ValueError("shape")
        return np.multiply(self.df(self.x), dout)

    def zero_grad(self):
        for gradient in self.grads.values():
            gradient[...] = 0


class ReLU(Activation):
    def __init__(self):
        Activation.__init__(self, "relu")


class Tanh(Activation):
    def __init__(self):
        Activation.__init__(self, "tanh")


class Sigmoid(Activation):
    def __init__(self):
        Activation.__init__(self, "sigmoid")


class Softmax:
    def __init__(self):
        self.params, self.grads = {}, {}

    def forward(self, x, training=False):
        x = as_floats(x)
        if training:
            self.x = x.copy()
        return softmax(x)

    def backward(self, dout):
        if not hasattr(self, "x"):
            raise RuntimeError("forward comes first")
        return softmax_vjp(softmax(self.x), dout)

    def zero_grad(self):
        pass


def softmax_jacobian(p):
    p = as_floats(p)
    if p.ndim != 1:
        raise ValueError("one row of probabilities")
    jacobian = np.empty((p.size, p.size), dtype=p.dtype)
    for i in range(p.size):
        for j in range(p.size):
            jacobian[i, j] = p[i] * (1 - p[i]) if i == j else -p[i] * p[j]
    return jacobian


def softmax_vjp(p, dout):
    p, dout = as_floats(p), as_floats(dout)
    if p.shape != dout.shape:
        raise ValueError("shape")
    result = np.zeros_like(p)
    for n in range(len(p)):
        result[n] = dout[n] @ (np.diag(p[n]) - np.outer(p[n], p[n]))
    return result
