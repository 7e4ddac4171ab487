"""The memory of a neural Turing machine: find a row by content, step to another, read, write.

The memory M has R rows of C numbers. A weighting w of R numbers that add up to 1 says how much each
row counts. Everything is a smooth function, so a network can learn to use the memory.

Arrays of floats keep their dtype, and integers are converted to float64. No argument is changed,
every result is a new array, and shapes that do not match raise a ValueError. It is not tested
whether the numbers of a weighting add up to 1.

Source: A. Graves, G. Wayne, I. Danihelka 2014.
"""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

_Floats = NDArray[np.floating[Any]]


def content_weights(M: ArrayLike, key: ArrayLike, beta: float) -> _Floats:
    """Return ``softmax(beta * cos)``, where cos are the cosines between the key and each row of M.

    The cosine is ``M[i] @ key / (|M[i]| |key|)``. It does not depend on the length of the row or of
    the key, between 1e-100 and 1e100 in float64. A row of zeros has a cosine of 0, and so have all
    rows if the key is zero.

    Args:
        M: the memory, (R, C).
        key: what to look for, (C,).
        beta: how sharply to decide, at least 0.

    Returns:
        The weighting, (R,).

    Raises:
        ValueError: the shapes do not match, or beta is less than 0.
    """
    raise NotImplementedError("kata ntm-addressing: content_weights is not written yet")


def interpolate(wc: ArrayLike, w_prev: ArrayLike, g: float) -> _Floats:
    """Return ``g * wc + (1 - g) * w_prev``.

    Args:
        wc: the weighting by content, (R,).
        w_prev: the weighting of the previous step, (R,).
        g: the gate, from 0 to 1. With 0, the content is ignored.

    Returns:
        The weighting, (R,).

    Raises:
        ValueError: the shapes are not equal, or g is not from 0 to 1.
    """
    raise NotImplementedError("kata ntm-addressing: interpolate is not written yet")


def shift(w: ArrayLike, s: ArrayLike) -> _Floats:
    """Return w, shifted by -1, 0 and 1 rows in the shares s.

    Row i gets ``s[0] * w[i + 1] + s[1] * w[i] + s[2] * w[i - 1]``. The rows form a circle: the one
    after the last is the first.

    Args:
        w: a weighting, (R,).
        s: the shares of the shifts by -1, 0 and 1, (3,).

    Returns:
        The weighting, (R,).

    Raises:
        ValueError: w is not (R,), or s is not (3,).
    """
    raise NotImplementedError("kata ntm-addressing: shift is not written yet")


def sharpen(w: ArrayLike, gamma: float) -> _Floats:
    """Return ``w ** gamma / Σ w ** gamma``.

    The result is right for every gamma, even where all these powers are rounded to 0.

    Args:
        w: a weighting, (R,), of numbers that are not negative, and not all 0.
        gamma: at least 1; 1 changes nothing.

    Returns:
        The weighting, (R,).

    Raises:
        ValueError: w is not (R,), or gamma is less than 1.
    """
    raise NotImplementedError("kata ntm-addressing: sharpen is not written yet")


def address(
    M: ArrayLike,
    w_prev: ArrayLike,
    key: ArrayLike,
    beta: float,
    g: float,
    s: ArrayLike,
    gamma: float,
) -> _Floats:
    """Return the next weighting: look for the key, interpolate, shift, and sharpen, in this order.

    The arguments are those of the four functions. The result is (R,).

    Raises:
        ValueError: as in the four functions.
    """
    raise NotImplementedError("kata ntm-addressing: address is not written yet")


def read(M: ArrayLike, w: ArrayLike) -> _Floats:
    """Return ``w @ M``: the rows of M, each times its weight, added up.

    Args:
        M: the memory, (R, C).
        w: a weighting, (R,).

    Returns:
        What was read, (C,).

    Raises:
        ValueError: the shapes do not match.
    """
    raise NotImplementedError("kata ntm-addressing: read is not written yet")


def write(M: ArrayLike, w: ArrayLike, erase: ArrayLike, add: ArrayLike) -> _Floats:
    """Return the memory after erasing, and then adding, in each row as much as its weight says.

    Row i becomes ``M[i] * (1 - w[i] * erase) + w[i] * add``.

    Args:
        M: the memory, (R, C). It is not changed.
        w: a weighting, (R,).
        erase: the share to erase in each column, (C,).
        add: the numbers to add in each column, (C,).

    Returns:
        The new memory, (R, C).

    Raises:
        ValueError: the shapes do not match.
    """
    raise NotImplementedError("kata ntm-addressing: write is not written yet")
