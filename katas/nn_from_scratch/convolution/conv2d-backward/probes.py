"""Functions that run in the process of the learner's module."""

import numpy as np

from ..init import schemes


def write_params(layer, w: np.ndarray, b: np.ndarray) -> None:
    """Write filters and biases into the arrays of the layer, as an optimizer does."""
    layer.params["w"][...] = w
    layer.params["b"][...] = b


def zeros_in_the_same_arrays(layer) -> dict[str, bool]:
    """Call zero_grad, and return for each gradient whether an array held before is now zero."""
    held = dict(layer.grads)
    layer.zero_grad()
    return {
        name: bool(np.all(array == 0) and layer.grads[name] is array)
        for name, array in held.items()
    }


def drawn_by_he_init(fan_in: int, fan_out: int, seed: int) -> np.ndarray:
    """Return what he_normal draws from a new generator."""
    return schemes.he_normal(fan_in, fan_out, np.random.default_rng(seed))
