"""Draws the last layer first and lists the parameters from the end."""

from itertools import chain, pairwise

from .neuron import Neuron


class Layer:
    def __init__(self, n_in, n_out, rng):
        self.neurons = []
        while len(self.neurons) < n_out:
            self.neurons.append(Neuron(num_input=n_in, rng=rng))

    def __call__(self, x):
        return [neuron(x) for neuron in self.neurons]

    def parameters(self):
        return list(chain.from_iterable(n.parameters() for n in reversed(self.neurons)))


class MLP:
    def __init__(self, n_in, sizes, rng):
        pairs = list(pairwise((n_in, *sizes)))
        self.layers = [Layer(a, b, rng) for a, b in reversed(pairs)][::-1]
        self.single = sizes[-1] == 1

    def __call__(self, x):
        values = list(x)
        for layer in self.layers:
            values = layer(values)
        return values[0] if self.single else values

    def parameters(self):
        return list(chain.from_iterable(layer.parameters() for layer in reversed(self.layers)))
