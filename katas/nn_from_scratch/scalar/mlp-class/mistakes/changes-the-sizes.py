"""The caller's list of sizes is changed when the network is made.

insert() puts n_in into the list that was passed: [4, 1] becomes [3, 4, 1], and a second network
made with it has one more layer. Make a new list.
"""

base = "variants/plain-loops"


class MLP:
    def __init__(self, n_in, sizes, rng):
        sizes.insert(0, n_in)
        self.layers = [Layer(a, b, rng) for a, b in zip(sizes, sizes[1:])]
