"""Every layer is made for the n_in inputs of the network.

Only the first layer gets those. In MLP(3, [4, 2]) the second layer needs neurons with 4 weights
and has neurons with 3. With equal sizes, as in MLP(4, [4, 4]), the error does not show. Use the
size of the layer before.
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
        self.layers = [Layer(n_in, size, rng) for size in sizes]

    def __call__(self, x):
        for layer in self.layers:
            x = layer(x)
        return x[0] if len(x) == 1 else x

    def parameters(self):
        return [p for layer in self.layers for p in layer.parameters()]
