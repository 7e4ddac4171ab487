"""Layers of neurons, and layers in a row: the multi-layer perceptron."""

import random
from collections.abc import Sequence

from ..autograd.value import Value


class Layer:
    """Neurons side by side: all see the same inputs, and none sees another.

    Attributes:
        neurons: a list of ``n_out`` Neurons.
    """

    def __init__(self, n_in: int, n_out: int, rng: random.Random) -> None:
        """Make ``n_out`` separate neurons of ``n_in`` inputs each, all drawn from ``rng``."""
        raise NotImplementedError("kata mlp-class: __init__ is yours to write")

    def __call__(self, x: Sequence[float | Value]) -> list[Value]:
        """Return the outputs of all neurons for one input of length ``n_in``, always as a list."""
        raise NotImplementedError("kata mlp-class: __call__ is yours to write")

    def parameters(self) -> list[Value]:
        """Return the parameters of all neurons, ``n_out * (n_in + 1)`` Values."""
        raise NotImplementedError("kata mlp-class: parameters is yours to write")


class MLP:
    """Layers in a row: each takes the outputs of the one before as its inputs.

    Attributes:
        layers: the list of Layers. The inputs do not count as a layer.
    """

    def __init__(self, n_in: int, sizes: list[int], rng: random.Random) -> None:
        """Make one layer for each entry of ``sizes``.

        Args:
            n_in: the number of inputs.
            sizes: the number of neurons of each layer, the output layer last: ``[4, 4, 1]`` is
                two hidden layers of four neurons and one output.
            rng: where the random numbers come from.
        """
        raise NotImplementedError("kata mlp-class: __init__ is yours to write")

    def __call__(self, x: Sequence[float | Value]) -> Value | list[Value]:
        """Return the network's output for one input of length ``n_in``, which is not changed.

        Returns:
            One Value when the last layer has a single neuron, else a list of them.
        """
        raise NotImplementedError("kata mlp-class: __call__ is yours to write")

    def parameters(self) -> list[Value]:
        """Return the parameters of all layers; ``MLP(3, [4, 4, 1], rng)`` has 41."""
        raise NotImplementedError("kata mlp-class: parameters is yours to write")
