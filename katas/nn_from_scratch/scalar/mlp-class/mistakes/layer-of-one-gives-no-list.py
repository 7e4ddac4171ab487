"""A layer with one neuron returns a bare Value instead of a list of one.

Inside a network, the outputs of a layer are the inputs of the next one, and a neuron takes the
length of its inputs: a hidden layer with 1 neuron breaks the network. Always return a list, and
take the Value out at the end of the network only.
"""

base = "variants/plain-loops"


class Layer:
    def __call__(self, x):
        outputs = [neuron(x) for neuron in self.neurons]
        return outputs[0] if len(outputs) == 1 else outputs


class MLP:
    def __call__(self, x):
        for layer in self.layers:
            x = layer(x)
        return x
