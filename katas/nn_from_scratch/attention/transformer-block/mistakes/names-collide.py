"""The block puts the arrays of its parts into one dict without the names of the parts.

norm1 and norm2 both have a "gamma", and expand and contract both have a "W": of two equal names the
dict keeps one. Twelve arrays are left of 16, and an optimizer never updates the other four.
"""


class TransformerBlock:
    @property
    def params(self):
        return {key: a for part in self._parts.values() for key, a in part.params.items()}

    @property
    def grads(self):
        return {key: a for part in self._parts.values() for key, a in part.grads.items()}
