"""One private buffer; f gets a copy of it, and each number is put back from what was saved."""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray


def numerical_gradient(
    f: Callable[[NDArray[np.float64]], float], x: ArrayLike, h: float = 1e-5
) -> NDArray[np.float64]:
    original = np.array(x, dtype=np.float64, order="C")
    buffer = original.reshape(-1)
    slopes = np.empty_like(buffer)

    def ask() -> float:
        return float(f(buffer.reshape(original.shape).copy()))

    for i, here in enumerate(buffer.copy()):
        buffer[i] = here + h
        ahead = ask()
        buffer[i] = here - h
        behind = ask()
        buffer[i] = here
        slopes[i] = (ahead - behind) / (2 * h)
    return slopes.reshape(original.shape)


def relative_error(a: ArrayLike, b: ArrayLike, floor: float = 1e-8) -> float:
    pair = [np.asarray(a, dtype=float), np.asarray(b, dtype=float)]
    if pair[0].shape != pair[1].shape:
        raise ValueError(f"cannot compare the shapes {pair[0].shape} and {pair[1].shape}")
    both = np.stack(pair)
    if not np.all(np.isfinite(both)):
        return float("nan")
    both = both[:, both[0] != both[1]] / 2
    denominators = np.maximum(floor / 2, np.abs(both).sum(axis=0))
    return float(np.max(np.abs(both[0] - both[1]) / denominators, initial=0.0))
