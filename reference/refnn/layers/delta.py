"""Backpropagation with error terms: one recursion for a network of any depth.

Arrays are columns here, as in most textbooks: a layer l has the weights W (M_l, M_{l-1}), one row
per unit, and computes ``z = W a + b`` for one sample. M_0 is D. The layers of this network (one
row per sample) have the transposed weights, and their gradients are the transposed ones too.

Every result is a new array. float32 stays float32, and integers are converted to float64. No
argument is changed.
"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

_Floats = NDArray[np.floating[Any]]
_Function = Callable[[_Floats], _Floats]


def forward_all(
    x: ArrayLike,
    Ws: Sequence[ArrayLike],
    bs: Sequence[ArrayLike],
    f: _Function,
    output: _Function | None = None,
) -> tuple[list[_Floats], list[_Floats]]:
    """Return the numbers of all layers for one sample, before and after the activation.

    For the layers l = 1 … L: ``z_l = W_l a_{l-1} + b_l`` and ``a_l = f(z_l)``, with ``a_0 = x``.

    Args:
        x: one sample, (D,).
        Ws: the weights of the layers, from the first to the last, (M_l, M_{l-1}) each.
        bs: their biases, (M_l,) each.
        f: the activation. It takes an array (M_l,) and returns one.
        output: the activation of the last layer; None if it is ``f`` too.

    Returns:
        A tuple of two lists: zs = [z_1, …, z_L], and as_ = [x, a_1, …, a_L], which is one longer.

    Raises:
        ValueError: there is no layer, ``Ws`` and ``bs`` have different lengths, or an array does
            not have the shape above.
    """
    if len(Ws) != len(bs) or len(Ws) == 0:
        raise ValueError(f"one b per W is needed, got {len(Ws)} W and {len(bs)} b")
    zs: list[_Floats] = []
    as_ = [_vector(x, "x").copy()]
    for number, (W, b) in enumerate(zip(Ws, bs, strict=False), 1):
        weights, biases = _floats(W), _vector(b, "b")
        if weights.shape != (len(biases), len(as_[-1])):
            raise ValueError(f"layer {number}: W {weights.shape} does not match b and the input")
        zs.append(weights @ as_[-1] + biases)
        last = number == len(Ws)
        as_.append((output if last and output is not None else f)(zs[-1]))
    return zs, as_


def deltas(
    y: Any,
    zs: Sequence[ArrayLike],
    as_: Sequence[ArrayLike],
    Ws: Sequence[ArrayLike],
    f_grad: _Function,
    output_delta: Callable[[_Floats, _Floats, Any], _Floats],
) -> list[_Floats]:
    """Return the error terms ``δ_l = ∂L/∂z_l`` of all layers, for one sample.

    The last one is ``output_delta(z_L, a_L, y)``. The others follow from it, from the back to the
    front: ``δ_l = f'(z_l) ⊙ (W_{l+1}ᵀ δ_{l+1})``, with ⊙ for the product element by element.

    Args:
        y: the target. It is only passed on to ``output_delta``.
        zs, as_: what ``forward_all`` returned.
        Ws: the weights, as for ``forward_all``.
        f_grad: the derivative of the hidden activation at z. It takes an array (M_l,) and returns
            one.
        output_delta: computes ∂L/∂z of the last layer, (M_L,). For softmax with the cross-entropy,
            that is ``a - y``.

    Returns:
        [δ_1, …, δ_L], (M_l,) each, in the order of the layers.

    Raises:
        ValueError: the lists are not of the lengths L, L + 1 and L, there is no layer, or an array
            does not have the shape above, the one from ``output_delta`` included.

    Source: D. Rumelhart, G. Hinton, R. Williams 1986.
    """
    if len(zs) == 0 or len(as_) != len(zs) + 1 or len(Ws) != len(zs):
        raise ValueError(f"L, L + 1 and L are needed, got {len(zs)}, {len(as_)} and {len(Ws)}")
    z = _vector(zs[-1], "z")
    delta = _floats(output_delta(z, _vector(as_[-1], "a"), y)).copy()
    if delta.shape != z.shape:
        raise ValueError(f"output_delta must return shape {z.shape}, got {delta.shape}")
    found = [delta]
    for before, W in zip(reversed(zs[:-1]), reversed(Ws), strict=False):
        z, weights = _vector(before, "z"), _floats(W)
        if weights.shape != (len(delta), len(z)):
            raise ValueError(f"W {weights.shape} does not match z {z.shape} and the next layer")
        delta = f_grad(z) * (weights.T @ delta)
        found.append(delta)
    return found[::-1]


def gradients(
    deltas: Sequence[ArrayLike], as_: Sequence[ArrayLike]
) -> tuple[list[_Floats], list[_Floats]]:
    """Return the gradients of the loss with respect to all weights and biases, for one sample.

    ``∂L/∂W_l = δ_l a_{l-1}ᵀ``, (M_l, M_{l-1}), and ``∂L/∂b_l = δ_l``, (M_l,). For a batch, add up
    the results of its samples.

    Args:
        deltas: the error terms of the layers, in their order, (M_l,) each.
        as_: [x, a_1, …, a_L], what ``forward_all`` returned.

    Returns:
        A tuple of two lists, (dWs, dbs), with one array per layer. They share no memory with the
        arguments.

    Raises:
        ValueError: ``as_`` is not one longer than ``deltas``, or an array does not have one axis.
    """
    if len(as_) != len(deltas) + 1:
        raise ValueError(f"as_ must be one longer, got {len(deltas)} deltas and {len(as_)} as_")
    dbs = [_vector(delta, "delta").copy() for delta in deltas]
    activations = [_vector(a, "a") for a in as_[:-1]]
    return [np.outer(db, a) for db, a in zip(dbs, activations, strict=False)], dbs


def _vector(values: ArrayLike, name: str) -> _Floats:
    vector = _floats(values)
    if vector.ndim != 1:
        raise ValueError(f"{name} must have one axis, got shape {vector.shape}")
    return vector


def _floats(values: ArrayLike) -> _Floats:
    array = np.asarray(values)
    return array if np.issubdtype(array.dtype, np.floating) else array.astype(np.float64)
