"""The bias is not part of the sum.

If all inputs are 0, such a neuron outputs 0 whatever its bias is, and the bias never gets a
gradient. Add the bias to the products before tanh.
"""

base = "variants/from-the-function"


class Neuron:
    def __init__(self, num_input, rng=None):
        rng = rng if rng is not None else random.Random()
        self.w = [Value(rng.uniform(-1.0, 1.0)) for _ in range(num_input)]
        self.b = Value(rng.uniform(-1.0, 1.0))

    def __call__(self, x):
        if len(x) != len(self.w):
            raise ValueError(f"a neuron with {len(self.w)} weights was given {len(x)} inputs")
        return sum(w * x_i for w, x_i in zip(self.w, x)).tanh()
