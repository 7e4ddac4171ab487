"""An unknown word for init means "he", without an error.

A misspelled name is then never noticed. Raise a ValueError for everything but the three names.
"""


class Dense:
    def __init__(self, units_in, units_out, rng, init="he"):
        self.params = {
            "W": _SCHEMES.get(init, he_normal)(units_in, units_out, rng),
            "b": np.zeros(units_out),
        }
        self.grads = {name: np.zeros_like(array) for name, array in self.params.items()}
        self._samples = None
