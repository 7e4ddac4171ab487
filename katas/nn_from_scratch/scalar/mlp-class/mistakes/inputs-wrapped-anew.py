"""The network puts its inputs into new Values, even inputs that are already Values.

The result is right, but the new Values have no parents, so the gradient of the caller's own inputs
stays 0.0. Pass the inputs to the first layer as they are; a neuron takes numbers and Values.
"""

base = "variants/plain-loops"

from ..autograd.value import Value


class MLP:
    def __call__(self, x):
        x = [Value(getattr(x_i, "data", x_i)) for x_i in x]
        for layer in self.layers:
            x = layer(x)
        return x[0] if len(x) == 1 else x
