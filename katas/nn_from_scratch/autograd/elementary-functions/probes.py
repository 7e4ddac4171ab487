"""Functions that run beside the learner's elementary functions."""

import numpy as np

from . import elementary as module
from .value import Value


def data_at(name: str, xs: list[float]) -> list[object]:
    """Return the data of a function at each x, or None where what comes back has none."""
    function = getattr(module, name)
    return [getattr(function(Value(x)), "data", None) for x in xs]


def data_without_overflow(name: str, xs: list[float]) -> list[object]:
    """Return the same, and let numpy raise where it would say inf or nan and go on."""
    with np.errstate(over="raise", divide="raise", invalid="raise"):
        return data_at(name, xs)
