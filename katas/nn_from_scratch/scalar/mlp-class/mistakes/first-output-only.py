"""Only the first of several outputs is returned.

With one neuron in the last layer, the first output is the whole result. With 2 or more, all of
them are: in MLP(3, [4, 2]) the second output is lost. Return the list unless it has exactly one
entry.
"""

base = "variants/plain-loops"


class MLP:
    def __call__(self, x):
        for layer in self.layers:
            x = layer(x)
        return x[0]
