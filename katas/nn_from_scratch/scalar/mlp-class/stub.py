"""Layers of neurons, and sequences of layers: the multi-layer perceptron."""

import random
from collections.abc import Sequence

from ..autograd.value import Value
from .neuron import Neuron


class Layer:
    """Neurons side by side: all get the same inputs, and none gets the output of another.

    Attributes:
        neurons: a list of ``n_out`` Neurons.
    """

    neurons: list[Neuron]

    def __init__(self, n_in: int, n_out: int, rng: random.Random) -> None:
        """Make ``n_out`` separate neurons of ``n_in`` inputs each, all drawn from ``rng``."""
        raise NotImplementedError("kata mlp-class: Layer.__init__ is not written yet")

    def __call__(self, x: Sequence[float | Value]) -> list[Value]:
        """Return the outputs of all neurons for one input of length ``n_in``, always as a list."""
        raise NotImplementedError("kata mlp-class: Layer.__call__ is not written yet")

    def parameters(self) -> list[Value]:
        """Return the parameters of all neurons, ``n_out * (n_in + 1)`` Values."""
        raise NotImplementedError("kata mlp-class: Layer.parameters is not written yet")


class MLP:
    """A sequence of layers: each takes the outputs of the previous layer as its inputs.

    Attributes:
        layers: the list of Layers. The inputs do not count as a layer.
    """

    layers: list[Layer]

    def __init__(self, n_in: int, sizes: list[int], rng: random.Random) -> None:
        """Make one layer for each entry of ``sizes``.

        Args:
            n_in: the number of inputs.
            sizes: the number of neurons of each layer, the output layer last: ``[4, 4, 1]`` is
                two hidden layers of four neurons and one output.
            rng: the generator of the random numbers.
        """
        raise NotImplementedError("kata mlp-class: MLP.__init__ is not written yet")

    def __call__(self, x: Sequence[float | Value]) -> Value | list[Value]:
        """Return the network's output for one input of length ``n_in``, which is not changed.

        Returns:
            One Value when the last layer has a single neuron, else a list of them.
        """
        raise NotImplementedError("kata mlp-class: MLP.__call__ is not written yet")

    def parameters(self) -> list[Value]:
        """Return the parameters of all layers; ``MLP(3, [4, 4, 1], rng)`` has 41."""
        raise NotImplementedError("kata mlp-class: MLP.parameters is not written yet")
