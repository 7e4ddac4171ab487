"""The weights are always drawn with he_normal, whatever init is.

For tanh layers their variance is up to twice as large as it should be. Choose the function of
he-init by the name, for example from a dict.
"""


class Dense:
    def __init__(self, units_in, units_out, rng, init="he"):
        if init not in _SCHEMES:
            raise ValueError("init must be he, xavier or lecun")
        self.params = {"W": he_normal(units_in, units_out, rng), "b": np.zeros(units_out)}
        self.grads = {name: np.zeros_like(array) for name, array in self.params.items()}
        self._samples = None
