"""The numbers come from Python's global generator, although a generator was passed.

Two neurons made with random.Random(3) should be equal, but here 0 of their numbers are. Draw from
rng, and do not use the global generator.
"""

base = "variants/from-the-function"


class Neuron:
    def __init__(self, num_input, rng=None):
        self.w = [Value(random.uniform(-1.0, 1.0)) for _ in range(num_input)]
        self.b = Value(random.uniform(-1.0, 1.0))

    def __call__(self, x):
        if len(x) != len(self.w):
            raise ValueError(f"a neuron with {len(self.w)} weights was given {len(x)} inputs")
        net_input = sum((w * x_i for w, x_i in zip(self.w, x, strict=True)), start=self.b)
        return net_input.tanh()
