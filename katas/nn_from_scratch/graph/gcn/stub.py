"""A graph convolution: a dense layer on weighted sums over each node and its neighbours."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

_Floats = NDArray[np.floating[Any]]


def normalize_adjacency(A: ArrayLike) -> _Floats:
    """Return ``D^(-1/2) @ (A + I) @ D^(-1/2)``, where D contains the degrees of A + I.

    Each node gets an edge to itself first. The degree of a node is the sum of its row in A + I, and
    the entry for the nodes i and j is divided by the square roots of both degrees.

    Args:
        A: the adjacency matrix of n nodes, (n, n): symmetric, with zeros on its diagonal. The entry
            of an edge is its weight, 1 or another positive number. n may be 0.

    Returns:
        A new array (n, n). Floats keep their dtype; integers and bools are converted to float64.

    Raises:
        ValueError: A is not (n, n), not symmetric, has a negative entry, or has an entry on its
            diagonal that is not 0.

    No argument is changed. Source: T. N. Kipf, M. Welling 2017.
    """
    raise NotImplementedError("kata gcn: normalize_adjacency is not written yet")


class GCNLayer:
    """Compute ``relu(A_hat @ H @ W + b)`` for the nodes of a graph, and its gradients.

    Write n for the number of nodes, I for ``units_in`` and O for ``units_out``.

    Attributes:
        params: the arrays "W" (I, O) and "b" (O,). The layer computes with these arrays, so a
            change in place takes effect.
        grads: the gradients of "W" and "b", in their shapes, zero at first. ``backward`` adds to
            them.

    No method changes its arguments, or an array that it returned.
    Source: T. N. Kipf, M. Welling 2017.
    """

    params: dict[str, _Floats]
    grads: dict[str, _Floats]

    def __init__(
        self, units_in: int, units_out: int, rng: np.random.Generator, relu: bool = True
    ) -> None:
        """Draw the weights from ``rng`` as a new ``Dense`` does; the biases are zero.

        Args:
            units_in, units_out: I and O.
            rng: the only source of random numbers.
            relu: False leaves out the ReLU, as in the last layer of a classifier.
        """
        raise NotImplementedError("kata gcn: GCNLayer.__init__ is not written yet")

    def forward(self, H: ArrayLike, A_hat: ArrayLike, training: bool = False) -> _Floats:
        """Return ``relu(A_hat @ H @ W + b)``, (n, O); without the ReLU if ``relu`` is False.

        Args:
            H: the features, one row per node, (n, I). Integers are converted to float64. n may be
                0.
            A_hat: what each node takes from each node, (n, n). Row i belongs to the node that
                takes. It need not be symmetric.
            training: remember what ``backward`` needs. A call without it does not change what an
                earlier call remembered.

        Raises:
            ValueError: H is not (n, I), or A_hat is not (n, n).
        """
        raise NotImplementedError("kata gcn: GCNLayer.forward is not written yet")

    def backward(self, dout: ArrayLike) -> _Floats:
        """Return d(loss)/dH, (n, I), and add d(loss)/dW and d(loss)/db to ``grads``.

        A_hat is fixed and gets no gradient. Where the ReLU is exactly at 0, its derivative is 0.

        Args:
            dout: the upstream gradient, (n, O), for the last call to ``forward`` with
                ``training=True``.

        Raises:
            RuntimeError: there was no such call to ``forward``.
            ValueError: ``dout`` is not (n, O). ``grads`` are then unchanged.
        """
        raise NotImplementedError("kata gcn: GCNLayer.backward is not written yet")

    def zero_grad(self) -> None:
        """Set all gradients to zero, in the arrays that ``grads`` already contains."""
        raise NotImplementedError("kata gcn: GCNLayer.zero_grad is not written yet")
