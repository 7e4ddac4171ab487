"""There is one layer too many: the inputs have neurons of their own.

The inputs are numbers that come in; nothing is computed there. MLP(3, [4, 4, 1]) has 3 layers and
41 parameters; with a layer from 3 to 3 in front it has 53. Begin with the layer from n_in to the
first size.
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
        widths = [n_in, n_in, *sizes]
        self.layers = [Layer(a, b, rng) for a, b in zip(widths, widths[1:])]

    def __call__(self, x):
        for layer in self.layers:
            x = layer(x)
        return x[0] if len(x) == 1 else x

    def parameters(self):
        return [p for layer in self.layers for p in layer.parameters()]
