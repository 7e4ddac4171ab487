"""The weights are drawn from -1, 0 and 1 only.

randint draws integers. A third of all weights is then exactly 0, and with 2 inputs and a bias
there are only 27 different neurons. Draw from all numbers between -1 and 1.
"""

base = "variants/from-the-function"


class Neuron:
    def __init__(self, num_input, rng=None):
        rng = rng if rng is not None else random.Random()
        self.w = [Value(rng.randint(-1, 1)) for _ in range(num_input)]
        self.b = Value(rng.randint(-1, 1))

    def __call__(self, x):
        if len(x) != len(self.w):
            raise ValueError(f"a neuron with {len(self.w)} weights was given {len(x)} inputs")
        net_input = sum((w * x_i for w, x_i in zip(self.w, x, strict=True)), start=self.b)
        return net_input.tanh()
