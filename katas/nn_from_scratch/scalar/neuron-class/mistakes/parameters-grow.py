"""parameters() appends the bias to the neuron's own list of weights.

`params = self.w` is a second name for the same list, so each call makes the list one entry longer:
a neuron with 3 inputs has 4 weights after one call and 5 after two, and then rejects its 3 inputs.
Make a new list.
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
        listed = self.w
        listed.append(self.b)
        return listed
