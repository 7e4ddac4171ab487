"""A forward pass that calls itself for the rest of the layers."""

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
        return self._from(0, x)

    def _from(self, place, values):
        if place == len(self.layers):
            return values[0] if len(values) == 1 else values
        return self._from(place + 1, self.layers[place](values))

    def parameters(self):
        listed = []
        for layer in self.layers:
            listed += layer.parameters()
        return listed
