"""Without a generator, every neuron gets the same weights.

A generator with a fixed seed that is made for each neuron begins with the same numbers each time:
of two neurons with 21 numbers each, all 21 are equal. Without an rng, use a generator without a
seed.
"""

base = "variants/from-the-function"


class Neuron:
    def __init__(self, num_input, rng=None):
        rng = rng if rng is not None else random.Random(0)
        self.w = [Value(rng.uniform(-1.0, 1.0)) for _ in range(num_input)]
        self.b = Value(rng.uniform(-1.0, 1.0))

    def __call__(self, x):
        if len(x) != len(self.w):
            raise ValueError(f"a neuron with {len(self.w)} weights was given {len(x)} inputs")
        net_input = sum((w * x_i for w, x_i in zip(self.w, x, strict=True)), start=self.b)
        return net_input.tanh()
