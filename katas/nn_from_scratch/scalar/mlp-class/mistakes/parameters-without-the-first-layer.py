"""The network's parameters() leaves its first layer out.

The inputs are not a layer, so self.layers[0] has weights like all others. In MLP(3, [4, 4, 1]) 25
of 41 parameters are listed, and the other 16 never learn. Begin with the first entry of
self.layers.
"""

base = "variants/plain-loops"


class MLP:
    def parameters(self):
        return [p for layer in self.layers[1:] for p in layer.parameters()]
