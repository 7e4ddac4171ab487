"""Without a generator, all neurons share one generator with a fixed seed.

A default such as rng=random.Random(3) is made only once, when the class is defined. The neurons of a
program differ, but the program draws the same ones at every start: of the 21 numbers of its first
neuron with 20 inputs, all 21 come again. Let the default be None, and make a new random.Random()
without a seed in each call.
"""

import random


class Neuron:
    def __init__(self, num_input, rng=random.Random(3)):
        self.w = [Value(rng.uniform(-1.0, 1.0)) for _ in range(num_input)]
        self.b = Value(rng.uniform(-1.0, 1.0))
