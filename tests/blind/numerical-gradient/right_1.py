"""Central differences: a fresh copy of the point for every call."""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray


def numerical_gradient(
    f: Callable[[NDArray[np.float64]], float], x: ArrayLike, h: float = 1e-5
) -> NDArray[np.float64]:
    point = np.array(x, dtype=np.float64)
    gradient = np.zeros(point.shape)
    for index in np.ndindex(point.shape):
        ahead = point.copy()
        ahead[index] += h
        behind = point.copy()
        behind[index] -= h
        gradient[index] = (float(f(ahead)) - float(f(behind))) / (2 * h)
    return gradient


def relative_error(a: ArrayLike, b: ArrayLike, floor: float = 1e-8) -> float:
    left = np.asarray(a, dtype=np.float64)
    right = np.asarray(b, dtype=np.float64)
    if left.shape != right.shape:
        raise ValueError(f"shapes differ: {left.shape} and {right.shape}")
    if left.size == 0:
        return 0.0
    if not (np.isfinite(left).all() and np.isfinite(right).all()):
        return float("nan")
    with np.errstate(over="ignore"):
        difference = np.abs(left / 2 - right / 2)  # halves, so that 1e308 + 1e308 stays finite
        size = np.maximum(floor / 2, np.abs(left) / 2 + np.abs(right) / 2)
    errors = np.zeros(left.shape)
    np.divide(difference, size, out=errors, where=difference > 0)
    return float(errors.max())
