"""Between the layers only the numbers are passed on, not the Values.

The outputs are right, but the gradient ends at the last layer: all weights before it get 0 and
never learn, and so do the inputs. Pass the Values on as they are.
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
            x = [output.data for output in layer(x)]
        outputs = self.layers[-1](x)
        return outputs[0] if len(outputs) == 1 else outputs

    def parameters(self):
        return [p for layer in self.layers for p in layer.parameters()]
