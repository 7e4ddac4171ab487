"""Turn scores into probabilities, without overflow for scores of any size.

The raw outputs of a network (logits) can be any numbers. Softmax makes them positive and makes
them add up to 1, so that they can be read as the probabilities of the classes.
"""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

_Floats = NDArray[np.floating[Any]]


def softmax(z: ArrayLike, axis: int = -1) -> _Floats:
    """Return ``exp(z) / Σ exp(z)``, the sum taken along ``axis``.

    The result is right for logits of any size, without overflow and without 0/0.

    Args:
        z: logits of any shape, by default (N, C) with one row per sample. It is not changed. A
            logit of -inf gets a probability of 0; each row needs at least one finite logit.
        axis: the axis along which the probabilities add up to 1.

    Returns:
        A new array of the shape of ``z``. Floats keep their dtype; integers are converted to
        float64.

    Source: J. S. Bridle 1990.
    """
    exponentials: _Floats = np.exp(_shifted(_floats(z), axis))
    exponentials /= exponentials.sum(axis=axis, keepdims=True)
    return exponentials


def log_softmax(z: ArrayLike, axis: int = -1) -> _Floats:
    """Return the logarithm of ``softmax(z)``, even where the probability is rounded to 0.

    ``log_softmax([0, 1000])`` is ``[-1000, 0]``, while ``log(softmax([0, 1000]))`` is
    ``[-inf, 0]``. Arguments, shape and dtype are as for ``softmax``.
    """
    shifted = _shifted(_floats(z), axis)
    shifted -= np.log(np.exp(shifted).sum(axis=axis, keepdims=True))
    return shifted


def logsumexp(z: ArrayLike, axis: int = -1, keepdims: bool = False) -> _Floats:
    """Return ``log Σ exp(z)``, the sum taken along ``axis``: a soft version of the maximum.

    Args:
        z: as for ``softmax``.
        axis: the axis that is summed over.
        keepdims: keep that axis, with length 1.

    Returns:
        A new array of the shape of ``z`` without ``axis``, or with length 1 there if ``keepdims``
        is true. A 1-d ``z`` gives a 0-d array or a numpy number. The dtype is as for ``softmax``.
    """
    scores = _floats(z)
    largest = scores.max(axis=axis, keepdims=True)
    result: _Floats = largest + np.log(np.exp(scores - largest).sum(axis=axis, keepdims=True))
    return result if keepdims else result.squeeze(axis=axis)


def _floats(z: ArrayLike) -> _Floats:
    scores = np.asarray(z)
    return scores if scores.dtype.kind == "f" else scores.astype(np.float64)


def _shifted(z: _Floats, axis: int) -> _Floats:
    # The largest logit of each row becomes 0: nothing overflows, and each sum has a term of 1.
    shifted: _Floats = z - z.max(axis=axis, keepdims=True)
    return shifted
