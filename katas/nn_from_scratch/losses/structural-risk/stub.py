"""Add a penalty for large weights to the loss on the data: L2 regularization, or weight decay.

The structural risk is the empirical risk, which is the mean loss over the samples, plus
``(lam / 2) Σ W²``. The second part does not depend on the data.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

_Floats = NDArray[np.floating[Any]]


def l2_penalty(weights: Sequence[ArrayLike], lam: float) -> float:
    """Return ``(lam / 2) Σ_l ‖W_l‖²``, where ``‖W‖²`` is the sum of the squared entries of W.

    ‖W‖ is the Frobenius norm.

    Args:
        weights: the weight matrices of all layers, (I, O) each, of any sizes. The list may be
            empty. Biases do not belong in it. Nothing in it is changed.
        lam: the strength λ, 0 or above.

    Raises:
        ValueError: an array in ``weights`` does not have two axes (an array (O,) is a bias), or
            ``lam`` is below 0.
    """
    raise NotImplementedError("kata structural-risk: l2_penalty is not written yet")


def l2_penalty_grads(weights: Sequence[ArrayLike], lam: float) -> list[_Floats]:
    """Return d(l2_penalty)/dW for each matrix: a list of new arrays ``lam W``.

    Arguments and errors are as for ``l2_penalty``. Each array has the shape of its matrix. Floats
    keep their dtype; integers are converted to float64.
    """
    raise NotImplementedError("kata structural-risk: l2_penalty_grads is not written yet")


def structural_risk(empirical: float, weights: Sequence[ArrayLike], lam: float) -> float:
    """Return the empirical risk plus ``l2_penalty(weights, lam)``.

    Args:
        empirical: the mean loss over the samples, one number.
        weights, lam: as for ``l2_penalty``, with the same errors.

    Source: V. Vapnik, Principles of Risk Minimization for Learning Theory, 1991 (the name); A. E.
    Hoerl, R. W. Kennard, Ridge Regression, 1970 (the penalty).
    """
    raise NotImplementedError("kata structural-risk: structural_risk is not written yet")
