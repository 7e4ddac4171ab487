"""Wrong: MLP wraps its inputs in new Values, also where they are Values, which get no gradient."""

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
        self.layers = []
        last = n_in
        for size in sizes:
            self.layers.append(Layer(last, size, rng))
            last = size

    def __call__(self, x: Sequence[float | Value]) -> Value | list[Value]:
        # from here on, everything is a Value
        signal = [Value(getattr(xi, "data", xi)) for xi in x]
        for layer in self.layers:
            signal = layer(signal)
        return signal[0] if len(signal) == 1 else signal

    def parameters(self) -> list[Value]:
        return [p for layer in self.layers for p in layer.parameters()]
