"""Functions that run beside the learner's module."""

from collections.abc import Callable
from typing import Any

import numpy as np

from . import bump as module


def followed(f: Callable[..., Any], interval: tuple, n: int, sharpness: float, x: Any) -> Any:
    """Return what the network for f computes at x, or None if it is not made of four arrays."""
    network = module.bump_network(f, *interval, n, sharpness)
    if not isinstance(network, tuple | list) or len(network) != 4:
        return None
    if not all(isinstance(array, np.ndarray) and array.dtype.kind == "f" for array in network):
        return None
    W1, b1, W2, b2 = network
    if W1.shape != (1, b1.size) or W2.shape != (b1.size, 1) or b2.shape != (1,):
        return None
    z = x[:, np.newaxis] @ W1 + b1
    small = np.exp(-np.abs(z))
    hidden = np.where(z >= 0, 1.0, small) / (1.0 + small)
    return (hidden @ W2 + b2)[:, 0]


def strict_run(network: tuple, x: Any) -> Any:
    """Return the outputs, computed while an overflow raises an error."""
    with np.errstate(over="raise", divide="raise", invalid="raise"):
        return module.run_network(network, x)


def strict_tower(x: Any, box: tuple, w: float) -> Any:
    """Return the outputs of tower, computed while an overflow raises an error."""
    with np.errstate(over="raise", divide="raise", invalid="raise"):
        return module.tower(x, box, w)


def places_of_calls(f: Callable[..., Any], a: float, b: float, n: int, w: float) -> list:
    """Return the arguments with which bump_network calls f, sorted, and which are floats."""
    calls: list = []

    def recorded(x: Any) -> Any:
        calls.append(x)
        return f(x)

    module.bump_network(recorded, a, b, n, w)
    return [sorted(float(x) for x in calls), [isinstance(x, float) for x in calls]]
