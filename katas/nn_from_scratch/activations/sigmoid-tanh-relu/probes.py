"""Functions that run beside the learner's logistic module."""

import numpy as np

from . import logistic as module


def quietly(name: str, x: np.ndarray) -> np.ndarray:
    """Call a function of the module where an overflow, 1/0 or 0/0 is an error."""
    with np.errstate(over="raise", divide="raise", invalid="raise"):
        return getattr(module, name)(x)


def shares_memory(name: str, x: np.ndarray) -> bool:
    """Whether the result of a function of the module is a view of its argument."""
    return bool(np.shares_memory(getattr(module, name)(x), x))
