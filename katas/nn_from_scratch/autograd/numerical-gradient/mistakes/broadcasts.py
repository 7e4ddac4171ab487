"""relative_error compares arrays of different shapes.

numpy broadcasts (3, 1) against (3,) to (3, 3) and compares every element with every other
element, without a warning: an array then does not even equal itself. Raise a ValueError unless
the shapes are exactly the same.
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
        x: the point, of any shape, also 0-d or empty. It is never changed, not even for a moment
            and not even if ``f`` raises. Integers and float32 are computed in float64.
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


def relative_error(a, b, floor=1e-8):
    a, b = np.asarray(a, dtype=np.float64), np.asarray(b, dtype=np.float64)
    if a.size == 0:
        return 0.0
    with np.errstate(invalid="ignore"):
        return float(np.max(np.abs(a - b) / np.maximum(floor, np.abs(a) + np.abs(b))))
