"""Plain Python over flat lists; numpy only for the arrays that come in and go out."""

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray


def numerical_gradient(
    f: Callable[[NDArray[np.float64]], float], x: ArrayLike, h: float = 1e-5
) -> NDArray[np.float64]:
    array = np.asarray(x, dtype=np.float64)
    shape = array.shape
    numbers = [float(number) for number in array.ravel()]

    def value_at(i: int, step: float) -> float:
        moved = [*numbers[:i], numbers[i] + step, *numbers[i + 1 :]]
        return float(f(np.array(moved, dtype=np.float64).reshape(shape)))

    slopes = []
    for i in range(len(numbers)):
        rise = value_at(i, h) - value_at(i, -h)
        slopes.append(rise / (2.0 * h))
    return np.array(slopes, dtype=np.float64).reshape(shape)


def relative_error(a: ArrayLike, b: ArrayLike, floor: float = 1e-8) -> float:
    a = np.asarray(a, dtype=np.float64)
    b = np.asarray(b, dtype=np.float64)
    if a.shape != b.shape:
        raise ValueError("relative_error needs two arrays of the same shape")
    worst = 0.0
    for p, q in zip(a.ravel().tolist(), b.ravel().tolist(), strict=True):
        if not (math.isfinite(p) and math.isfinite(q)):
            return math.nan
        if p != q:
            half_sum = abs(p) / 2 + abs(q) / 2  # p + q itself may be too large for a float
            worst = max(worst, abs(p / 2 - q / 2) / max(floor / 2, half_sum))
    return worst
