"""Layers and the multi-layer perceptron, step by step in plain loops."""

import random
from collections.abc import Sequence

from ..autograd.value import Value
from .neuron import Neuron


class Layer:
    def __init__(self, n_in: int, n_out: int, rng: random.Random) -> None:
        self.neurons = []
        count = 0
        while count < n_out:
            self.neurons.append(Neuron(n_in, rng))
            count += 1

    def __call__(self, x: Sequence[float | Value]) -> list[Value]:
        outputs = [None] * len(self.neurons)
        for i, neuron in enumerate(self.neurons):
            outputs[i] = neuron(x)
        return outputs

    def parameters(self) -> list[Value]:
        params = []
        for neuron in self.neurons:
            params.extend(neuron.parameters())
        return params


class MLP:
    def __init__(self, n_in: int, sizes: list[int], rng: random.Random) -> None:
        self.layers = []
        coming_in = n_in
        for size in sizes:
            self.layers.append(Layer(coming_in, size, rng))
            coming_in = size

    def __call__(self, x: Sequence[float | Value]) -> Value | list[Value]:
        signal = x
        for layer in self.layers:
            signal = layer(signal)
        if len(self.layers[-1].neurons) == 1:
            return signal[0]
        return signal

    def parameters(self) -> list[Value]:
        params = []
        for layer in self.layers:
            params += layer.parameters()
        return params
