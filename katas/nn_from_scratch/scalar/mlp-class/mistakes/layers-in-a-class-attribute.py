"""All networks share one list of layers.

A list that is made in the body of the class, and not in __init__, exists once for all networks.
The second network of 2 layers then has 4, the third has 6. Make a new list in __init__.
"""

base = "variants/plain-loops"


class MLP:
    layers = []

    def __init__(self, n_in, sizes, rng):
        inputs = [n_in, *sizes[:-1]]
        for a, b in zip(inputs, sizes):
            self.layers.append(Layer(a, b, rng))
