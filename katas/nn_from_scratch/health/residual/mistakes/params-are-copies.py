"""params and grads contain copies of the arrays of the layers.

An optimizer changes them in place, and the layers notice nothing: the block does not learn. Put the arrays
themselves into the dicts.
"""


class Residual:
    @property
    def params(self):
        return {
            f"{name}.{key}": array.copy()
            for name, layer in self._named()
            for key, array in layer.params.items()
        }

    @property
    def grads(self):
        return {
            f"{name}.{key}": array.copy()
            for name, layer in self._named()
            for key, array in layer.grads.items()
        }
