"""The biases are drawn from rng too.

They should start at zero: nothing is known about them, and the weights already make the units differ.
"""


class Dense:
    def __init__(self, units_in, units_out, rng, init="he"):
        if init not in _SCHEMES:
            raise ValueError("init must be he, xavier or lecun")
        self.params = {
            "W": _SCHEMES[init](units_in, units_out, rng),
            "b": rng.normal(size=units_out),
        }
        self.grads = {name: np.zeros_like(array) for name, array in self.params.items()}
        self._samples = None
