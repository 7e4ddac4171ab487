"""The last layer returns its weighted sums; tanh is missing there.

Many networks end in such a linear layer, but here every neuron applies tanh: the outputs of an MLP
are between -1 and 1. A sum of 2 in the last layer should give 0.964, but gives 2. Use the last
layer as you use the others.
"""

base = "variants/plain-loops"


class MLP:
    def __call__(self, x):
        for layer in self.layers[:-1]:
            x = layer(x)
        outputs = []
        for neuron in self.layers[-1].neurons:
            outputs.append(sum((w * x_i for w, x_i in zip(neuron.w, x)), start=neuron.b))
        return outputs[0] if len(outputs) == 1 else outputs
