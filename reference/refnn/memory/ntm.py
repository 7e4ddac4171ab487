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

from ..forward.softmax import softmax

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
    memory, wanted = _as_floats(M, key)
    _check_memory(memory)
    _check_shape(wanted, memory.shape[1])
    if not beta >= 0:
        raise ValueError(f"beta must be at least 0, got {beta}")
    return softmax(beta * (_with_length_1(memory) @ _with_length_1(wanted)))


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
    content, before = _as_floats(wc, w_prev)
    _check_shape(content, content.size)
    _check_shape(before, content.size)
    if not 0 <= g <= 1:
        raise ValueError(f"g must be from 0 to 1, got {g}")
    mixed: _Floats = g * content + (1 - g) * before
    return mixed


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
    weights, shares = _as_floats(w, s)
    _check_shape(weights, weights.size)
    _check_shape(shares, 3)
    back, stay, on = shares
    moved: _Floats = back * np.roll(weights, -1) + stay * weights + on * np.roll(weights, 1)
    return moved


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
    (weights,) = _as_floats(w)
    _check_shape(weights, weights.size)
    if not gamma >= 1:
        raise ValueError(f"gamma must be at least 1, got {gamma}")
    powers: _Floats = (weights / weights.max()) ** gamma
    powers /= powers.sum()
    return powers


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
    by_content = content_weights(M, key, beta)
    return sharpen(shift(interpolate(by_content, w_prev, g), s), gamma)


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
    memory, weights = _as_floats(M, w)
    _check_memory(memory)
    _check_shape(weights, len(memory))
    result: _Floats = weights @ memory
    return result


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
    memory, weights, erased, added = _as_floats(M, w, erase, add)
    _check_memory(memory)
    _check_shape(weights, len(memory))
    _check_shape(erased, memory.shape[1])
    _check_shape(added, memory.shape[1])
    return memory * (1 - np.outer(weights, erased)) + np.outer(weights, added)


def _as_floats(*arrays: ArrayLike) -> list[_Floats]:
    """Return all as arrays of one float dtype."""
    found = [np.asarray(array) for array in arrays]
    common = np.result_type(*found)
    return [array.astype(common if common.kind == "f" else np.float64) for array in found]


def _with_length_1(vectors: _Floats) -> _Floats:
    """Return vectors of length 1 in the same directions; zeros stay zeros."""
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    result: _Floats = vectors / np.where(lengths == 0, 1, lengths).astype(vectors.dtype)
    return result


def _check_memory(memory: _Floats) -> None:
    """Raise a ValueError unless a memory has rows and columns."""
    if memory.ndim != 2:
        raise ValueError(f"expected a memory (R, C), got the shape {memory.shape}")


def _check_shape(vector: _Floats, length: int) -> None:
    """Raise a ValueError unless an array is one vector of this length."""
    if vector.shape != (length,):
        raise ValueError(f"expected {length} numbers in a row, got the shape {vector.shape}")
