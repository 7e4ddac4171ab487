"""Functions that run beside the learner's elementary functions."""

import numpy as np

from . import elementary as module
from .value import Value


def data_at(name: str, xs: list[float]) -> list[object]:
    """Return the data of a function at each x, or None where the result has none."""
    function = getattr(module, name)
    return [getattr(function(Value(x)), "data", None) for x in xs]


def data_without_overflow(name: str, xs: list[float]) -> list[object]:
    """Return the same, with numpy raising an error where it would return inf or nan."""
    with np.errstate(over="raise", divide="raise", invalid="raise"):
        return data_at(name, xs)


def data_or_error(name: str, xs: list[float]) -> list[object]:
    """Return the data of a function at each x, or the name of the error that it raises."""
    found = []
    for x in xs:
        try:
            found += data_at(name, [x])
        except NotImplementedError:
            raise
        except (OverflowError, ValueError) as error:
            kind = OverflowError if isinstance(error, OverflowError) else ValueError
            found.append(kind.__name__)
        except Exception as error:
            found.append(type(error).__name__)
    return found
