"""The network's parameters() lists those of its first layer only.

Training changes only what is listed. In MLP(3, [4, 4, 1]) that is 16 of 41 parameters. Collect
them from every layer.
"""

base = "variants/plain-loops"


class MLP:
    def parameters(self):
        return self.layers[0].parameters()
