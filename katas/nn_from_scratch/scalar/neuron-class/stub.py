"""One neuron: a weight for each input, a bias, and a squashing function."""

import random
from collections.abc import Sequence

from ..autograd.value import Value


class Neuron:
    """A neuron computes tanh(w_1 x_1 + ... + w_n x_n + b).

    Attributes:
        w: its weights, a list of ``num_input`` Values.
        b: its bias, a Value.
    """

    def __init__(self, num_input: int, rng: random.Random | None = None) -> None:
        """Draw each weight and the bias from the uniform distribution on -1 to 1.

        Args:
            num_input: how many inputs the neuron has.
            rng: where the random numbers come from; the same state gives the same neuron.
                Without one, a new unseeded generator is made. Python's global generator is left
                alone in both cases.
        """
        raise NotImplementedError("kata neuron-class: __init__ is yours to write")

    def __call__(self, x: Sequence[float | Value]) -> Value:
        """Return the neuron's output for one input.

        Args:
            x: ``num_input`` numbers or Values; the gradient flows on into those that are Values.

        Raises:
            ValueError: x has another length than there are weights.
        """
        raise NotImplementedError("kata neuron-class: __call__ is yours to write")

    def parameters(self) -> list[Value]:
        """Return what training changes, weights and then bias: the objects themselves."""
        raise NotImplementedError("kata neuron-class: parameters is yours to write")
