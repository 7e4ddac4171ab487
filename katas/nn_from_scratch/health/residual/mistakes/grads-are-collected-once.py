"""params and grads are put together in __init__ and never again.

If a layer puts a new array into its grads, the block still has the old one, full of zeros. Look the arrays
up each time, for example in a property.
"""


class Residual:
    def __init__(self, layers, projection=None):
        self.layers = list(layers)
        self.projection = projection
        self._shape = None
        self._all_params = {
            f"{name}.{key}": array
            for name, layer in self._named()
            for key, array in layer.params.items()
        }
        self._all_grads = {
            f"{name}.{key}": array
            for name, layer in self._named()
            for key, array in layer.grads.items()
        }

    @property
    def params(self):
        return self._all_params

    @property
    def grads(self):
        return self._all_grads
