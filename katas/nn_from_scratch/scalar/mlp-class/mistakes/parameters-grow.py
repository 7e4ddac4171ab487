"""parameters() adds to a list that the network keeps, and returns that list.

Each call lists every parameter once more: MLP(3, [4, 4, 1]) has 41 after the first call and 82
after the second, and a training step then updates each of them twice. Begin with a new list in
every call.
"""

base = "variants/plain-loops"


class MLP:
    def __init__(self, n_in, sizes, rng):
        inputs = [n_in, *sizes[:-1]]
        self.layers = [Layer(a, b, rng) for a, b in zip(inputs, sizes, strict=True)]
        self.listed = []

    def parameters(self):
        for layer in self.layers:
            self.listed += layer.parameters()
        return self.listed
