"""The network puts its inputs into new Values, also inputs that are Values already.

The result is right, but the new Values have no parents, so the gradient of the caller's own inputs
stays 0.0. Pass the inputs to the first layer as they are; a neuron takes numbers and Values.
"""

from ..autograd.value import Value
from .neuron import Neuron


class Layer:
    def __init__(self, n_in, n_out, rng):
        self.neurons = [Neuron(n_in, rng) for _ in range(n_out)]

    def __call__(self, x):
        return [neuron(x) for neuron in self.neurons]

    def parameters(self):
        return [p for neuron in self.neurons for p in neuron.parameters()]


class MLP:
    def __init__(self, n_in, sizes, rng):
        inputs = [n_in, *sizes[:-1]]
        self.layers = [Layer(a, b, rng) for a, b in zip(inputs, sizes, strict=True)]

    def __call__(self, x):
        x = [Value(getattr(x_i, "data", x_i)) for x_i in x]
        for layer in self.layers:
            x = layer(x)
        return x[0] if len(x) == 1 else x

    def parameters(self):
        return [p for layer in self.layers for p in layer.parameters()]
