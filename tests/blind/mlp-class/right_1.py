"""Layers and the multi-layer perceptron, with comprehensions."""

import random
from collections.abc import Sequence

from ..autograd.value import Value
from .neuron import Neuron


class Layer:
    def __init__(self, n_in: int, n_out: int, rng: random.Random) -> None:
        self.neurons = [Neuron(n_in, rng) for _ in range(n_out)]

    def __call__(self, x: Sequence[float | Value]) -> list[Value]:
        return [neuron(x) for neuron in self.neurons]

    def parameters(self) -> list[Value]:
        return [p for neuron in self.neurons for p in neuron.parameters()]


class MLP:
    def __init__(self, n_in: int, sizes: list[int], rng: random.Random) -> None:
        widths = [n_in, *sizes]
        self.layers = [Layer(widths[i], widths[i + 1], rng) for i in range(len(sizes))]

    def __call__(self, x: Sequence[float | Value]) -> Value | list[Value]:
        out = list(x)
        for layer in self.layers:
            out = layer(out)
        return out[0] if len(out) == 1 else out

    def parameters(self) -> list[Value]:
        return [p for layer in self.layers for p in layer.parameters()]
