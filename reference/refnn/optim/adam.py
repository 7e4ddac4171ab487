"""Adam: a step whose size does not depend on the scale of the gradients, for each weight."""

import math
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
        if not lr >= 0:
            raise ValueError(f"lr must not be below 0, got {lr}")
        if not all(0 <= beta < 1 for beta in betas):
            raise ValueError(f"betas must be from 0 to below 1, got {betas}")
        if not eps > 0:
            raise ValueError(f"eps must be above 0, got {eps}")
        if not weight_decay >= 0:
            raise ValueError(f"weight_decay must not be below 0, got {weight_decay}")
        self._lr = lr
        self._betas = betas
        self._eps = eps
        self._weight_decay = weight_decay
        self._decoupled = decoupled
        self._steps = 0
        # Each of these long arrays holds the numbers of all params: numpy needs less time for one
        # call with many numbers than for many calls with a few.
        self._means: _Floats = np.array([])
        self._squares: _Floats = np.array([])
        self._moves: _Floats = np.array([])
        """The gradients, and then what is subtracted from params."""
        self._products: _Floats = np.array([])
        """Memory for intermediate results: new arrays in every step would take longer."""
        self._parts: list[_Floats] = []
        """The part of ``_moves`` that belongs to each array, in its shape."""

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
        if [p.shape for p in params] != [g.shape for g in grads]:
            raise ValueError("each array needs a gradient of its own shape")
        if not params:
            return
        if not self._parts:
            self._allocate(params)
        self._steps += 1
        beta1, beta2 = self._betas
        # The two corrections are numbers, so they are applied to numbers and not to whole arrays:
        # (m / c1) / (√(v / c2) + eps) = (√c2 / c1) m / (√v + √c2 eps)
        root_c2 = math.sqrt(1 - beta2**self._steps)
        step = self._lr * root_c2 / (1 - beta1**self._steps)
        for part, p, g in zip(self._parts, params, grads, strict=True):
            part[...] = g if self._decoupled else g + self._weight_decay * p
        d, m, v, product = self._moves, self._means, self._squares, self._products
        m *= beta1
        m += np.multiply(d, 1 - beta1, out=product)
        v *= beta2
        np.multiply(d, d, out=product)
        v += np.multiply(product, 1 - beta2, out=product)
        np.sqrt(v, out=product)
        product += root_c2 * self._eps
        np.divide(m, product, out=d)
        d *= step
        for part, p in zip(self._parts, params, strict=True):
            if self._decoupled and self._weight_decay:
                p *= 1 - self._lr * self._weight_decay
            p -= part

    def _allocate(self, params: Sequence[_Floats]) -> None:
        """Make the long arrays, with as many numbers as all ``params`` together."""
        self._moves = np.concatenate([p.ravel() for p in params])
        self._means = np.zeros_like(self._moves)
        self._squares = np.zeros_like(self._moves)
        self._products = np.zeros_like(self._moves)
        ends = np.cumsum([p.size for p in params])
        parts = np.split(self._moves, ends[:-1])
        self._parts = [part.reshape(p.shape) for part, p in zip(parts, params, strict=True)]
