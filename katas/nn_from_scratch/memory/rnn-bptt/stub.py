"""A recurrent layer, trained by backpropagation through time, that reads images row by row.

The same weights are used at every step of a sequence. In the backward pass, each state gets a
gradient from two sides: from what is computed from it at its own step, and from the next state.

Sizes: N sequences of T steps with I numbers each; H hidden units.
"""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..layers.dense import Dense

_Floats = NDArray[np.floating[Any]]


class RNN:
    """Compute one state after the other: ``h_t = tanh(x_t @ Wx + h_(t-1) @ Wh + b)``.

    Attributes:
        params: the arrays "Wx" (I, H), "Wh" (H, H) and "b" (H,). The layer computes with these
            arrays, so a change in place takes effect.
        grads: the gradients of "Wx", "Wh" and "b", in their shapes, zero at first. ``backward``
            adds to them.

    No method changes its arguments, or an array that it returned. Everything is computed in
    float64.
    """

    params: dict[str, _Floats]
    grads: dict[str, _Floats]

    def __init__(self, n_in: int, n_hidden: int, rng: np.random.Generator) -> None:
        """Draw the weights from ``rng``, and set the biases to zero.

        Wx is what ``lecun_normal(I, H, rng)`` returns, and then Wh is what
        ``lecun_normal(H, H, rng)`` returns.

        Args:
            n_in, n_hidden: I and H.
            rng: the only source of random numbers.
        """
        raise NotImplementedError("kata rnn-bptt: RNN.__init__ is not written yet")

    def forward(self, x: ArrayLike, training: bool = False, h0: ArrayLike | None = None) -> _Floats:
        """Return all states h_1 ... h_T, (N, T, H).

        Args:
            x: sequences, (N, T, I), T at least 1. N may be 0.
            training: remember for ``backward`` what it needs. A call without it does not change
                what an earlier call remembered.
            h0: the states before the first step, (N, H). By default they are zeros in every call:
                nothing is left from an earlier sequence.

        Raises:
            ValueError: ``x`` is not (N, T, I), or ``h0`` is not (N, H).
        """
        raise NotImplementedError("kata rnn-bptt: RNN.forward is not written yet")

    def backward(self, dhs: ArrayLike) -> _Floats:
        """Return d(loss)/dx, (N, T, I), and add the gradients of Wx, Wh and b to ``grads``.

        From the last step to the first, with ``dh = 0`` after the last step:

            dz_t = (dhs_t + dh) · (1 - h_t²)
            dh = dz_t @ Wh.T,  the gradient that the next step back receives

        Args:
            dhs: the upstream gradients d(loss)/d(output), (N, T, H): the gradient that each state
                gets directly from the loss, for the sequences of the last call to ``forward`` with
                ``training=True``.

        Raises:
            RuntimeError: there was no such call to ``forward``.
            ValueError: ``dhs`` is not (N, T, H). ``grads`` are then unchanged.

        Source: P. Werbos, Backpropagation through time: what it does and how to do it, 1990.
        """
        raise NotImplementedError("kata rnn-bptt: RNN.backward is not written yet")

    def zero_grad(self) -> None:
        """Set all gradients to zero, in the arrays that ``grads`` already contains."""
        raise NotImplementedError("kata rnn-bptt: RNN.zero_grad is not written yet")


def train_on_rows(
    X: ArrayLike, y: ArrayLike, rng: np.random.Generator, epochs: int = 8
) -> tuple[RNN, Dense]:
    """Return a recurrent layer and a dense layer that read images row by row, after training.

    An image is a sequence of 8 steps: its rows, from top to bottom. The state after the last row
    goes into the dense layer, and its ten outputs are the logits of the digits. The loss is the
    mean cross-entropy. Each epoch uses all images, each of them once, in a new order.

    Args:
        X: N images of 8 x 8 pixels from 0 to 1, row by row, (N, 64), N at least 1. It is not
            changed.
        y: the digit that each image shows, N integers 0 to 9. It is not changed.
        rng: the only source of random numbers. The same state gives the same layers.
        epochs: how often the images are used. With 0, the layers keep their initial weights. You
            choose the default, and the number of hidden units.
    """
    raise NotImplementedError("kata rnn-bptt: train_on_rows is not written yet")
