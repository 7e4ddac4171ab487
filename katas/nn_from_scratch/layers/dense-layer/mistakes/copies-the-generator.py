"""A new layer draws its weights from a copy of the generator.

The generator itself stays as it was, so all layers of the same size that are made with it start with equal
weights. Draw from the generator that you get.
"""


class Dense:
    def __init__(self, units_in, units_out, rng, init="he"):
        if init not in _SCHEMES:
            raise ValueError("init must be one of he, xavier and lecun")
        copy = np.random.default_rng()
        copy.bit_generator.state = rng.bit_generator.state
        self.params = {"W": _SCHEMES[init](units_in, units_out, copy), "b": np.zeros(units_out)}
        self.grads = {name: np.zeros_like(array) for name, array in self.params.items()}
        self._samples = None
