"""Functions that run in the process of the learner's softmax module."""

import numpy as np

from . import softmax as module


def shares_memory(name: str, z: np.ndarray) -> bool:
    """Return whether the result of a function of the module is a view of its argument."""
    return bool(np.shares_memory(getattr(module, name)(z), z))
