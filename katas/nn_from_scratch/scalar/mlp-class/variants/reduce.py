"""functools.reduce over the layers, and parameters collected from the neurons."""

from functools import reduce

from .neuron import Neuron


class Layer:
    def __init__(self, n_in, n_out, rng):
        self.neurons = [Neuron(n_in, rng) for _ in range(n_out)]

    def __call__(self, x):
        return [neuron(x) for neuron in self.neurons]

    def parameters(self):
        return reduce(lambda some, neuron: some + neuron.parameters(), self.neurons, [])


class MLP:
    def __init__(self, n_in, sizes, rng):
        self.layers = []
        for size in sizes:
            self.layers.append(Layer(n_in, size, rng))
            n_in = size

    def __call__(self, x):
        outputs = reduce(lambda values, layer: layer(values), self.layers, x)
        if len(outputs) > 1:
            return outputs
        return outputs[0]

    def parameters(self):
        return [p for layer in self.layers for n in layer.neurons for p in (n.b, *n.w)]
