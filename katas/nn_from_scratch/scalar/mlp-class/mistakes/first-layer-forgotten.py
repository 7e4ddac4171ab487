"""The layer between the inputs and the first size is missing.

Pairing the sizes with one another gives one layer too few: MLP(3, [4, 2]) needs a layer from 3 to
4 and one from 4 to 2, and the first is not there. Pair the first size with n_in.
"""

base = "variants/plain-loops"


class MLP:
    def __init__(self, n_in, sizes, rng):
        self.layers = [Layer(a, b, rng) for a, b in zip(sizes, sizes[1:])]
