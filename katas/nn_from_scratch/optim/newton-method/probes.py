"""Functions that run in the process of the learner's module."""

from collections.abc import Sequence

import numpy as np

from . import newton as module


def try_calls(name: str, calls: Sequence) -> list:
    """Call a function with each list of arguments; return which calls raised a ValueError."""
    refused = []
    for args in calls:
        try:
            getattr(module, name)(*args)
        except ValueError:
            refused.append(True)
        else:
            refused.append(False)
    return refused


def measured_of_a_cubic(w: np.ndarray, A: np.ndarray, c: np.ndarray) -> np.ndarray:
    """Measure the Hessian of w·A w / 2 + (c·w)³ from its gradient."""
    return module.finite_diff_hessian(lambda x: A @ x + 3 * (c @ x) ** 2 * c, np.array(w))


def measured_at(w: np.ndarray, matrix: np.ndarray) -> tuple:
    """Measure the Hessian from the gradient matrix @ w; return it, and w afterwards."""
    point = np.array(w)
    got = module.finite_diff_hessian(lambda x: matrix @ x, point)
    return got, point
