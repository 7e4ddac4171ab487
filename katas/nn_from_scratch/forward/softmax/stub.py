"""Turn scores into probabilities, in a way that survives scores of any size.

A network's raw outputs (logits) may be any numbers. Softmax makes them positive and makes them
add up to 1, so that they can be read as the probabilities of the classes.
"""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

_Floats = NDArray[np.floating[Any]]


def softmax(z: ArrayLike, axis: int = -1) -> _Floats:
    """Return ``exp(z) / Σ exp(z)``, the sum taken along ``axis``.

    Adding one number to all logits of a line changes nothing, so that logits of any size can be
    handled, in each line on its own, without overflow and without 0/0.

    Args:
        z: logits of any shape, by default one sample a row, (N, C). A logit of -inf gets the
            probability 0; each line along ``axis`` needs one that is finite. Not changed.
        axis: the axis along which the probabilities add up to 1.

    Returns:
        A new array of the shape of ``z``; floats keep their precision, whole numbers are computed
        in float64.

    Source: J. S. Bridle 1990.
    """
    raise NotImplementedError("kata softmax: softmax is not written yet")


def log_softmax(z: ArrayLike, axis: int = -1) -> _Floats:
    """Return the logarithm of ``softmax(z)``, also where the softmax itself is rounded to 0.

    ``log_softmax([0, 1000])`` is ``[-1000, 0]``, where ``log(softmax([0, 1000]))`` would be
    ``[-inf, 0]``. Arguments, shape and dtype are as for ``softmax``.
    """
    raise NotImplementedError("kata softmax: log_softmax is not written yet")


def logsumexp(z: ArrayLike, axis: int = -1, keepdims: bool = False) -> _Floats:
    """Return ``log Σ exp(z)``, the sum taken along ``axis``: a soft version of the maximum.

    Args:
        z: as for ``softmax``.
        axis: the axis that is summed over.
        keepdims: keep that axis, with length 1.

    Returns:
        A new array of the shape of ``z`` without ``axis`` (0-d for a 1-d ``z``), or with length 1
        there; dtype as for ``softmax``.
    """
    raise NotImplementedError("kata softmax: logsumexp is not written yet")
