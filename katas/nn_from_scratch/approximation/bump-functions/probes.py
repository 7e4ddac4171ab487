"""Functions that run beside the learner's module."""

from collections.abc import Callable
from typing import Any

import numpy as np

from . import bump as module


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
