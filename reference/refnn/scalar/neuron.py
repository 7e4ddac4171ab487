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
        rng = rng if rng is not None else random.Random()
        self.w = [Value(rng.uniform(-1.0, 1.0)) for _ in range(num_input)]
        self.b = Value(rng.uniform(-1.0, 1.0))

    def __call__(self, x: Sequence[float | Value]) -> Value:
        """Return the neuron's output for one input.

        Args:
            x: ``num_input`` numbers or Values; the gradient flows on into those that are Values.

        Raises:
            ValueError: x has another length than there are weights.
        """
        if len(x) != len(self.w):
            raise ValueError(f"a neuron with {len(self.w)} weights was given {len(x)} inputs")
        net_input = sum((w * x_i for w, x_i in zip(self.w, x, strict=True)), start=self.b)
        return net_input.tanh()

    def parameters(self) -> list[Value]:
        """Return what training changes, weights and then bias: the objects themselves."""
        return [*self.w, self.b]
