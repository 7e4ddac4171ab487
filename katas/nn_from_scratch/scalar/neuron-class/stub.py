"""One neuron: a weight per input, a bias, and an activation function."""

import random
from collections.abc import Sequence

from ..autograd.value import Value


class Neuron:
    """A neuron computes tanh(w_1 x_1 + ... + w_n x_n + b).

    Attributes:
        w: its weights, a list of ``num_input`` Values.
        b: its bias, a Value.
    """

    w: list[Value]
    b: Value

    def __init__(self, num_input: int, rng: random.Random | None = None) -> None:
        """Draw each weight and the bias from the uniform distribution on -1 to 1.

        Args:
            num_input: the number of inputs.
            rng: the generator of the random numbers; the same state gives the same neuron.
                Without one, a new unseeded generator is made. Python's global generator is not
                used in either case.
        """
        raise NotImplementedError("kata neuron-class: Neuron.__init__ is not written yet")

    def __call__(self, x: Sequence[float | Value]) -> Value:
        """Return the neuron's output for one input.

        Args:
            x: ``num_input`` numbers or Values; those that are Values get their gradient.

        Raises:
            ValueError: the length of x is not the number of weights.
        """
        raise NotImplementedError("kata neuron-class: Neuron.__call__ is not written yet")

    def parameters(self) -> list[Value]:
        """Return what training changes: the weights in their order, and then the bias."""
        raise NotImplementedError("kata neuron-class: Neuron.parameters is not written yet")
