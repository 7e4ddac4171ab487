"""The parameter h is accepted but not used: the step is always 1e-5.

A call with h=0.5 still gets the result for 1e-5. For the sum of cubes at 0 the formula gives h²:
with h=0.5 that is 0.25, and the result is 1e-10. Use h where you move the point and where you
divide.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray


def numerical_gradient(f, x, h=1e-5):
    h = 1e-5
    point = np.array(x, dtype=np.float64)
    gradient = np.zeros(point.shape)
    for i in np.ndindex(point.shape):
        kept = point[i]
        point[i] = kept + h
        above = f(point)
        point[i] = kept - h
        below = f(point)
        point[i] = kept
        gradient[i] = (above - below) / (2 * h)
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
