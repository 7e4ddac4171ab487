"""Message passing: nodes send messages along edges, gather those that arrive, and update.

Graph convolution and graph attention are cases of this.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

_Floats = NDArray[np.floating[Any]]

_HOW = ("sum", "mean", "max")


def message_passing(
    h: ArrayLike,
    edges: ArrayLike,
    message_fn: Callable[[Any, Any], ArrayLike],
    update_fn: Callable[[Any, Any], ArrayLike],
    aggregate: str = "sum",
    steps: int = 1,
) -> _Floats:
    """Return the states of all nodes after some steps of message passing.

    In each step, every edge carries the message ``message_fn(h[src], h[dst])`` from the node src to
    the node dst. Each node gathers the messages that arrive at it: their sum, mean or maximum,
    number by number, and zeros if none arrives. Then ``update_fn(h, gathered)`` is the new h. All
    messages of a step are computed from the states before it.

    Args:
        h: the states, one row per node, (n, d). n may be 0.
        edges: one row (src, dst) per edge, (E, 2), integers from 0 to n - 1. E may be 0. An edge
            that is listed twice carries two messages.
        message_fn: called once per step with the states of all senders and of all receivers, in
            the order of the edges, (E, d) each. It returns the messages, (E, m).
        update_fn: called once per step with all states, (n, d), and with what was gathered,
            (n, m). It returns the new states, (n, any number). Both functions may change the
            arrays that they get: those are never the caller's.
        aggregate: "sum", "mean" or "max".
        steps: the number of steps; 0 returns a copy of h.

    Returns:
        A new array of the last states. Floats keep their dtype; integers are converted to float64.

    Raises:
        ValueError: h is not (n, d); edges are not (E, 2), not integers, or name a node that does
            not exist; aggregate is not known; steps is below 0; or a function returns an array
            without one row per edge or node.

    No argument is changed. Source: J. Gilmer et al. 2017.
    """
    states, ends = _floats(h), _check_edges(edges)
    if aggregate not in _HOW:
        raise ValueError(f"aggregate must be one of {', '.join(_HOW)}, got {aggregate!r}")
    if states.ndim != 2:
        raise ValueError(f"h must be (n, d), got {states.shape}")
    if steps < 0:
        raise ValueError(f"steps must not be below 0, got {steps}")
    if not np.isin(ends, np.arange(len(states))).all():
        raise ValueError(f"edges must contain node numbers from 0 to {len(states) - 1}")
    src, dst = ends.T
    states = states.copy()
    for _ in range(steps):
        messages = _rows(message_fn(states[src], states[dst]), len(ends))
        gathered = _gather(messages, dst, len(states), aggregate)
        states = _rows(update_fn(states, gathered), len(states))
    return states


def readout(h: ArrayLike, how: str = "sum") -> _Floats:
    """Return one vector for a whole graph: the sum, mean or maximum of the states of its nodes.

    Args:
        h: the states, (n, d). n may be 0, which gives zeros.
        how: "sum", "mean" or "max".

    Returns:
        A new array (d,). Floats keep their dtype; integers are converted to float64.

    Raises:
        ValueError: h is not (n, d), or ``how`` is not known.

    No argument is changed.
    """
    states = _floats(h)
    if how not in _HOW:
        raise ValueError(f"how must be one of {', '.join(_HOW)}, got {how!r}")
    if states.ndim != 2:
        raise ValueError(f"h must be (n, d), got {states.shape}")
    if not len(states):
        return np.zeros(states.shape[1], dtype=states.dtype)
    whole: _Floats = getattr(states, how)(axis=0)
    return whole


def _gather(messages: _Floats, dst: NDArray[np.integer[Any]], n: int, how: str) -> _Floats:
    """Return the sum, mean or maximum of the messages at each node, and 0 where none arrives."""
    counts = np.bincount(dst, minlength=n)[:, np.newaxis]
    if how == "max":
        largest = np.full((n, messages.shape[1]), -np.inf, dtype=messages.dtype)
        np.maximum.at(largest, dst, messages)
        return np.where(counts, largest, 0.0).astype(messages.dtype)
    total = np.zeros((n, messages.shape[1]), dtype=messages.dtype)
    np.add.at(total, dst, messages)
    if how == "mean":
        total /= np.maximum(counts, 1)
    return total


def _check_edges(edges: ArrayLike) -> NDArray[np.integer[Any]]:
    ends = np.asarray(edges)
    if ends.shape[1:] != (2,) or not np.issubdtype(ends.dtype, np.integer):
        raise ValueError(f"edges must be integers, (E, 2), got {ends.dtype} {ends.shape}")
    return ends


def _rows(values: ArrayLike, count: int) -> _Floats:
    """Return what a function returned, if it has so many rows; else raise a ValueError."""
    array = _floats(values)
    if array.shape[:-1] != (count,):
        raise ValueError(f"expected an array with {count} rows, got {array.shape}")
    return array


def _floats(values: ArrayLike) -> _Floats:
    array = np.asarray(values)
    return array if np.issubdtype(array.dtype, np.floating) else array.astype(np.float64)
