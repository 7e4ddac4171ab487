"""Loops with an index, the bias added last; random() stretched to -1 to 1."""

import random
from collections.abc import Sequence

from ..autograd.tanh import tanh
from ..autograd.value import Value


class Neuron:
    """A weight for each input, a bias, and tanh."""

    def __init__(self, num_input: int, rng: random.Random | None = None) -> None:
        generator = rng if rng is not None else random.Random()

        def draw() -> Value:
            return Value(2.0 * generator.random() - 1.0)

        self.b = draw()
        self.w: list[Value] = []
        for _ in range(num_input):
            self.w.append(draw())

    def __call__(self, x: Sequence[float | Value]) -> Value:
        n = len(self.w)
        if len(x) != n:
            raise ValueError(f"this neuron has {n} weights and was given {len(x)} inputs")
        total = Value(0.0)
        for i in range(n):
            total = total + x[i] * self.w[i]
        return tanh(total + self.b)

    def parameters(self) -> list[Value]:
        result = list(self.w)
        result.append(self.b)
        return result
