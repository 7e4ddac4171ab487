"""The gradient of softmax goes through log p, and closures remember the forward pass."""

import numpy as np

from ..activations.elu import elu, elu_grad, softplus, softplus_grad
from ..activations.gated import gelu, gelu_grad, swish, swish_grad
from ..activations.logistic import relu, relu_grad, sigmoid, sigmoid_grad, tanh, tanh_grad
from ..forward.softmax import softmax


def _as_floats(x):
    x = np.asarray(x)
    return x if np.issubdtype(x.dtype, np.floating) else np.asarray(x, dtype=np.float64)


class _Base:
    def __init__(self):
        self.params = {}
        self.grads = {}
        self._shape = None
        self._pull = None

    def _remember(self, shape, pull):
        self._shape, self._pull = shape, pull

    def backward(self, dout):
        if self._pull is None:
            raise RuntimeError("backward before forward(training=True)")
        dout = _as_floats(dout)
        if dout.shape != self._shape:
            raise ValueError(f"expected {self._shape}, got {dout.shape}")
        return self._pull(dout)

    def zero_grad(self):
        pass


class Activation(_Base):
    def __init__(self, name):
        super().__init__()
        if name == "linear":
            self._fs = (np.copy, None)
        elif name in ("relu", "tanh", "sigmoid", "elu", "softplus", "swish", "gelu"):
            self._fs = {
                "relu": (relu, relu_grad),
                "tanh": (tanh, tanh_grad),
                "sigmoid": (sigmoid, sigmoid_grad),
                "elu": (elu, elu_grad),
                "softplus": (softplus, softplus_grad),
                "swish": (swish, swish_grad),
                "gelu": (gelu, gelu_grad),
            }[name]
        else:
            raise ValueError(name)

    def forward(self, x, training=False):
        x = _as_floats(x)
        f, f_grad = self._fs
        if training:
            slopes = None if f_grad is None else f_grad(x)
            self._remember(x.shape, lambda d: d.copy() if slopes is None else d * slopes)
        return f(x)


class ReLU(Activation):
    def __init__(self):
        super().__init__("relu")


class Tanh(Activation):
    def __init__(self):
        super().__init__("tanh")


class Sigmoid(Activation):
    def __init__(self):
        super().__init__("sigmoid")


class Softmax(_Base):
    def forward(self, x, training=False):
        p = softmax(_as_floats(x))
        if training:
            kept = p.copy()
            self._remember(p.shape, lambda d: softmax_vjp(kept, d))
        return p


def softmax_jacobian(p):
    p = _as_floats(p)
    if p.ndim != 1:
        raise ValueError("p must have one axis")
    # dp_i/dz_j = p_i d(log p_i)/dz_j, and d(log p_i)/dz_j is 1 - p_j or -p_j.
    return p[:, np.newaxis] * (np.identity(len(p), dtype=p.dtype) - p)


def softmax_vjp(p, dout):
    p, dout = _as_floats(p), _as_floats(dout)
    if p.shape != dout.shape:
        raise ValueError("p and dout must have the same shape")
    d_log = dout * p
    return d_log - p * d_log.sum(axis=-1, keepdims=True)
