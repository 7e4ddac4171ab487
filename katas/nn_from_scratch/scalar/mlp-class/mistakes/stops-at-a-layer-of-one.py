"""The forward pass returns at the first layer that has one neuron.

In MLP(2, [3, 1, 2]) the second layer has one neuron, and the third layer is never used: the result
is one Value instead of a list of 2. Check the number of outputs after the loop, not inside it.
"""

base = "variants/plain-loops"


class MLP:
    def __call__(self, x):
        for layer in self.layers:
            x = layer(x)
            if len(x) == 1:
                return x[0]
        return x
