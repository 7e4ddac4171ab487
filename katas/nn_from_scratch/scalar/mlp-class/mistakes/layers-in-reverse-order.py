"""The forward pass goes through the layers from the last to the first.

The inputs go into the first layer of the list. In MLP(3, [4, 2]) the last layer expects 4 inputs
and gets 3, so its neurons raise an error; in MLP(4, [4, 4]) only the numbers are wrong. Go through
self.layers in its order.
"""

base = "variants/plain-loops"


class MLP:
    def __call__(self, x):
        for layer in reversed(self.layers):
            x = layer(x)
        return x[0] if len(x) == 1 else x
