"""Activation functions as layers, and the derivative of softmax.

Every layer of the network has the same methods and attributes: ``forward``, ``backward``,
``zero_grad``, ``params`` and ``grads``. Here ``params`` and ``grads`` are empty dicts, because
there is nothing to learn.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..activations.elu import elu, elu_grad, softplus, softplus_grad
from ..activations.gated import gelu, gelu_grad, swish, swish_grad
from ..activations.logistic import relu, relu_grad, sigmoid, sigmoid_grad, tanh, tanh_grad
from ..forward.softmax import softmax

_Floats = NDArray[np.floating[Any]]

_FUNCTIONS: dict[str, tuple[Callable[[Any], _Floats], Callable[[Any], _Floats]]] = {
    "linear": (lambda x: x.copy(), np.ones_like),
    "relu": (relu, relu_grad),
    "tanh": (tanh, tanh_grad),
    "sigmoid": (sigmoid, sigmoid_grad),
    "elu": (elu, elu_grad),
    "softplus": (softplus, softplus_grad),
    "swish": (swish, swish_grad),
    "gelu": (gelu, gelu_grad),
}


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
        if name not in _FUNCTIONS:
            raise ValueError(f"name must be one of {', '.join(_FUNCTIONS)}, got {name!r}")
        self.params = {}
        self.grads = {}
        self._f, self._f_grad = _FUNCTIONS[name]
        self._slopes: _Floats | None = None

    def forward(self, x: ArrayLike, training: bool = False) -> _Floats:
        """Return ``f(x)``, in the shape of ``x``.

        Args:
            x: numbers of any shape, usually (N, H). N may be 0.
            training: store for ``backward`` what it needs. Later changes of ``x`` or of the result
                do not matter to ``backward``. A call without it does not change what an earlier
                call stored.
        """
        values = _floats(x)
        if training:
            # New numbers, not x itself: x belongs to the caller, who may change it.
            self._slopes = self._f_grad(values)
        return self._f(values)

    def backward(self, dout: ArrayLike) -> _Floats:
        """Return d(loss)/dx in the shape of x. Calling it twice gives the same result twice.

        Args:
            dout: the upstream gradient d(loss)/d(output), for the inputs of the last call to
                ``forward`` with ``training=True``, in their shape.

        Raises:
            RuntimeError: there was no such call to ``forward``.
            ValueError: ``dout`` has a different shape.
        """
        if self._slopes is None:
            raise RuntimeError("backward needs a forward with training=True before it")
        return _upstream(dout, self._slopes.shape) * self._slopes

    def zero_grad(self) -> None:
        """Do nothing: there are no gradients of parameters."""


class ReLU(Activation):
    """The layer ``Activation("relu")``. Where x is 0, the derivative counts as 0."""

    def __init__(self) -> None:
        """Choose the function relu."""
        super().__init__("relu")


class Tanh(Activation):
    """The layer ``Activation("tanh")``."""

    def __init__(self) -> None:
        """Choose the function tanh."""
        super().__init__("tanh")


class Sigmoid(Activation):
    """The layer ``Activation("sigmoid")``."""

    def __init__(self) -> None:
        """Choose the function sigmoid."""
        super().__init__("sigmoid")


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
        self.params = {}
        self.grads = {}
        self._p: _Floats | None = None

    def forward(self, x: ArrayLike, training: bool = False) -> _Floats:
        """Return the softmax of each row of ``x``, (N, C).

        Args:
            x: logits of any size, (N, C). N may be 0.
            training: as for ``Activation.forward``.
        """
        p = softmax(x)
        if training:
            # A copy: p belongs to the caller, who may change it.
            self._p = p.copy()
        return p

    def backward(self, dout: ArrayLike) -> _Floats:
        """Return d(loss)/dx, (N, C). Arguments and errors as for ``Activation.backward``."""
        if self._p is None:
            raise RuntimeError("backward needs a forward with training=True before it")
        return softmax_vjp(self._p, dout)

    def zero_grad(self) -> None:
        """Do nothing: there are no gradients of parameters."""


def softmax_jacobian(p: ArrayLike) -> _Floats:
    """Return the derivatives of all probabilities with respect to all logits: ``diag(p) - p pᵀ``,
    (C, C).

    Entry (i, j) is ∂p_i/∂z_j: ``p_i (1 - p_i)`` where i = j, and ``-p_i p_j`` elsewhere.

    Args:
        p: the probabilities of one sample, (C,): softmax of its logits z.

    Raises:
        ValueError: ``p`` is not (C,).
    """
    probabilities = _floats(p)
    if probabilities.ndim != 1:
        raise ValueError(f"p must be (C,), got shape {probabilities.shape}")
    result: _Floats = np.diag(probabilities) - np.outer(probabilities, probabilities)
    return result


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
    probabilities = _floats(p)
    upstream = _upstream(dout, probabilities.shape)
    # p_i (g_i - Σ_j p_j g_j): the mean of the row of g, weighted by p, is subtracted.
    mean = (probabilities * upstream).sum(axis=-1, keepdims=True)
    result: _Floats = probabilities * (upstream - mean)
    return result


def _upstream(dout: ArrayLike, shape: tuple[int, ...]) -> _Floats:
    upstream = _floats(dout)
    if upstream.shape != shape:
        raise ValueError(f"dout must have the shape {shape}, got {upstream.shape}")
    return upstream


def _floats(x: ArrayLike) -> _Floats:
    values = np.asarray(x)
    return values if values.dtype.kind == "f" else values.astype(np.float64)
