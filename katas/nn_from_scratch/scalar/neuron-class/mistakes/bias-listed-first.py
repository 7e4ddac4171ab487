"""parameters() lists the bias before the weights.

The order is a convention that other code relies on: a neuron with 3 inputs lists w[0], w[1], w[2],
b. Put the bias last.
"""

base = "variants/bias-drawn-first"


class Neuron:
    def __init__(self, num_input, rng=None):
        rng = rng if rng is not None else random.Random()
        self.w = [Value(rng.uniform(-1.0, 1.0)) for _ in range(num_input)]
        self.b = Value(rng.uniform(-1.0, 1.0))

    def __call__(self, x):
        if len(x) != len(self.w):
            raise ValueError(f"a neuron with {len(self.w)} weights was given {len(x)} inputs")
        net_input = sum((w * x_i for w, x_i in zip(self.w, x, strict=True)), start=self.b)
        return net_input.tanh()

    def parameters(self):
        return [self.b, *self.w]
