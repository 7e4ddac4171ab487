"""The weights are between 0 and 1; half of them should be negative.

random() draws from 0 to 1, so the mean of the weights is 0.5 instead of 0. Draw uniformly between
-1 and 1.
"""

base = "variants/from-the-function"


class Neuron:
    def __init__(self, num_input, rng=None):
        rng = rng if rng is not None else random.Random()
        self.w = [Value(rng.random()) for _ in range(num_input)]
        self.b = Value(rng.random())

    def __call__(self, x):
        if len(x) != len(self.w):
            raise ValueError(f"a neuron with {len(self.w)} weights was given {len(x)} inputs")
        net_input = sum((w * x_i for w, x_i in zip(self.w, x, strict=True)), start=self.b)
        return net_input.tanh()
