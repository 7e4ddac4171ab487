"""All layers use the same names: params has only one "W", that of the last layer.

An optimizer then never sees the weights of the others, and they are never trained. Put the number of the
layer in front: "0.W", "1.W".
"""


class Residual:
    @property
    def params(self):
        return {key: array for name, layer in self._named() for key, array in layer.params.items()}

    @property
    def grads(self):
        return {key: array for name, layer in self._named() for key, array in layer.grads.items()}
