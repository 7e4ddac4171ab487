"""Wrong: a Layer of one neuron gives that Value and not a list of one; only MLP copes with it."""

import random
from collections.abc import Sequence

from ..autograd.value import Value
from .neuron import Neuron


class Layer:
    def __init__(self, n_in: int, n_out: int, rng: random.Random) -> None:
        self.neurons = [Neuron(n_in, rng) for _ in range(n_out)]

    def __call__(self, x: Sequence[float | Value]) -> list[Value]:
        outs = [neuron(x) for neuron in self.neurons]
        return outs[0] if len(outs) == 1 else outs

    def parameters(self) -> list[Value]:
        return [p for neuron in self.neurons for p in neuron.parameters()]


class MLP:
    def __init__(self, n_in: int, sizes: list[int], rng: random.Random) -> None:
        sizes = [n_in, *sizes]
        self.layers = [Layer(sizes[i], sizes[i + 1], rng) for i in range(len(sizes) - 1)]

    def __call__(self, x: Sequence[float | Value]) -> Value | list[Value]:
        for layer in self.layers:
            x = layer([x] if isinstance(x, Value) else x)
        return x

    def parameters(self) -> list[Value]:
        return [p for layer in self.layers for p in layer.parameters()]
