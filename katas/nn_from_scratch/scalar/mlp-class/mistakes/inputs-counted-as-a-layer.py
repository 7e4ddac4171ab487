"""There is one layer too many: the inputs have neurons of their own.

The inputs are numbers that come in; nothing is computed there. MLP(3, [4, 4, 1]) has 3 layers and
41 parameters; with a layer from 3 to 3 in front it has 53. Begin with the layer from n_in to the
first size.
"""

base = "variants/plain-loops"


class MLP:
    def __init__(self, n_in, sizes, rng):
        widths = [n_in, n_in, *sizes]
        self.layers = [Layer(a, b, rng) for a, b in zip(widths, widths[1:])]
