"""Every layer gets the network's inputs, and only the last layer's outputs are returned.

Nothing is passed on, so all layers but the last have no effect and get no gradient. In MLP(3, [4,
2]) the second layer expects 4 inputs and gets 3; in MLP(4, [4, 4]) only the numbers are wrong.
Give each layer the outputs of the layer before.
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
        for layer in self.layers:
            outputs = layer(x)
        return outputs[0] if len(outputs) == 1 else outputs

    def parameters(self):
        return [p for layer in self.layers for p in layer.parameters()]
