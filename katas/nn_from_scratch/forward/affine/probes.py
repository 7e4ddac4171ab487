"""Functions that run in the process of the learner's affine module."""

import numpy as np

from . import affine as module


def shares_memory(layers: list) -> bool:
    """Return whether the collapsed layer uses memory of the layers that it was made from."""
    result = module.collapse_linear(layers)
    return any(
        np.shares_memory(part, array) for part in result for pair in layers for array in pair
    )
