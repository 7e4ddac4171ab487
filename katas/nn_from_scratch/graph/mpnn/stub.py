"""Message passing: nodes send messages along edges, gather those that arrive, and update.

Graph convolution and graph attention are cases of this.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

_Floats = NDArray[np.floating[Any]]


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
    raise NotImplementedError("kata mpnn: message_passing is not written yet")


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
    raise NotImplementedError("kata mpnn: readout is not written yet")
