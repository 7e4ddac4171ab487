"""Wrong: the neurons of a layer are deep copies of the first, so they all start out equal."""

import copy
import random
from collections.abc import Sequence

from ..autograd.value import Value
from .neuron import Neuron


class Layer:
    def __init__(self, n_in: int, n_out: int, rng: random.Random) -> None:
        neuron = Neuron(n_in, rng)
        # separate objects, not one object n_out times
        self.neurons = [copy.deepcopy(neuron) for _ in range(n_out)]

    def __call__(self, x: Sequence[float | Value]) -> list[Value]:
        outputs = []
        for neuron in self.neurons:
            out = neuron(x)
            outputs += [out]
        return outputs

    def parameters(self) -> list[Value]:
        params = []
        for neuron in self.neurons:
            params += neuron.parameters()
        return params


class MLP:
    def __init__(self, n_in: int, sizes: list[int], rng: random.Random) -> None:
        self.layers = []
        for i, size in enumerate(sizes):
            before = n_in if i == 0 else sizes[i - 1]
            self.layers.append(Layer(before, size, rng))

    def __call__(self, x: Sequence[float | Value]) -> Value | list[Value]:
        for layer in self.layers:
            x = layer(x)
        if len(x) == 1:
            return x[0]
        return x

    def parameters(self) -> list[Value]:
        params = []
        for layer in self.layers:
            params += layer.parameters()
        return params
