"""params and grads are dicts of copies.

What an optimizer writes into a copy does not reach the layer: the network does not learn, without any
error. Put the arrays of the parts themselves into the dict.
"""


def _named(parts):
    return {
        f"{part}.{key}": array.copy()
        for part, arrays in parts.items()
        for key, array in arrays.items()
    }
