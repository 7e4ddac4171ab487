"""The neurons of a layer are copies of the first one, so all of them start equal.

They are separate objects, but they hold the same numbers, give the same output and get the same
gradient: training can never make them different, and 4 neurons do the work of 1. Make each neuron
with its own draws from rng.
"""

import copy

from .neuron import Neuron


class Layer:
    def __init__(self, n_in, n_out, rng):
        first = Neuron(n_in, rng)
        self.neurons = [copy.deepcopy(first) for _ in range(n_out)]

    def __call__(self, x):
        return [neuron(x) for neuron in self.neurons]

    def parameters(self):
        return [p for neuron in self.neurons for p in neuron.parameters()]


class MLP:
    def __init__(self, n_in, sizes, rng):
        inputs = [n_in, *sizes[:-1]]
        self.layers = [Layer(a, b, rng) for a, b in zip(inputs, sizes, strict=True)]

    def __call__(self, x):
        for layer in self.layers:
            x = layer(x)
        return x[0] if len(x) == 1 else x

    def parameters(self):
        return [p for layer in self.layers for p in layer.parameters()]
