"""Adam: a step whose size does not depend on the scale of the gradients, for each weight."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

_Floats = NDArray[np.floating[Any]]


class Adam:
    """Divide each gradient's running mean by the square root of the running mean of its square.

    Each array p with the gradient g has two arrays of its own, m and v, which start at zero. In
    step t = 1, 2, 3, …, with ``betas = (β1, β2)`` and ``d = g``::

        m = β1 m + (1 - β1) d
        v = β2 v + (1 - β2) d²
        p = p - lr (m / (1 - β1^t)) / (√(v / (1 - β2^t)) + eps)

    Both means start at zero, so they are too small at first; dividing by ``1 - β^t`` corrects that.

    Weight decay with ``decoupled=True`` (AdamW) also subtracts ``lr weight_decay p`` from p. With
    ``decoupled=False``, ``d = g + weight_decay p`` takes the place of g in m and v. The p on the
    right is always the one before the step.

    Source: D. P. Kingma, J. Ba, Adam: A Method for Stochastic Optimization, 2015; I. Loshchilov,
    F. Hutter, Decoupled Weight Decay Regularization, 2019.
    """

    def __init__(
        self,
        lr: float = 1e-3,
        betas: tuple[float, float] = (0.9, 0.999),
        eps: float = 1e-8,
        weight_decay: float = 0.0,
        decoupled: bool = True,
    ) -> None:
        """Choose the step. Nothing is known about the arrays yet.

        Args:
            lr: the learning rate, 0 or above. It stays the same in all steps.
            betas: the fractions of m and of v that are kept in each step, from 0 to below 1.
            eps: a small number above 0, which keeps the quotient finite where v is 0.
            weight_decay: the strength of the weight decay, 0 or above.
            decoupled: the kind of weight decay, as described above.

        Raises:
            ValueError: one of the numbers is outside its range.
        """
        raise NotImplementedError("kata adam: Adam.__init__ is not written yet")

    def step(self, params: Sequence[_Floats], grads: Sequence[_Floats]) -> None:
        """Change every array in ``params`` in place, once.

        Args:
            params: arrays of floats of any shapes. They keep their dtype. Every step of one
                optimizer gets the same arrays in the same order. The list may be empty.
            grads: the gradient of each of them, of its shape, in the same order. The gradients are
                not changed. They may be the same arrays in every step, with new numbers in them,
                or new arrays. Their squares must not overflow.

        Raises:
            ValueError: there are not as many gradients as arrays, or a gradient does not have the
                shape of its array. Then no array is changed.
        """
        raise NotImplementedError("kata adam: Adam.step is not written yet")
