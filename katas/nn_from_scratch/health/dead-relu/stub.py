"""Find ReLU units that are silent on every sample, and give them new weights.

A unit is active on a sample if its pre-activation z = x @ w + b is positive. ReLU has a slope of 0
everywhere else, so a unit that is active on no sample gets no gradient: it is *dead* on these
samples.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

_Floats = NDArray[np.floating[Any]]


def active_share(preact: ArrayLike) -> _Floats:
    """Return for each unit the fraction of the samples on which it is active, (H,) in float64.

    Args:
        preact: the pre-activations z of N samples, (N, H), with N > 0. A unit is active where z is
            positive; at 0 it is not.

    Raises:
        ValueError: ``preact`` is not (N, H), or there are no samples.
    """
    raise NotImplementedError("kata dead-relu: active_share is not written yet")


def dead_units(preact: ArrayLike) -> NDArray[np.bool_]:
    """Return for each unit whether it is dead: active on none of the samples. (H,), bool.

    Arguments and errors as for ``active_share``.
    """
    raise NotImplementedError("kata dead-relu: dead_units is not written yet")


def dead_report(layers: Sequence[Any], X: ArrayLike) -> dict[int, float]:
    """Return for each ReLU layer of a network the fraction of its units that are dead on ``X``.

    Args:
        layers: the layers in the order of the forward pass. ReLU layers are the objects of the
            class ``ReLU``. They and what they have stored are not changed.
        X: N samples, (N, D), with N > 0.

    Returns:
        A dict with one entry per ReLU layer: from its index in ``layers`` to a number from 0 to 1.

    Raises:
        ValueError: there are no samples.
    """
    raise NotImplementedError("kata dead-relu: dead_report is not written yet")


def revive(W: _Floats, b: _Floats, dead: ArrayLike, rng: np.random.Generator) -> None:
    """Give each dead unit new incoming weights and a bias of 0, in the arrays ``W`` and ``b``.

    The new weights are independent and normal with mean 0 and variance 2/I, as those of
    ``he_normal``. The weights and biases of all other units stay as they are.

    Args:
        W: weights (I, H), floats. Column j holds the weights of unit j. Changed in place.
        b: biases (H,), floats. Changed in place.
        dead: which units are dead, (H,), bool, as ``dead_units`` returns it.
        rng: the only source of random numbers.

    Raises:
        ValueError: ``W`` is not (I, H), ``b`` or ``dead`` is not (H,), or ``dead`` does not contain
            bools. ``W`` and ``b`` are then unchanged.
    """
    raise NotImplementedError("kata dead-relu: revive is not written yet")
