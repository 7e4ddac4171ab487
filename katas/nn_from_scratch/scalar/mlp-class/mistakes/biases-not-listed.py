"""A layer's parameters() lists the weights of its neurons but not their biases.

A layer of 3 neurons with 4 inputs has 15 parameters, and 12 are listed; the biases are never
trained. Use the parameters() of each neuron.
"""

from .neuron import Neuron


class Layer:
    def __init__(self, n_in, n_out, rng):
        self.neurons = [Neuron(n_in, rng) for _ in range(n_out)]

    def __call__(self, x):
        return [neuron(x) for neuron in self.neurons]

    def parameters(self):
        return [w for neuron in self.neurons for w in neuron.w]


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
