"""Every layer is given the network's inputs, and the last one's answer is kept.

So nothing is handed on, and all layers but the last compute in vain: they get no gradients. Where
the sizes differ the next neuron complains of a wrong number of inputs; in MLP(4, [4, 4]) it only
gives wrong numbers.
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
        self.layers = [Layer(a, b, rng) for a, b in zip(inputs, sizes)]

    def __call__(self, x):
        for layer in self.layers:
            outputs = layer(x)
        return outputs[0] if len(outputs) == 1 else outputs

    def parameters(self):
        return [p for layer in self.layers for p in layer.parameters()]
