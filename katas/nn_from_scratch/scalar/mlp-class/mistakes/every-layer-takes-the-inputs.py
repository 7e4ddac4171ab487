"""Every layer is made for the n_in inputs of the network.

Only the first layer gets those. In MLP(3, [4, 2]) the second layer needs neurons with 4 weights and
has neurons with 3. With equal sizes, as in MLP(4, [4, 4]), the error does not show. Use the size of
the previous layer.
"""

base = "variants/plain-loops"


class MLP:
    def __init__(self, n_in, sizes, rng):
        self.layers = [Layer(n_in, size, rng) for size in sizes]
