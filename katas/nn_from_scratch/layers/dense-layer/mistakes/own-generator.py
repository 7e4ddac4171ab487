"""The weights come from a generator with a fixed seed, and rng is not used.

Every layer of the same size then starts with the same weights, and the caller cannot choose the seed.
Draw from the rng that is passed.
"""


class Dense:
    def __init__(self, units_in, units_out, rng, init="he"):
        if init not in _SCHEMES:
            raise ValueError("init must be he, xavier or lecun")
        self.params = {
            "W": _SCHEMES[init](units_in, units_out, np.random.default_rng(0)),
            "b": np.zeros(units_out),
        }
        self.grads = {name: np.zeros_like(array) for name, array in self.params.items()}
        self._samples = None
