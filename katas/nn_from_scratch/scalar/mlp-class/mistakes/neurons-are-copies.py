"""The neurons of a layer are copies of the first one, so all of them start equal.

They are separate objects, but they hold the same numbers, give the same output and get the same
gradient: training can never make them different, and 4 neurons do the work of 1. Make each neuron
with its own draws from rng.
"""

base = "variants/plain-loops"

import copy


class Layer:
    def __init__(self, n_in, n_out, rng):
        first = Neuron(n_in, rng)
        self.neurons = [copy.deepcopy(first) for _ in range(n_out)]
