"""Right: the exponent is a minimum with 0, everything by small helpers."""

import numpy as np

FLOATS = (np.float16, np.float32, np.float64)


def to_float(x):
    a = np.array(x)
    return a if a.dtype.type in FLOATS else a.astype("float64")


def sigmoid(x):
    a = to_float(x)
    zero = a.dtype.type(0)
    return np.exp(np.minimum(a, zero)) / (1 + np.exp(-np.abs(a)))


def sigmoid_grad(x):
    return sigmoid(x) * (1 - sigmoid(x))


def tanh(x):
    a = to_float(x)
    e = np.exp(-2 * np.abs(a))
    return np.copysign((1 - e) / (1 + e), a)


def tanh_grad(x):
    return 1 - tanh(x) ** 2


def relu(x):
    a = to_float(x)
    return np.where(a < 0, a.dtype.type(0), a)


def relu_grad(x):
    a = to_float(x)
    return np.heaviside(a, a.dtype.type(0))


def saturation(f_grad, tol=1e-3, at=50.0):
    names = ["none", "left", "right", "both"]
    return names[int(abs(f_grad(-at)) < tol) + 2 * int(abs(f_grad(at)) < tol)]
