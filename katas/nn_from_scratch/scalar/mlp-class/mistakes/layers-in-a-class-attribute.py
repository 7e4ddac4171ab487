"""All networks share one list of layers.

A list that is made in the body of the class, and not in __init__, exists once for all networks.
The second network of 2 layers then has 4, the third has 6. Make a new list in __init__.
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
    layers = []

    def __init__(self, n_in, sizes, rng):
        inputs = [n_in, *sizes[:-1]]
        for a, b in zip(inputs, sizes):
            self.layers.append(Layer(a, b, rng))

    def __call__(self, x):
        for layer in self.layers:
            x = layer(x)
        return x[0] if len(x) == 1 else x

    def parameters(self):
        return [p for layer in self.layers for p in layer.parameters()]
