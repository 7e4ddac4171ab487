"""params and grads do not contain the arrays of the projection.

An optimizer then never changes them, so the projection stays as it was drawn. They belong to the block, as
"projection.W" and "projection.b".
"""


class Residual:
    @property
    def params(self):
        return {
            f"{name}.{key}": array
            for name, layer in self._named()
            for key, array in layer.params.items()
            if name != "projection"
        }

    @property
    def grads(self):
        return {
            f"{name}.{key}": array
            for name, layer in self._named()
            for key, array in layer.grads.items()
            if name != "projection"
        }
