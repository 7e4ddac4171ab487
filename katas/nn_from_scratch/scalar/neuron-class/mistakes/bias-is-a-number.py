"""The bias is a plain number and not a Value.

It has no gradient, so training can never change it: a bias drawn as 0.3 stays 0.3. The bias is a
parameter like the weights; make it a Value.
"""

base = "variants/from-the-function"


class Neuron:
    def __init__(self, num_input, rng=None):
        rng = rng if rng is not None else random.Random()
        self.w = [Value(rng.uniform(-1.0, 1.0)) for _ in range(num_input)]
        self.b = rng.uniform(-1.0, 1.0)

    def __call__(self, x):
        if len(x) != len(self.w):
            raise ValueError(f"a neuron with {len(self.w)} weights was given {len(x)} inputs")
        net_input = sum((w * x_i for w, x_i in zip(self.w, x)), start=Value(self.b))
        return net_input.tanh()
