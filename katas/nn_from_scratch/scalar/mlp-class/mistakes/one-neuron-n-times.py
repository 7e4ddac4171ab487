"""A layer holds one neuron several times instead of several neurons.

[Neuron(...)] * n makes one neuron and a list that contains it n times. A layer of 4 neurons with 4
inputs then has 5 parameters instead of 20, and its outputs are all equal. Make a new neuron for
each place.
"""

base = "variants/plain-loops"


class Layer:
    def __init__(self, n_in, n_out, rng):
        self.neurons = [Neuron(n_in, rng)] * n_out
