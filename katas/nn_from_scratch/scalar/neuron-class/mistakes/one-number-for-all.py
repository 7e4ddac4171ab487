"""One number is drawn and used for every weight.

The weights are separate objects but start equal, so the neuron treats all its inputs alike: 10
weights hold 1 number instead of 10. Draw a new number for each weight.
"""

base = "variants/from-the-function"


class Neuron:
    def __init__(self, num_input, rng=None):
        rng = rng if rng is not None else random.Random()
        number = rng.uniform(-1.0, 1.0)
        self.w = [Value(number) for _ in range(num_input)]
        self.b = Value(rng.uniform(-1.0, 1.0))

    def __call__(self, x):
        if len(x) != len(self.w):
            raise ValueError(f"a neuron with {len(self.w)} weights was given {len(x)} inputs")
        net_input = sum((w * x_i for w, x_i in zip(self.w, x, strict=True)), start=self.b)
        return net_input.tanh()
