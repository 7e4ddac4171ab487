"""The neurons draw from Python's global generator, not from the one that was passed.

Every other part of a program draws from the global generator too, so its numbers depend on all of
them: two networks made with random.Random(3) are different, and other parts get different numbers from
before. Pass rng on to every neuron, not the module random.
"""

base = "variants/plain-loops"

import random


class Layer:
    def __init__(self, n_in, n_out, rng):
        self.neurons = [Neuron(n_in, random) for _ in range(n_out)]
