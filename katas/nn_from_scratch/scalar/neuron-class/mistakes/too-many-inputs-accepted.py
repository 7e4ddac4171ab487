"""A neuron rejects too few inputs but accepts too many.

Indexing x by the number of weights raises an error only if x is too short. A neuron with 3 weights
that gets 4 inputs ignores the last one. Raise ValueError whenever the two lengths differ.
"""

base = "variants/from-the-function"


class Neuron:
    def __init__(self, num_input, rng=None):
        rng = rng if rng is not None else random.Random()
        self.w = [Value(rng.uniform(-1.0, 1.0)) for _ in range(num_input)]
        self.b = Value(rng.uniform(-1.0, 1.0))

    def __call__(self, x):
        if len(x) < len(self.w):
            raise ValueError(f"a neuron with {len(self.w)} weights was given {len(x)} inputs")
        net_input = sum((w * x_i for w, x_i in zip(self.w, x)), start=self.b)
        return net_input.tanh()
