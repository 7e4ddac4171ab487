"""What several tests of the reference share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

Floats = NDArray[np.floating[Any]]
Jacobian = Callable[[Callable[[Any], Any], Floats], Floats]


@pytest.fixture
def complex_jacobian() -> Jacobian:
    """Give a test derivatives by complex steps, which share no code with the reference."""
    return _complex_jacobian


def _complex_jacobian(f: Callable[[Any], Any], x: Floats) -> Floats:
    """Return the derivative of every output with respect to every input, shape y.shape + x.shape.

    A step of 1e-30 along the imaginary axis has the derivative in its imaginary part: there is no
    difference of two close numbers that could cancel.
    """
    columns = []
    for place in np.ndindex(x.shape):
        moved = x.astype(complex)
        moved[place] += 1e-30j
        columns.append(f(moved).imag / 1e-30)
    return np.stack(columns, axis=-1).reshape(*columns[0].shape, *x.shape)
