"""Wrong: the mask of ReLU looks at the gradient."""

import numpy as np

from ..activations.elu import elu, elu_grad, softplus, softplus_grad
from ..activations.gated import gelu, gelu_grad, swish, swish_grad
from ..activations.logistic import relu, sigmoid, tanh
from ..forward.softmax import softmax


def check(dout, kept):
    if kept is None:
        raise RuntimeError("backward needs forward(x, training=True)")
    dout = np.asarray(dout)
    if dout.shape != kept.shape:
        raise ValueError(f"dout is {dout.shape}, the output was {kept.shape}")
    return dout if dout.dtype.kind == "f" else dout.astype(float)


def prepare(x):
    x = np.asarray(x)
    return x if x.dtype.kind == "f" else x.astype(float)


class ReLU:
    def __init__(self):
        self.params = {}
        self.grads = {}
        self.mask = None

    def forward(self, x, training=False):
        x = prepare(x)
        if training:
            self.mask = x > 0
        return relu(x)

    def backward(self, dout):
        dout = check(dout, self.mask)
        return dout * (dout > 0)

    def zero_grad(self):
        pass


class Tanh:
    def __init__(self):
        self.params = {}
        self.grads = {}
        self.a = None

    def forward(self, x, training=False):
        a = tanh(prepare(x))
        if training:
            self.a = np.copy(a)
        return a

    def backward(self, dout):
        return check(dout, self.a) * (1 - self.a**2)

    def zero_grad(self):
        pass


class Sigmoid:
    def __init__(self):
        self.params = {}
        self.grads = {}
        self.s = None

    def forward(self, x, training=False):
        s = sigmoid(prepare(x))
        if training:
            self.s = np.copy(s)
        return s

    def backward(self, dout):
        return check(dout, self.s) * self.s * (1 - self.s)

    def zero_grad(self):
        pass


class Other:
    def __init__(self, f, df):
        self.f, self.df, self.slopes = f, df, None

    def forward(self, x, training=False):
        x = prepare(x)
        if training:
            self.slopes = self.df(x)
        return self.f(x)

    def backward(self, dout):
        return check(dout, self.slopes) * self.slopes


class Activation:
    def __init__(self, name):
        makers = {
            "relu": ReLU,
            "tanh": Tanh,
            "sigmoid": Sigmoid,
            "linear": lambda: Other(np.array, np.ones_like),
            "elu": lambda: Other(elu, elu_grad),
            "softplus": lambda: Other(softplus, softplus_grad),
            "swish": lambda: Other(swish, swish_grad),
            "gelu": lambda: Other(gelu, gelu_grad),
        }
        if name not in makers:
            raise ValueError(f"no activation is called {name}")
        self.inner = makers[name]()
        self.params = {}
        self.grads = {}

    def forward(self, x, training=False):
        return self.inner.forward(x, training)

    def backward(self, dout):
        return self.inner.backward(dout)

    def zero_grad(self):
        pass


class Softmax:
    def __init__(self):
        self.params = {}
        self.grads = {}
        self.p = None

    def forward(self, x, training=False):
        p = softmax(prepare(x))
        if training:
            self.p = np.copy(p)
        return p

    def backward(self, dout):
        return softmax_vjp(self.p, check(dout, self.p))

    def zero_grad(self):
        pass


def softmax_jacobian(p):
    p = prepare(p)
    if p.ndim != 1:
        raise ValueError("p is not (C,)")
    jac = -p.reshape(-1, 1) * p.reshape(1, -1)
    jac[np.arange(len(p)), np.arange(len(p))] += p
    return jac


def softmax_vjp(p, dout):
    p = prepare(p)
    dout = check(dout, p)
    out = np.empty_like(p)
    for n in range(p.shape[0]):
        out[n] = p[n] * (dout[n] - np.dot(p[n], dout[n]))
    return out
