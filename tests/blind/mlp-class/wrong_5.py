"""Wrong: the test for a single output stands inside the loop and ends at a one-neuron layer."""

import random
from collections.abc import Sequence

from ..autograd.value import Value
from .neuron import Neuron


class Layer:
    def __init__(self, n_in: int, n_out: int, rng: random.Random) -> None:
        self.neurons = []
        for _ in range(n_out):
            self.neurons.append(Neuron(n_in, rng))

    def __call__(self, x: Sequence[float | Value]) -> list[Value]:
        return [neuron(x) for neuron in self.neurons]

    def parameters(self) -> list[Value]:
        return [p for neuron in self.neurons for p in neuron.parameters()]


class MLP:
    def __init__(self, n_in: int, sizes: list[int], rng: random.Random) -> None:
        ins = [n_in, *sizes]
        self.layers = [Layer(i, o, rng) for i, o in zip(ins, sizes, strict=False)]

    def __call__(self, x: Sequence[float | Value]) -> Value | list[Value]:
        out = x
        for layer in self.layers:
            out = layer(out)
            if len(out) == 1:
                return out[0]
        return out

    def parameters(self) -> list[Value]:
        return [p for layer in self.layers for p in layer.parameters()]
