"""Wrong: the derivative of elu from its value, plus 1."""
import numpy as np

from .logistic import sigmoid


def _f(x):
    x = np.asarray(x)
    return x if x.dtype.kind == "f" else x.astype(float)


def elu(x, gamma=1.0):
    x = _f(x)
    return np.maximum(x, 0) + np.expm1(np.minimum(x, 0)) * gamma


def elu_grad(x, gamma=1.0):
    x = _f(x)
    return np.where(x > 0, np.ones_like(x), 1 + elu(x, gamma))


def softplus(x):
    x = _f(x)
    return np.logaddexp(x, x.dtype.type(0))


def softplus_grad(x):
    return sigmoid(x)
