"""Measure a gradient by experiment, to judge the gradients that are worked out by rule.

Move one coordinate a little to each side, watch how much the function answers, and divide. That
is slow (two calls a coordinate) and a little inexact, but it needs no calculus at all, so it
makes a fair judge of every backward pass in this network.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray


def numerical_gradient(
    f: Callable[[NDArray[np.float64]], float], x: ArrayLike, h: float = 1e-5
) -> NDArray[np.float64]:
    """Estimate the gradient of a scalar function by central differences.

    Coordinate i of the result is ``(f(x + h e_i) - f(x - h e_i)) / (2 h)``, where ``e_i`` is 1 at
    i and 0 elsewhere. The error is of order h² from the formula plus about ``1e-16 / h`` from
    rounding; the default h balances the two.

    Args:
        f: takes a float64 array of the shape of ``x`` and returns one number. It is called
            exactly ``2 * x.size`` times.
        x: the point, of any shape, also 0-d or empty. It is never changed, not even for a moment
            and not even when ``f`` raises. Whole numbers are computed in float64.
        h: the step, in the units of ``x``.

    Returns:
        A float64 array of the shape of ``x``.

    Source: numerical differentiation as used to check gradients; see any text on backpropagation.
    """
    raise NotImplementedError("kata numerical-gradient: numerical_gradient is yours to write")


def relative_error(a: ArrayLike, b: ArrayLike, floor: float = 1e-8) -> float:
    """Return how far two arrays are apart, as the worst relative error of any element.

    That is the largest ``|a - b| / max(floor, |a| + |b|)``. The ``floor`` keeps two numbers that
    are both nearly zero from counting as far apart. 0 says equal, 1 says opposite or that one of
    the two is zero where the other is not.

    Args:
        a, b: two arrays of exactly the same shape; the order of the two does not matter.
        floor: the smallest denominator, in the units of ``a`` and ``b``.

    Returns:
        The largest error over all elements; 0.0 for empty arrays; nan when either array holds a
        nan or an infinity.

    Raises:
        ValueError: the shapes differ. Nothing is broadcast, since (3, 1) against (3,) would
            silently compare every element with every other.
    """
    raise NotImplementedError("kata numerical-gradient: relative_error is yours to write")
