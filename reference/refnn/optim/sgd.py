"""Gradient descent with momentum, and gradients that are clipped when they explode.

An optimizer gets the arrays of a network and their gradients, and changes the arrays in place: the
layers hold the same arrays, so they see the new numbers.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

_Floats = NDArray[np.floating[Any]]


class SGD:
    """Gradient descent with momentum. With the options at their defaults, it is plain descent.

    Each array p with the gradient g has a velocity v of its own, which starts at zero::

        d = g + weight_decay p
        v = momentum v + d
        p = p - lr v                    without nesterov
        p = p - lr (d + momentum v)     with nesterov, where v is the new velocity

    The p on the right is always the one before the step.

    Source: B. T. Polyak, Some methods of speeding up the convergence of iteration methods, 1964;
    Y. Nesterov, 1983, in the form of I. Sutskever et al., On the importance of initialization and
    momentum in deep learning, 2013.
    """

    def __init__(
        self, lr: float, momentum: float = 0.0, weight_decay: float = 0.0, nesterov: bool = False
    ) -> None:
        """Choose the step. Nothing is known about the arrays yet.

        Args:
            lr: the learning rate, 0 or above. It stays the same in all steps.
            momentum: the fraction of the velocity that is kept in each step, from 0 to below 1.
            weight_decay: the factor of p that is added to its gradient, 0 or above.
            nesterov: use the gradient and the new velocity together, as shown above.

        Raises:
            ValueError: one of the numbers is outside its range.
        """
        if not lr >= 0:
            raise ValueError(f"lr must not be below 0, got {lr}")
        if not 0 <= momentum < 1:
            raise ValueError(f"momentum must be from 0 to below 1, got {momentum}")
        if not weight_decay >= 0:
            raise ValueError(f"weight_decay must not be below 0, got {weight_decay}")
        self._lr = lr
        self._momentum = momentum
        self._weight_decay = weight_decay
        self._nesterov = nesterov
        self._velocities: list[_Floats] = []

    def step(self, params: Sequence[_Floats], grads: Sequence[_Floats]) -> None:
        """Change every array in ``params`` in place, once.

        Args:
            params: arrays of floats of any shapes. They keep their dtype. Every step of one
                optimizer gets the same arrays in the same order. The list may be empty.
            grads: the gradient of each of them, of its shape, in the same order. The gradients are
                not changed. They may be the same arrays in every step, with new numbers in them,
                or new arrays.

        Raises:
            ValueError: there are not as many gradients as arrays, or a gradient does not have the
                shape of its array. Then no array is changed.
        """
        if [p.shape for p in params] != [g.shape for g in grads]:
            raise ValueError("each array needs a gradient of its own shape")
        if not self._velocities:
            self._velocities = [np.zeros_like(p) for p in params]
        for p, g, v in zip(params, grads, self._velocities, strict=True):
            direction = g + self._weight_decay * p if self._weight_decay else g
            v *= self._momentum
            v += direction
            p -= self._lr * (direction + self._momentum * v if self._nesterov else v)


def clip_grad_norm(grads: Sequence[_Floats], max_norm: float) -> float:
    """Shorten all gradients together, in place, if their norm is above ``max_norm``.

    The norm is that of all numbers in all arrays: ``√(Σ g²)``. If it is larger than ``max_norm``,
    every number is multiplied by ``max_norm / norm``, so the direction stays the same. Otherwise
    nothing changes.

    Args:
        grads: arrays of finite floats of any shapes; there may be none. They keep their dtype.
            Numbers whose square would overflow are allowed, such as 1e200.
        max_norm: the largest norm that is allowed, above 0.

    Returns:
        The norm before the gradients were changed.

    Raises:
        ValueError: ``max_norm`` is not above 0.

    Source: R. Pascanu, T. Mikolov, Y. Bengio, On the difficulty of training recurrent neural
    networks, 2013.
    """
    if not max_norm > 0:
        raise ValueError(f"max_norm must be above 0, got {max_norm}")
    largest = max((float(np.abs(g).max(initial=0.0)) for g in grads), default=0.0)
    if largest == 0.0:
        return 0.0
    # The squares of numbers up to 1 cannot overflow.
    total = sum(float(np.square(g.astype(np.float64) / largest).sum()) for g in grads)
    norm = largest * float(np.sqrt(total))
    if norm > max_norm:
        for g in grads:
            g *= max_norm / norm
    return norm
