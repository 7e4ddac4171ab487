"""Every layer gets the network's inputs, and only the last layer's outputs are returned.

Nothing is passed on, so all layers but the last have no effect and get no gradient. In MLP(3, [4,
2]) the second layer expects 4 inputs and gets 3; in MLP(4, [4, 4]) only the numbers are wrong. Give
each layer the outputs of the previous layer.
"""

base = "variants/plain-loops"


class MLP:
    def __call__(self, x):
        for layer in self.layers:
            outputs = layer(x)
        return outputs[0] if len(outputs) == 1 else outputs
