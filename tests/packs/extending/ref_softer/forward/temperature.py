"""Make probabilities softer or sharper."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..forward.softmax import softmax


def soften(z: ArrayLike, temperature: float, axis: int = -1) -> NDArray[np.floating[Any]]:
    """Return ``softmax(z / temperature)``, which adds up to 1 along ``axis``.

    Args:
        z: logits of any shape, by default one sample a row, (N, C). Not changed.
        temperature: above 0; 1 gives the softmax, more is softer, less is sharper.
        axis: the axis along which the probabilities add up to 1.

    Returns:
        A new array of the shape of ``z``; floats keep their precision, integers are converted
        to float64.

    Raises:
        ValueError: the temperature is not above 0.
    """
    if not temperature > 0:
        raise ValueError(f"a temperature of {temperature} is not above 0")
    return softmax(np.asarray(z) / temperature, axis)
