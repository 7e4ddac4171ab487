"""The neurons do not draw from the generator that was passed.

Two networks made with random.Random(3) should be equal, but here none of their numbers is, so no
run can be repeated. Pass rng on to every neuron.
"""

base = "variants/plain-loops"


class Layer:
    def __init__(self, n_in, n_out, rng):
        self.neurons = [Neuron(n_in) for _ in range(n_out)]
