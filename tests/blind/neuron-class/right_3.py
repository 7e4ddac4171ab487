"""A fold over pairs; zip itself refuses another length."""

import random
from collections.abc import Sequence
from functools import reduce

from ..autograd.value import Value


class Neuron:
    """tanh(w · x + b)."""

    w: list[Value]
    b: Value

    def __init__(self, num_input: int, rng: random.Random | None = None) -> None:
        rng = rng or random.Random()
        *self.w, self.b = (Value(rng.uniform(-1, 1)) for _ in range(num_input + 1))

    def __call__(self, x: Sequence[float | Value]) -> Value:
        pairs = zip(self.w, x, strict=True)
        return reduce(lambda total, pair: total + pair[0] * pair[1], pairs, self.b).tanh()

    def parameters(self) -> list[Value]:
        return [*self.w, self.b]
