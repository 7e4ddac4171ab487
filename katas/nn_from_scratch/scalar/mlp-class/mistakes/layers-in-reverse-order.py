"""The forward pass goes through the layers from the last to the first.

The inputs belong into the first layer of the list. In MLP(3, [4, 2]) the last layer expects 4
inputs and gets 3, so its neurons raise an error; in MLP(4, [4, 4]) only the numbers are wrong. Go
through self.layers in its order.
"""

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
        for layer in reversed(self.layers):
            x = layer(x)
        return x[0] if len(x) == 1 else x

    def parameters(self):
        return [p for layer in self.layers for p in layer.parameters()]
