"""Logic gates made of perceptrons, and the truth tables that no single perceptron can compute."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .perceptron import Perceptron

# The weight of each input, and the bias. Each line runs through the middle between two corners.
_GATES = {
    "AND": (1.0, -1.5),
    "OR": (1.0, -0.5),
    "NAND": (-1.0, 1.5),
    "NOR": (-1.0, 0.5),
}


def gate(name: str) -> Perceptron:
    """Return a new perceptron of two inputs that computes "AND", "OR", "NAND" or "NOR".

    Its net input is at least 0.05 away from 0 for each pair of zeros and ones, so that rounding
    cannot change a decision.

    Raises:
        ValueError: ``name`` is any other name, such as "XOR". A KeyError is accepted too.
    """
    if name not in _GATES:
        raise ValueError(f"no perceptron computes {name!r}; there are {', '.join(_GATES)}")
    weight, bias = _GATES[name]
    weights = np.full(2, weight)
    perceptron = Perceptron(len(weights))
    perceptron.weights = weights
    perceptron.bias = bias
    return perceptron


def xor(x: ArrayLike) -> int | NDArray[np.int64]:
    """Return 1 where exactly one of two inputs is 1, computed by two layers of perceptrons.

    Args:
        x: one pair of zeros and ones, of shape (2,), or N of them, of shape (N, 2).

    Returns:
        An integer (or a 0-d array) for one pair, an int64 array (N,) for a batch.
    """
    hidden = [gate(name).forward(x) for name in ("OR", "NAND")]
    return gate("AND").forward(np.stack(hidden, axis=-1))


def separable(table: Sequence[int]) -> bool:
    """Return whether a single perceptron can compute a truth table of two inputs.

    A net input ``z = w · x + b`` has the same sum over both diagonals of the square:
    ``z(0, 0) + z(1, 1) = z(0, 1) + z(1, 0)``. So it cannot be at least 0 on one diagonal and below
    0 on the other. For every other table there is a line.

    Args:
        table: the four answers, 0 or 1, for the inputs (0, 0), (0, 1), (1, 0), (1, 1).
    """
    first, second, third, last = table
    return abs(first + last - second - third) < 2
