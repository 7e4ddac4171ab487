"""params has copies of the arrays of the layers.

The optimizer then changes the copies, and the layers compute with their old weights forever: the
loss does not change. Put the arrays of the layers themselves into the dict.
"""


class Sequential:
    @property
    def params(self):
        return {
            f"{i}.{name}": array.copy()
            for i, layer in enumerate(self.layers)
            for name, array in layer.params.items()
        }
