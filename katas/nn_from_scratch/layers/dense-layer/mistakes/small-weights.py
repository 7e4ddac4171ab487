"""The weights are drawn with a standard deviation of 0.01, and init is not used.

In a deep network the signal then shrinks with every layer. Use the functions of the kata he-init.
"""


class Dense:
    def __init__(self, units_in, units_out, rng, init="he"):
        if init not in _SCHEMES:
            raise ValueError("init must be he, xavier or lecun")
        self.params = {"W": rng.normal(0.0, 0.01, (units_in, units_out)), "b": np.zeros(units_out)}
        self.grads = {name: np.zeros_like(array) for name, array in self.params.items()}
        self._samples = None
