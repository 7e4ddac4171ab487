"""The last layer returns its weighted sums; tanh is missing there.

Many networks end in such a linear layer, but here every neuron applies tanh: an MLP never leaves
-1 to 1. A sum of 2 in the last layer should give 0.964 and gives 2. Use the last layer as you use
the others.
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
        for layer in self.layers[:-1]:
            x = layer(x)
        outputs = []
        for neuron in self.layers[-1].neurons:
            outputs.append(sum((w * x_i for w, x_i in zip(neuron.w, x)), start=neuron.b))
        return outputs[0] if len(outputs) == 1 else outputs

    def parameters(self):
        return [p for layer in self.layers for p in layer.parameters()]
