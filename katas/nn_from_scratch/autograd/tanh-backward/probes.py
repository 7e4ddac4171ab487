"""Functions that run beside the learner's tanh module."""

from . import tanh as module
from .value import Value


def data_at(xs: list[float]) -> list[object]:
    """Return the data of tanh at each x, or None where what comes back has none."""
    return [getattr(module.tanh(Value(x)), "data", None) for x in xs]
