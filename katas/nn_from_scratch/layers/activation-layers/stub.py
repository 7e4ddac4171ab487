"""Activation functions as layers, and the derivative of softmax.

Every layer of the network has the same methods and attributes: ``forward``, ``backward``,
``zero_grad``, ``params`` and ``grads``. Here ``params`` and ``grads`` are empty dicts, because
there is nothing to learn.
"""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

_Floats = NDArray[np.floating[Any]]


class Activation:
    """Apply a function f to every entry of a batch: the output is ``f(x)``.

    Output (n, j) depends on input (n, j) only, so the gradient is a product of entries:
    ``dx = dout · f'(x)``.

    Attributes:
        params, grads: empty dicts.

    No method changes its arguments, and every result is a new array. float32 gives float32, and
    integers are converted to float64.
    """

    params: dict[str, _Floats]
    grads: dict[str, _Floats]

    def __init__(self, name: str) -> None:
        """Choose the function.

        Args:
            name: "linear" for f(x) = x, or one of "relu", "tanh", "sigmoid", "elu", "softplus",
                "swish" and "gelu" for the function of that name in the track of activations, with
                its default parameters.

        Raises:
            ValueError: ``name`` is none of these. Softmax is not among them, because it does not
                work entry by entry.
        """
        raise NotImplementedError("kata activation-layers: Activation.__init__ is not written yet")

    def forward(self, x: ArrayLike, training: bool = False) -> _Floats:
        """Return ``f(x)``, in the shape of ``x``.

        Args:
            x: numbers of any shape, usually (N, H). N may be 0.
            training: store for ``backward`` what it needs. Later changes of ``x`` or of the result
                do not matter to ``backward``. A call without it does not change what an earlier
                call stored.
        """
        raise NotImplementedError("kata activation-layers: Activation.forward is not written yet")

    def backward(self, dout: ArrayLike) -> _Floats:
        """Return d(loss)/dx in the shape of x. Calling it twice gives the same result twice.

        Args:
            dout: the upstream gradient d(loss)/d(output), for the inputs of the last call to
                ``forward`` with ``training=True``, in their shape.

        Raises:
            RuntimeError: there was no such call to ``forward``.
            ValueError: ``dout`` has a different shape.
        """
        raise NotImplementedError("kata activation-layers: Activation.backward is not written yet")

    def zero_grad(self) -> None:
        """Do nothing: there are no gradients of parameters."""
        raise NotImplementedError("kata activation-layers: Activation.zero_grad is not written yet")


class ReLU(Activation):
    """The layer ``Activation("relu")``. Where x is 0, the derivative counts as 0."""

    def __init__(self) -> None:
        """Choose the function relu."""
        raise NotImplementedError("kata activation-layers: ReLU.__init__ is not written yet")


class Tanh(Activation):
    """The layer ``Activation("tanh")``."""

    def __init__(self) -> None:
        """Choose the function tanh."""
        raise NotImplementedError("kata activation-layers: Tanh.__init__ is not written yet")


class Sigmoid(Activation):
    """The layer ``Activation("sigmoid")``."""

    def __init__(self) -> None:
        """Choose the function sigmoid."""
        raise NotImplementedError("kata activation-layers: Sigmoid.__init__ is not written yet")


class Softmax:
    """Turn each row of logits into probabilities.

    Every probability of a row depends on every logit of that row, so the derivative of a row is a
    matrix: see ``softmax_jacobian``.

    Attributes:
        params, grads: empty dicts.

    Arguments, results and dtypes as for ``Activation``.
    """

    params: dict[str, _Floats]
    grads: dict[str, _Floats]

    def __init__(self) -> None:
        """Start without a stored pass."""
        raise NotImplementedError("kata activation-layers: Softmax.__init__ is not written yet")

    def forward(self, x: ArrayLike, training: bool = False) -> _Floats:
        """Return the softmax of each row of ``x``, (N, C).

        Args:
            x: logits of any size, (N, C). N may be 0.
            training: as for ``Activation.forward``.
        """
        raise NotImplementedError("kata activation-layers: Softmax.forward is not written yet")

    def backward(self, dout: ArrayLike) -> _Floats:
        """Return d(loss)/dx, (N, C). Arguments and errors as for ``Activation.backward``."""
        raise NotImplementedError("kata activation-layers: Softmax.backward is not written yet")

    def zero_grad(self) -> None:
        """Do nothing: there are no gradients of parameters."""
        raise NotImplementedError("kata activation-layers: Softmax.zero_grad is not written yet")


def softmax_jacobian(p: ArrayLike) -> _Floats:
    """Return the derivatives of all probabilities with respect to all logits: ``diag(p) - p pᵀ``,
    (C, C).

    Entry (i, j) is ∂p_i/∂z_j: ``p_i (1 - p_i)`` where i = j, and ``-p_i p_j`` elsewhere.

    Args:
        p: the probabilities of one sample, (C,): softmax of its logits z.

    Raises:
        ValueError: ``p`` is not (C,).
    """
    raise NotImplementedError("kata activation-layers: softmax_jacobian is not written yet")


def softmax_vjp(p: ArrayLike, dout: ArrayLike) -> _Floats:
    """Return for each row the product of its Jacobian and its row of ``dout``, (N, C).

    It is the gradient with respect to the logits (a *vector-Jacobian product*). The memory that it
    needs grows with N C, not with N C².

    Args:
        p: probabilities, (N, C): softmax of the logits. N may be 0.
        dout: the upstream gradient d(loss)/dp, (N, C).

    Raises:
        ValueError: the shape of ``dout`` is not that of ``p``.
    """
    raise NotImplementedError("kata activation-layers: softmax_vjp is not written yet")
