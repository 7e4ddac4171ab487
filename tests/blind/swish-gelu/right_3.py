"""Right: erf by its Taylor series inside and a continued fraction outside."""

import numpy as np

from .logistic import sigmoid, sigmoid_grad, tanh

ROOT = np.sqrt(2.0 / np.pi)


def _f(x):
    x = np.asarray(x)
    return x.astype(np.promote_types(x.dtype, np.float32) if x.dtype.kind == "f" else float)


def _cdf(x):
    t = x.astype(float)
    a = np.abs(t)
    inner = np.minimum(a, 4.0)
    term, total = inner.copy() if inner.ndim else inner, 0.0
    total = total + term
    for k in range(1, 80):
        term = term * inner * inner / (2 * k + 1)
        total = total + term
    small = np.exp(-inner**2 / 2) / np.sqrt(2 * np.pi) * total
    outer = np.maximum(a, 4.0)
    fraction = outer
    for k in range(60, 0, -1):
        fraction = outer + k / fraction
    tail = np.exp(-outer**2 / 2) / np.sqrt(2 * np.pi) / fraction
    upper = np.where(a < 4, 0.5 + small, 1 - tail)
    return np.where(t < 0, 1 - upper, upper).astype(x.dtype)


def swish(x, beta=1.0):
    x = _f(x)
    return x * sigmoid(x * beta)


def swish_grad(x, beta=1.0):
    x = _f(x)
    z = x * beta
    return sigmoid(z) + z * sigmoid_grad(z)


def swish_grad_beta(x, beta=1.0):
    x = _f(x)
    return np.square(x) * sigmoid_grad(x * beta)


GATES = {
    "none": _cdf,
    "sigmoid": lambda x: sigmoid(1.702 * x),
    "tanh": lambda x: (1 + tanh(float(ROOT) * (x + 0.044715 * x**3))) / 2,
}


def gelu(x, approximate="none"):
    x = _f(x)
    try:
        gate = GATES[approximate]
    except KeyError:
        raise ValueError(f"approximate may be one of {list(GATES)}") from None
    return x * gate(x)


def gelu_grad(x):
    x = _f(x)
    return (_cdf(x) + x * np.exp(-(x**2) / 2) * float(ROOT) / 2).astype(x.dtype)
