"""Functions that run in the process of the learner's layers."""

import tracemalloc

import numpy as np

from .activation import softmax_vjp


def backward_after_changes(layer, x: np.ndarray, dout: np.ndarray, changed: str) -> object:
    """Return what backward gives when the input or the output was changed after forward."""
    x = x.copy()
    out = layer.forward(x, training=True)
    array = x if changed == "input" else out
    if not isinstance(array, np.ndarray):
        return "the output is not an array"
    array *= -0.5
    array += 0.25
    return layer.backward(dout)


def shared_memory(layer, x: np.ndarray, dout: np.ndarray) -> list[bool]:
    """Return whether both outputs and the gradient use memory of the arguments."""
    results = [layer.forward(x), layer.forward(x, training=True), layer.backward(dout)]
    return [
        bool(np.shares_memory(result, x) or np.shares_memory(result, dout)) for result in results
    ]


def makes_all_jacobians(p: np.ndarray, dout: np.ndarray) -> bool:
    """Return whether softmax_vjp needs memory for about N C² numbers."""
    tracemalloc.start()
    try:
        softmax_vjp(p, dout)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    return bool(peak > p.nbytes * p.shape[1] / 4)
