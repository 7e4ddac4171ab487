"""Functions that run in the process of the learner's module."""

import numpy as np


def shares_memory(layer, x: np.ndarray) -> bool:
    """Return whether an output uses the memory of the images."""
    return any(np.shares_memory(layer.forward(x, training=t), x) for t in (False, True))
