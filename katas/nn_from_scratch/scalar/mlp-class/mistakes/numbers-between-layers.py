"""Between the layers only the numbers are passed on, not the Values.

The outputs are right, but the gradient ends at the last layer: all earlier weights, and the inputs, get the
gradient 0, so these weights never learn. Pass the Values on as they are.
"""

base = "variants/plain-loops"


class MLP:
    def __call__(self, x):
        for layer in self.layers[:-1]:
            x = [output.data for output in layer(x)]
        outputs = self.layers[-1](x)
        return outputs[0] if len(outputs) == 1 else outputs
