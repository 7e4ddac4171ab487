"""The loss as a surface over two weights: what it looks like, and how to look for minima.

A function ``loss`` is called with two weights, ``loss(w1, w2)``. It works element by element: it
takes two numbers and returns a number, and takes two arrays of the same shape and returns an array
of that shape.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

_Floats = NDArray[np.floating[Any]]
_Loss = Callable[[Any, Any], Any]


def net_1_1_1(w1: ArrayLike, w2: ArrayLike, x: ArrayLike) -> _Floats:
    """Return ``sigmoid(w2 sigmoid(w1 x))``: a network with one input, one hidden unit, no biases.

    Args:
        w1, w2, x: numbers or arrays, combined element by element as numpy does.

    Returns:
        An array of their common shape (for three numbers, a numpy number or a 0-d array).
    """
    raise NotImplementedError("kata loss-surface: net_1_1_1 is not written yet")


def logit_gradients(z: ArrayLike, y: ArrayLike) -> tuple[_Floats, _Floats]:
    """Return the derivatives of two losses with respect to the logit z, where ``p = sigmoid(z)``.

    The first is of the squared error ``(p - y)²``: ``2 (p - y) p (1 - p)``. The second is of the
    cross-entropy ``-y log p - (1 - y) log(1 - p)``: ``p - y``.

    Args:
        z: one logit per sample, (N,), of any size.
        y: the targets, (N,), from 0 to 1.

    Returns:
        A tuple of two arrays (N,). Nothing is averaged.

    Raises:
        ValueError: ``z`` and ``y`` are not both (N,).
    """
    raise NotImplementedError("kata loss-surface: logit_gradients is not written yet")


def surface(loss: _Loss, w1: ArrayLike, w2: ArrayLike) -> _Floats:
    """Return the loss at every point of a grid: row i, column j is ``loss(w1[j], w2[i])``.

    So w1 grows to the right and w2 grows with the row.

    Args:
        loss: see the top of this module.
        w1: the values of the first weight, (A,). Integers are converted to float64.
        w2: the values of the second weight, (B,).

    Returns:
        An array (B, A).

    Raises:
        ValueError: ``w1`` or ``w2`` does not have one axis.
    """
    raise NotImplementedError("kata loss-surface: surface is not written yet")


def nonconvex_witness(
    loss: _Loss, rng: np.random.Generator, box: float = 8.0, tries: int = 20_000
) -> tuple[_Floats, _Floats, float] | None:
    """Look for two points between which the loss is above its chord.

    Draw up to ``tries`` pairs of points (w1, w2), uniformly from the square where both weights are
    between ``-box`` and ``box``. The gap of a pair is the loss at its midpoint minus the mean of
    the losses at the two points; for a convex loss it is never above 0.

    Args:
        loss: see the top of this module.
        rng: the only source of random numbers.

    Returns:
        ``(a, b, gap)`` for a pair whose gap is above 1e-3: two arrays (2,) and a float. Any such
        pair will do. None if there is none among the pairs.
    """
    raise NotImplementedError("kata loss-surface: nonconvex_witness is not written yet")


def strict_local_minima(Z: ArrayLike) -> list[tuple[int, int]]:
    """Return the places (i, j) in a grid whose number is smaller than all eight around it.

    Only places with eight neighbours count, so none at the edge; and equal numbers are not smaller,
    so none on a plateau.

    Args:
        Z: heights, (B, A).

    Returns:
        A list of pairs of row and column, in any order.

    Raises:
        ValueError: ``Z`` does not have two axes.
    """
    raise NotImplementedError("kata loss-surface: strict_local_minima is not written yet")
