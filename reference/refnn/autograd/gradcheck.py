"""Measure gradients numerically, to check the gradients that are computed by rules.

Move one coordinate a little to each side, see how much the function changes, and divide. That is
slow (two calls per coordinate) and a little inexact, but it needs no calculus, so it can check
every backward pass in this network.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray


def numerical_gradient(
    f: Callable[[NDArray[np.float64]], float], x: ArrayLike, h: float = 1e-5
) -> NDArray[np.float64]:
    """Return the gradient of a scalar function at x, measured by central differences.

    Coordinate i of the result is ``(f(x + h e_i) - f(x - h e_i)) / (2 h)``, where ``e_i`` is 1 at
    i and 0 elsewhere. The error is of order h² from the formula plus about ``1e-16 / h`` from
    rounding; the default h balances the two.

    Args:
        f: takes a float64 array of the shape of ``x``, which it only reads, and returns one
            number. It is called at most ``2 * x.size + 1`` times.
        x: the point, of any shape, including 0-d and empty. It is never changed, not even for a
            moment and not even if ``f`` raises. Integers and float32 are converted to float64.
        h: the step, in the units of ``x``.

    Returns:
        A float64 array of the shape of ``x``.

    Source: the usual numerical check of gradients; see any text on backpropagation.
    """
    point = np.asarray(x, dtype=np.float64)
    gradient = np.zeros_like(point)
    for index in np.ndindex(point.shape):
        # Two new arrays per coordinate, so nothing has to be restored: adding h and subtracting
        # it again does not always give the old number.
        step = np.zeros_like(point)
        step[index] = h
        gradient[index] = (f(point + step) - f(point - step)) / (2 * h)
    return gradient


def relative_error(a: ArrayLike, b: ArrayLike, floor: float = 1e-8) -> float:
    """Return the largest relative error between two arrays, over all elements.

    That is the largest ``|a - b| / max(floor, |a| + |b|)``. The ``floor`` keeps two numbers that
    are both nearly zero from counting as different. 0 means equal; 1 means opposite, or that one
    of the two is zero and the other is not.

    Args:
        a, b: arrays, lists or numbers of exactly the same shape. Their order does not matter.
        floor: the smallest denominator, in the units of ``a`` and ``b``.

    Returns:
        The largest error over all elements; 0.0 for empty arrays; nan if either array holds a
        nan or an infinity.

    Raises:
        ValueError: the shapes differ. Nothing is broadcast, because (3, 1) against (3,) would
            silently compare every element with every other.
    """
    left, right = _float_array(a), _float_array(b)
    if left.shape != right.shape:
        raise ValueError(f"cannot compare shape {left.shape} with shape {right.shape}")
    if left.size == 0:
        return 0.0
    with np.errstate(invalid="ignore"):  # inf - inf and inf / inf are nan, as the docstring says
        error = np.abs(left - right) / np.maximum(floor, np.abs(left) + np.abs(right))
    return float(error.max())


def _float_array(values: ArrayLike) -> NDArray[Any]:
    return np.asarray(values, dtype=np.float64)
