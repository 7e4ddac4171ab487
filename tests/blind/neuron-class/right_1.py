"""Comprehensions and sum, which starts at the bias."""

import random
from collections.abc import Sequence

from ..autograd.value import Value


class Neuron:
    """tanh of a weighted sum."""

    def __init__(self, num_input: int, rng: random.Random | None = None) -> None:
        if rng is None:
            rng = random.Random()
        self.w = [Value(rng.uniform(-1.0, 1.0)) for _ in range(num_input)]
        self.b = Value(rng.uniform(-1.0, 1.0))

    def __call__(self, x: Sequence[float | Value]) -> Value:
        if len(x) != len(self.w):
            raise ValueError(f"{len(self.w)} inputs expected, not {len(x)}")
        products = [w * x_i for w, x_i in zip(self.w, x, strict=True)]
        return sum(products, start=self.b).tanh()

    def parameters(self) -> list[Value]:
        return [*self.w, self.b]
