"""Graph attention: each node computes for itself how much each of its neighbours matters."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

_Floats = NDArray[np.floating[Any]]


def gat_layer(
    H: ArrayLike,
    A: ArrayLike,
    W: ArrayLike,
    a_self: ArrayLike,
    a_other: ArrayLike,
    slope: float = 0.2,
) -> tuple[_Floats, _Floats]:
    """Return what each node takes from its neighbours, and the weights that it uses.

    With ``P = H @ W``, node i gives node j the score ``leaky_relu(P_i · a_self + P_j · a_other)``.
    It looks at itself and at all j with ``A[i, j] != 0``. The weights of node i are the softmax of
    these scores; they add up to 1, and the weight of every other node is 0.

    Args:
        H: the features, one row per node, (n, I). There is at least one node.
        A: the adjacency matrix, (n, n), which need not be symmetric. Only whether an entry is 0
            matters, and the diagonal is ignored.
        W: weights, (I, O).
        a_self: the weights in the score for the node that looks, (O,).
        a_other: the weights in the score for the node that is looked at, (O,).
        slope: the slope of the leaky ReLU for negative numbers.

    Returns:
        The output ``alpha @ P``, (n, O), and the weights alpha, (n, n), both new arrays. If H, W,
        a_self and a_other are floats of the same dtype, they keep it; integers are converted to
        float64.

    Raises:
        ValueError: a shape does not match.

    No argument is changed. Source: P. Veličković et al. 2018.
    """
    raise NotImplementedError("kata gat: gat_layer is not written yet")


def gat_backward(
    dout: ArrayLike,
    H: ArrayLike,
    A: ArrayLike,
    W: ArrayLike,
    a_self: ArrayLike,
    a_other: ArrayLike,
    slope: float = 0.2,
) -> tuple[_Floats, _Floats, _Floats, _Floats]:
    """Return the gradients of a loss with respect to H, W, a_self and a_other.

    Args:
        dout: the upstream gradient d(loss)/d(output), (n, O). The weights are not used in the loss.
        H, A, W, a_self, a_other, slope: as for ``gat_layer``.

    Returns:
        New arrays of the shapes (n, I), (I, O), (O,) and (O,).

    Raises:
        ValueError: a shape does not match.

    No argument is changed.
    """
    raise NotImplementedError("kata gat: gat_backward is not written yet")
