"""Wrong: MLP.parameters starts at layer 1, as if layer 0 were the inputs, and leaves one out."""

import random
from collections.abc import Sequence

from ..autograd.value import Value
from .neuron import Neuron


class Layer:
    def __init__(self, n_in: int, n_out: int, rng: random.Random) -> None:
        self.n_in = n_in
        self.n_out = n_out
        self.neurons = [Neuron(n_in, rng) for _ in range(n_out)]

    def __call__(self, x: Sequence[float | Value]) -> list[Value]:
        return [n(x) for n in self.neurons]

    def parameters(self) -> list[Value]:
        return [p for n in self.neurons for p in n.parameters()]


class MLP:
    def __init__(self, n_in: int, sizes: list[int], rng: random.Random) -> None:
        self.layers = [Layer(a, b, rng) for a, b in zip([n_in, *sizes[:-1]], sizes, strict=True)]

    def __call__(self, x: Sequence[float | Value]) -> Value | list[Value]:
        out = x
        for layer in self.layers:
            out = layer(out)
        return out[0] if self.layers[-1].n_out == 1 else out

    def parameters(self) -> list[Value]:
        params = []
        for i in range(1, len(self.layers)):
            params.extend(self.layers[i].parameters())
        return params
