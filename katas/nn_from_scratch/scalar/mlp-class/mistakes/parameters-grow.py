"""parameters() adds to a list that the network keeps, and returns that list.

Each call lists every parameter once more: MLP(3, [4, 4, 1]) has 41 after the first call and 82
after the second, and a training step then moves each of them twice. Begin with a new list in every
call.
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
        self.listed = []

    def __call__(self, x):
        for layer in self.layers:
            x = layer(x)
        return x[0] if len(x) == 1 else x

    def parameters(self):
        for layer in self.layers:
            self.listed += layer.parameters()
        return self.listed
