"""Functions that run in the process of the learner's module."""

import numpy as np

from .forward import im2col


def shares_memory(x: np.ndarray, kh: int, kw: int) -> bool:
    """Return whether the rows of im2col are a view of the images."""
    return bool(np.shares_memory(im2col(x, kh, kw), x))
