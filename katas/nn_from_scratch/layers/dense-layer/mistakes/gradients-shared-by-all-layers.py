"""grads is one dict that all layers share.

The gradients of one layer are added to those of the others. A dict in the class body, or as the default
of a parameter, exists only once. Create it in __init__, so that each layer has its own.
"""


class Dense:
    def __init__(self, units_in, units_out, rng, init="he", grads={}):
        if init not in _SCHEMES:
            raise ValueError("init must be he, xavier or lecun")
        self.params = {"W": _SCHEMES[init](units_in, units_out, rng), "b": np.zeros(units_out)}
        self.grads = grads
        for name, array in self.params.items():
            self.grads[name] = np.zeros_like(array)
        self._samples = None
