"""The caller's list of inputs is overwritten with the outputs of the layers.

x[:] = ... writes into the list that was passed. In the second epoch the network then trains on
different data: an input of 1.0 may have become 0.46. Use a name of your own for the outputs.
"""

base = "variants/plain-loops"


class MLP:
    def __call__(self, x):
        outputs = x
        for layer in self.layers:
            outputs[:] = layer(outputs)
        return outputs[0] if len(outputs) == 1 else outputs
