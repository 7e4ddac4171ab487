"""The caller's list of inputs is overwritten with the outputs of the layers.

x[:] = ... writes into the list that was passed. In the second epoch the network then trains on
other data: an input of 1.0 may have become 0.46. Use a name of your own for the outputs.
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
        outputs = x
        for layer in self.layers:
            outputs[:] = layer(outputs)
        return outputs[0] if len(outputs) == 1 else outputs

    def parameters(self):
        return [p for layer in self.layers for p in layer.parameters()]
