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
        rng = rng if rng is not None else random.Random()
        self.w = [Value(rng.uniform(-1.0, 1.0)) for _ in range(num_input)]
        self.b = Value(rng.uniform(-1.0, 1.0))

    def __call__(self, x: Sequence[float | Value]) -> Value:
        """Return the neuron's output for one input.

        Args:
            x: ``num_input`` numbers or Values; those that are Values get their gradient.

        Raises:
            ValueError: the length of x is not the number of weights.
        """
        if len(x) != len(self.w):
            raise ValueError(f"a neuron with {len(self.w)} weights was given {len(x)} inputs")
        net_input = sum((w * x_i for w, x_i in zip(self.w, x, strict=True)), start=self.b)
        return net_input.tanh()

    def parameters(self) -> list[Value]:
        """Return what training changes: the weights in their order, and then the bias."""
        return [*self.w, self.b]
