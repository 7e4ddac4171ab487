"""Layers and the multi-layer perceptron, put together with itertools and functools."""

import random
from collections.abc import Iterable, Sequence
from functools import reduce
from itertools import chain, pairwise, repeat

from ..autograd.value import Value
from .neuron import Neuron


def _all_parameters(parts: Iterable) -> list[Value]:
    return list(chain.from_iterable(part.parameters() for part in parts))


class Layer:
    def __init__(self, n_in: int, n_out: int, rng: random.Random) -> None:
        self.neurons = list(map(Neuron, repeat(n_in, n_out), repeat(rng)))

    def __call__(self, x: Sequence[float | Value]) -> list[Value]:
        return list(map(Neuron.__call__, self.neurons, repeat(x)))

    def parameters(self) -> list[Value]:
        return _all_parameters(self.neurons)


class MLP:
    def __init__(self, n_in: int, sizes: list[int], rng: random.Random) -> None:
        self.layers = [Layer(a, b, rng) for a, b in pairwise(chain([n_in], sizes))]

    def __call__(self, x: Sequence[float | Value]) -> Value | list[Value]:
        outputs = reduce(lambda signal, layer: layer(signal), self.layers, tuple(x))
        match outputs:
            case [single]:
                return single
            case _:
                return outputs

    def parameters(self) -> list[Value]:
        return _all_parameters(self.layers)
