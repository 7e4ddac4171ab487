"""Every neuron gets a new generator with the same seed.

So all neurons of a layer start with the same weights, give the same output and get the same
gradient: 4 neurons do the work of 1, and training never makes them different. Let all of them draw
from the one rng that was passed.
"""

base = "variants/plain-loops"

import random


class Layer:
    def __init__(self, n_in, n_out, rng):
        self.neurons = [Neuron(n_in, random.Random(0)) for _ in range(n_out)]
